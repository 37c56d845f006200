import WaggleValues

/// Files: their bytes travel on signed addresses outside of the API.
extension Catalogue {
  /// The two operations, in the contract's order.
  static let files: [Operation] = [
    Operation(
      id: "presignFileUpload", group: "files", action: "presign-upload",
      method: "POST", path: "/api/v1/files/presign-upload",
      summary: "Reserve a place for a file, and the address that takes its bytes",
      body: [
        Parameter(
          "filename", .text, isRequired: true, length: 0...512, help: "What to call the file"),
        Parameter(
          "content_type", .text, isRequired: true, length: 0...255,
          help: "What kind of content it is, such as image/png"),
      ], positional: ["filename"], maxBodyBytes: 1_048_576,
      success: Success(200, .record(.upload)), effect: .change, replay: .harmlessDuplicate,
      example: "files presign-upload notes.txt --content-type text/plain"),
    Operation(
      id: "getFile", group: "files", action: "get",
      method: "GET", path: "/api/v1/files/{id}",
      summary: "Read what is known of a file, and where to get its bytes",
      pathParameters: [.file],
      success: Success(200, .record(.file)), effect: .read, replay: .safe,
      example: "files get (files presign-upload notes.txt --content-type text/plain)"),
  ]
}
