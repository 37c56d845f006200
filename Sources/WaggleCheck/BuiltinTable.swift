import WaggleValues

/// The one list of the built-in commands: checks, help and the reference are made from it.
///
/// An entry is made when it is asked for, so the list costs nothing at the start of a run.
package enum BuiltinTable {
  /// The first words of all built-in commands, in the order of the reference.
  package static var words: [String] {
    var words: [String] = []
    for builtin in Builtin.allCases {
      let word = String(builtin.rawValue.prefix { $0 != " " })
      if words.last != word, !words.contains(word) { words.append(word) }
    }
    return words
  }

  /// Whether a word is a built-in command, or the first of its two words.
  static func has(_ word: String) -> Bool {
    Builtin(rawValue: word) != nil || formats(of: word) != nil
  }

  /// The second words of a command that has some (`to`, `from`); nil for any other.
  static func formats(of word: String) -> [String]? {
    guard word == "to" || word == "from" else { return nil }
    return Builtin.allCases.compactMap { builtin in
      let parts = builtin.rawValue.split(separator: " ")
      return parts.count == 2 && parts[0] == word ? String(parts[1]) : nil
    }
  }

  /// Names that the language keeps for commands that this build may not have.
  static let laterWords: Set<String> = [
    "reverse", "avg", "unique", "flatten", "chunk", "keys", "values", "get", "find", "all", "any",
    "split", "lines", "trim", "upper", "lower", "replace", "match", "format", "text", "int",
    "float", "duration", "time", "table", "read", "write", "exec", "ask", "confirm", "help", "vars",
    "history", "save", "forget", "profile", "status", "why", "call",
  ]

  /// The entry of a command.
  package static func entry(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .where, .map, .select, .sort, .first, .last: rows(builtin)
    case .count, .sum, .min, .max, .group, .join: folds(builtin)
    case .toJSON, .toTable, .fromJSON, .now, .age, .sleep: conversions(builtin)
    case .print, .log, .secret, .reveal: others(builtin)
    }
  }

  private static func rows(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .where:
      BuiltinEntry(
        builtin, "where LIST CONDITION", "Keep the elements for which a condition holds",
        help: "A word on the left is a field of the element; `.` is the element itself.",
        example: "instances list | where status == running and not isTrial",
        takes: .test(isRequired: true), result: { input, _ in input })
    case .map:
      BuiltinEntry(
        builtin, "map LIST EXPRESSION", "Make a list of what an expression gives for each element",
        example: "instances list | map name", takes: .selector(isRequired: true),
        result: { _, looked in .list(looked ?? .any) })
    case .select:
      BuiltinEntry(
        builtin, "select LIST|RECORD FIELD…", "Keep these fields, in this order",
        example: "instances list | select id name status",
        input: [.list(.any), .record(nil)], takes: .fields, result: { input, _ in input })
    case .sort:
      BuiltinEntry(
        builtin, "sort LIST [EXPRESSION] [asc|desc]", "Put the elements in order",
        help: "Without an expression the elements themselves are compared. Null comes last.",
        example: "instances list | sort createdAt desc | first 3",
        takes: .selector(isRequired: false), result: { input, _ in input })
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) LIST [NUMBER]",
        builtin == .first
          ? "Give the first element, or a list of the first few"
          : "Give the last element, or a list of the last few",
        help: "One element of an empty list is null.",
        example: "instances list | sort createdAt | \(builtin.rawValue) 2",
        takes: .one(.int, "the number of elements"),
        result: { input, number in number == nil ? input.element : input })
    }
  }

  private static func folds(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .count:
      BuiltinEntry(
        builtin, "count LIST [CONDITION]", "Count the elements, or those for which it holds",
        help: "Of a record it counts the fields.",
        example: "instances list | count status == running",
        input: [.list(.any), .record(nil)], takes: .test(isRequired: false),
        result: { _, _ in .int })
    case .sum:
      BuiltinEntry(
        builtin, "sum LIST [EXPRESSION]", "Add the elements, or what an expression gives for each",
        example: "instances list | sum totalRunSeconds", takes: .selector(isRequired: false),
        result: { input, looked in looked ?? input.element })
    case .group:
      BuiltinEntry(
        builtin, "group LIST EXPRESSION",
        "Make a record: from each value of an expression to the elements that have it",
        example: "instances list | group status | to json", takes: .selector(isRequired: true),
        result: { _, _ in .record(nil) })
    case .join:
      BuiltinEntry(
        builtin, "join LIST [TEXT]", "Make one text of the elements, with a text between them",
        help: "Without a text nothing stands between them.",
        example: "instances list | map name | join \", \"", takes: .one(.text, "the text between"),
        result: { _, _ in .text })
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) LIST [EXPRESSION]",
        "Give the element whose expression is \(builtin == .min ? "smallest" : "greatest")",
        help: "Without an expression the elements themselves are compared.",
        example: "instances list | \(builtin.rawValue) totalRunSeconds",
        takes: .selector(isRequired: false), result: { input, _ in input.element })
    }
  }

  private static func conversions(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .toJSON:
      BuiltinEntry(
        builtin, "to json VALUE", "Give a value as JSON, in one line",
        example: "instances list --limit 1 | to json", input: [.any], result: { _, _ in .text })
    case .toTable:
      BuiltinEntry(
        builtin, "to table VALUE", "Give a list of records as the text of a table",
        example: "instances list | to table", input: [.any], result: { _, _ in .text })
    case .fromJSON:
      BuiltinEntry(
        builtin, "from json TEXT", "Read a text as JSON",
        example: "'{\"replicas\": 3}' | from json", input: [.text], result: { _, _ in .any })
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

  private static func others(_ builtin: Builtin) -> BuiltinEntry {
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
