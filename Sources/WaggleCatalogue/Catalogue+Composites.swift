import WaggleValues

/// Commands that are made of several operations: files, whose bytes travel outside of the API.
///
/// They look like operations to a script, so that checks, help and completion have them for nothing.
/// They have no route: what is sent are the operations that they are made of.
extension Catalogue {
  static let fileCommands: [Operation] = [
    Operation(
      id: "uploadFile", group: "files", action: "upload", method: "PUT", path: "/{file}",
      summary: "Upload a file of this machine, at most 64 MiB",
      pathParameters: [
        Parameter("file", .text, isRequired: true, help: "The file on this machine")
      ],
      body: [
        Parameter(
          "content_type", .text, length: 0...255,
          help: "What kind of content it is; as the name ends without it")
      ],
      success: Success(200, .record(.file)), effect: .change, replay: .harmlessDuplicate,
      example: "\"hello\" | write \"/tmp/waggle-upload.txt\"\n"
        + "files upload /tmp/waggle-upload.txt --content-type text/plain"),
    Operation(
      id: "downloadFile", group: "files", action: "download", method: "GET", path: "/{id}",
      summary: "Download a file, at most 64 MiB, under its own name or another",
      pathParameters: [.file],
      query: [Parameter("to", .text, help: "The file to write; its own name without it")],
      success: Success(200, .record(.download)), effect: .read, replay: .safe,
      example: "\"hello\" | write \"/tmp/waggle-upload.txt\"\n"
        + "let file = files upload /tmp/waggle-upload.txt\n"
        + "files download $file --to /tmp/waggle-download.txt"),
  ]

  /// The commands of a group: its operations, then those that are made of several.
  package func commands(of group: String) -> [Operation] {
    operations(of: group) + (group == "files" ? Self.fileCommands : [])
  }
}

extension Operation {
  /// Whether it is made of several, with bytes that go past the API.
  package var isTransfer: Bool { id == "uploadFile" || id == "downloadFile" }
}
