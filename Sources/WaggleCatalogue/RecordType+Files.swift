package import WaggleValues

/// The records of files, as the contract has them.
extension RecordType {
  /// A place reserved for a file: its id and the address that takes its bytes, once.
  package static let upload = RecordType(
    "Upload",
    [
      Field("file_id", .text),
      Field("upload_url", .secret),
      Field("download_url", .text, isOptional: true),
      Field("download_expires_in", .int, isOptional: true),
    ])

  /// A file, and where its bytes are to be had for about a day.
  package static let file = RecordType(
    "File",
    [
      Field("file_id", .text),
      Field("filename", .text, isOptional: true),
      Field("content_type", .text, isOptional: true),
      Field("size", .int, isOptional: true),
      Field("download_url", .text, isOptional: true),
    ])

  /// A file that was brought to this machine.
  package static let download = RecordType(
    "Download",
    [
      Field("path", .text),
      Field("file_id", .text),
      Field("filename", .text, isOptional: true),
      Field("content_type", .text, isOptional: true),
      Field("size", .int),
    ])
}
