import WaggleValues

/// Commands that make one kind of value of another.
extension BuiltinTable {
  /// Commands that are named for what they give.
  static func conversions(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .text:
      BuiltinEntry(
        builtin, "text VALUE", "Give a value as the text it prints as",
        help: "Null is an empty text; lists and records are JSON.", example: "text 42",
        input: [.any], result: { input, _ in input.family == .secret ? .secret : .text })
    case .int:
      BuiltinEntry(
        builtin, "int VALUE", "Read a text as an integer, or cut off what stands behind the point",
        help: "White space around the text does not count.", example: "\"42\" | int",
        input: [.text, .number], result: { _, _ in .int })
    case .float:
      BuiltinEntry(
        builtin, "float VALUE", "Read a text as a number, or make a float of an integer",
        help: "White space around the text does not count.", example: "\"2.5\" | float",
        input: [.text, .number], result: { _, _ in .float })
    case .duration:
      BuiltinEntry(
        builtin, "duration TEXT", "Read a text like `1h30m` as a duration",
        help: "Of a number, say of what: `3 * 1s`.", example: "\"1h30m\" | duration",
        input: [.text, .duration], result: { _, _ in .duration })
    default:
      BuiltinEntry(
        builtin, "time TEXT", "Read a text as a time",
        help: "RFC 3339, as in `2026-05-14T18:00:00Z`.",
        example: "(now) - (time \"2026-01-01T00:00:00Z\")", input: [.time],
        result: { _, _ in .time })
    }
  }

  /// `from` and `to`.
  static func formats(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .fromJSON:
      BuiltinEntry(
        builtin, "from json TEXT", "Read a text as JSON",
        example: "'{\"replicas\": 3}' | from json", input: [.text], result: { _, _ in .any })
    case .toJSON:
      BuiltinEntry(
        builtin, "to json VALUE", "Give a value as JSON, in one line",
        example: "instances list --limit 1 | to json", input: [.any], result: { _, _ in .text })
    default:
      BuiltinEntry(
        builtin, "to table VALUE", "Give a list of records as the text of a table",
        example: "instances list | to table", input: [.any], result: { _, _ in .text })
    }
  }
}
