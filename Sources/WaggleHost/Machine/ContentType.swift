/// What kind of content a file has, as far as its name says.
enum ContentType {
  private static let known = [
    "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "html": "text/html",
    "css": "text/css", "csv": "text/csv", "json": "application/json",
    "ndjson": "application/x-ndjson", "yaml": "application/yaml", "yml": "application/yaml",
    "xml": "application/xml", "pdf": "application/pdf", "zip": "application/zip",
    "gz": "application/gzip", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml", "mp3": "audio/mpeg",
    "wav": "audio/wav", "mp4": "video/mp4",
  ]

  /// The usual type of files whose names end like this; bytes of any kind for an unknown end.
  static func guessed(from path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".")
    let end = parts.count > 1 ? parts.last.map { $0.lowercased() } : nil
    return end.flatMap { known[$0] } ?? "application/octet-stream"
  }
}
