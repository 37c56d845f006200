package import WaggleValues

/// The records of the groups `computer` and `mobile`, as the contract has them.
extension RecordType {
  /// The live screen of a device: its size, whether it answers, what can be done on it.
  package static let controlInfo = RecordType(
    "ControlInfo",
    [
      Field("online", .bool),
      Field("os", .choice(["android", "linux", "windows", "macos"], open: true)),
      Field("screen_width", .int),
      Field("screen_height", .int),
      Field("coordinate_system", .choice(["absolute_pixels"], open: true)),
      Field("supported_actions", .list(.text)),
      Field("current_app", .text, isOptional: true),
    ])

  /// A picture of a screen, kept as a file; the link to it lasts for a short while.
  package static let screenshot = RecordType(
    "Screenshot",
    [
      Field("file_id", .text),
      Field("url", .text),
      Field("format", .choice(["png", "jpeg"], open: true), isOptional: true),
      Field("width", .int, isOptional: true),
      Field("height", .int, isOptional: true),
    ])

  /// Whether something on a screen was done.
  package static let actionResult = RecordType(
    "ActionResult",
    [
      Field("ok", .bool)
    ])

  /// What a phone shows, as text.
  package static let uiTree = RecordType(
    "UITree",
    [
      Field("supported", .bool),
      Field("content", .text),
    ])

  /// An app on a phone.
  package static let app = RecordType(
    "App",
    [
      Field("package_id", .text),
      Field("label", .text, isOptional: true),
    ])
}
