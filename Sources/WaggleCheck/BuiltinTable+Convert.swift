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

  /// `from`.
  static func readers(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .fromJSON:
      BuiltinEntry(
        builtin, "from json TEXT", "Read a text as JSON",
        help: "Numbers keep their spelling. Of a key that comes twice the last one counts.",
        example: "'{\"replicas\": 3}' | from json", input: [.text], result: { _, _ in .any })
    case .fromNDJSON:
      BuiltinEntry(
        builtin, "from ndjson TEXT", "Read each line of a text as JSON",
        help: "Gives a list. Empty lines are left out; an error names the line.",
        example: "\"[1]\\n[2]\" | from ndjson", input: [.text], result: { _, _ in .list(.any) })
    case .fromCSV:
      BuiltinEntry(
        builtin, "from csv TEXT", "Read a text as CSV: a list with a record for each row",
        help: "The first row names the fields. Every value is a text: `int` and the like make more "
          + "of it. A row that is longer or shorter than the first is an error.",
        example: "\"name,replicas\\nscout,3\" | from csv", input: [.text],
        result: { _, _ in .list(.record(nil)) })
    default:
      BuiltinEntry(
        builtin, "from yaml TEXT", "Read a text as YAML, one document",
        help:
          "`true`, `null`, `~` and what JSON calls a number are what they look like; `no`, `on`, "
          + "`007` and `2026-05-14` are texts. Anchors and `<<` are followed. A key that comes twice "
          + "is an error.",
        example: "\"name: scout\\nscopes: [read, write]\" | from yaml", input: [.text],
        result: { _, _ in .any })
    }
  }

  /// `to`.
  static func writers(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .toJSON:
      BuiltinEntry(
        builtin, "to json VALUE", "Give a value as JSON, in one line",
        example: "instances list --limit 1 | to json", input: [.any], result: { _, _ in .text })
    case .toNDJSON:
      BuiltinEntry(
        builtin, "to ndjson LIST", "Give each element as JSON, one to a line",
        help: "The last line has no end.", example: "instances list --limit 2 | to ndjson",
        input: [.any], result: { _, _ in .text })
    case .toCSV:
      BuiltinEntry(
        builtin, "to csv LIST|RECORD", "Give records as CSV",
        help: "A column for each field that one of them has. Null is an empty field, a list or "
          + "record within one is JSON. Nothing else is changed: a text that begins with `=` could "
          + "be calculated by a spreadsheet. The last line has no end.",
        example: "instances list | select name status | to csv",
        input: [.list(.record(nil)), .record(nil)], result: { _, _ in .text })
    case .toYAML:
      BuiltinEntry(
        builtin, "to yaml VALUE", "Give a value as YAML",
        help: "The last line has no end.", example: "instances list --limit 1 | to yaml",
        input: [.any], result: { _, _ in .text })
    default:
      BuiltinEntry(
        builtin, "to table VALUE", "Give a list of records as the text of a table",
        help:
          "The columns are the usual ones of the type, or all fields. The last line has no end.",
        example: "instances list | to table", input: [.any], result: { _, _ in .text })
    }
  }
}
