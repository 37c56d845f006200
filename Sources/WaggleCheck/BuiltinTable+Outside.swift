import WaggleValues

/// Commands about the clock and about what is shown and hidden.
extension BuiltinTable {
  /// Commands about time.
  static func times(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .now:
      BuiltinEntry(
        builtin, "now", "Give this moment", example: "now", input: [], result: { _, _ in .time })
    case .age:
      BuiltinEntry(
        builtin, "age TIME", "Give how long ago a time was",
        help: "The age of null is null.", example: "instances list | where (age .createdAt) > 1h",
        input: [.time], result: { _, _ in .duration })
    default:
      BuiltinEntry(
        builtin, "sleep DURATION", "Do nothing for a while",
        help: "To wait for something to happen, `wait` is better.", example: "sleep 2s",
        input: [.duration], result: { _, _ in .null })
    }
  }

  /// Commands that write, and those about secrets.
  static func outside(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .print:
      BuiltinEntry(
        builtin, "print VALUE…", "Write values to standard output, a space between them",
        example: "print \"there are $(instances list | count) instances\"", input: [],
        takes: .values, result: { _, _ in .null })
    case .log:
      BuiltinEntry(
        builtin, "log VALUE…", "Write a line to standard error",
        example: "log \"starting\"", input: [], takes: .values, result: { _, _ in .null })
    case .secret:
      BuiltinEntry(
        builtin, "secret TEXT", "Make a secret of a text: it is never shown",
        example: "let key = secret \"abc\"\nprint $key", input: [.text, .secret],
        result: { _, _ in .secret })
    default:
      BuiltinEntry(
        builtin, "reveal SECRET", "Give the text of a secret",
        example: "reveal (secret \"abc\")", input: [.secret, .text], result: { _, _ in .text })
    }
  }
}
