import WaggleValues

/// Commands about lists and records.
extension BuiltinTable {
  /// Commands with a condition or an expression about each element.
  static func rows(_ builtin: Builtin) -> BuiltinEntry {
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
    case .find:
      BuiltinEntry(
        builtin, "find LIST CONDITION", "Give the first element for which a condition holds",
        help: "Null where there is none.", example: "instances list | find name == scout-3",
        takes: .test(isRequired: true), result: { input, _ in input.element })
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) LIST CONDITION",
        builtin == .all
          ? "Say whether a condition holds for every element"
          : "Say whether a condition holds for an element",
        help: builtin == .all ? "True of an empty list." : "False of an empty list.",
        example: "instances list | \(builtin.rawValue) status == running",
        takes: .test(isRequired: true), result: { _, _ in .bool })
    }
  }

  /// Commands about the elements of a list and their order.
  static func order(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .reverse:
      BuiltinEntry(
        builtin, "reverse LIST", "Turn the order of the elements round",
        example: "instances list | map name | reverse", result: { input, _ in input })
    case .unique:
      BuiltinEntry(
        builtin, "unique LIST [EXPRESSION]", "Keep the first of the elements that are equal",
        help: "With an expression, the first of those for which it gives the same. `1` and `1.0` "
          + "are equal, `1` and `\"1\"` are not.",
        example: "instances list | map status | unique", takes: .selector(isRequired: false),
        result: { input, _ in input })
    case .flatten:
      BuiltinEntry(
        builtin, "flatten LIST", "Put the elements of the lists in a list in their place",
        help: "One level only. An element that is no list stays as it is.",
        example: "[[a, b], [c]] | flatten",
        result: { input, _ in input.element.isList ? input.element : .list(.any) })
    case .chunk:
      BuiltinEntry(
        builtin, "chunk LIST SIZE", "Cut a list into lists of a size, the last of what is left",
        example: "for batch in (instances list | chunk 10) { print ($batch | count) }",
        takes: .positions([.needed(.int, "the size of a chunk", least: 1)]),
        result: { input, _ in .list(input.isList ? input : .list(.any)) })
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) LIST [NUMBER]",
        builtin == .first
          ? "Give the first element, or a list of the first few"
          : "Give the last element, or a list of the last few",
        help: "One element of an empty list is null.",
        example: "instances list | sort createdAt | \(builtin.rawValue) 2",
        takes: .positions([.optional(.int, "the number of elements", least: 0)]),
        result: { input, number in number == nil ? input.element : input })
    }
  }

  /// Commands that make one value of a list.
  static func folds(_ builtin: Builtin) -> BuiltinEntry {
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
        help: "Numbers or durations. The sum of an empty list is 0.",
        example: "instances list | sum totalRunSeconds", takes: .selector(isRequired: false),
        result: { input, looked in looked ?? input.element })
    case .avg:
      BuiltinEntry(
        builtin, "avg LIST [EXPRESSION]",
        "Give the mean of the elements, or of what an expression gives for each",
        help: "Numbers or durations. Null of an empty list.",
        example: "instances list | avg totalRunSeconds", takes: .selector(isRequired: false),
        result: { input, looked in
          (looked ?? input.element).family == .duration ? .duration : .any
        })
    case .group:
      BuiltinEntry(
        builtin, "group LIST EXPRESSION",
        "Make a record: from each value of an expression to the elements that have it",
        help: "The name of a group is its value as it prints; two values that print alike, such as "
          + "`1` and `\"1\"`, are an error.",
        example: "instances list | group status | to json", takes: .selector(isRequired: true),
        result: { _, _ in .record(nil) })
    default:
      BuiltinEntry(
        builtin, "\(builtin.rawValue) LIST [EXPRESSION]",
        "Give the element whose expression is \(builtin == .min ? "smallest" : "greatest")",
        help:
          "Without an expression the elements themselves are compared. Null counts for nothing.",
        example: "instances list | \(builtin.rawValue) totalRunSeconds",
        takes: .selector(isRequired: false), result: { input, _ in input.element })
    }
  }

  /// Commands about the fields of a record.
  static func records(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .keys:
      BuiltinEntry(
        builtin, "keys RECORD", "Give the names of the fields, in their order",
        example: "{name: scout, replicas: 3} | keys", input: [.record(nil)],
        result: { _, _ in .list(.text) })
    case .values:
      BuiltinEntry(
        builtin, "values RECORD", "Give the values of the fields, in their order",
        example: "instances list | group status | values | map (count .)", input: [.record(nil)],
        result: { _, _ in .list(.any) })
    default:
      BuiltinEntry(
        builtin, "get RECORD|LIST KEY…", "Give the value of a field or element, null without one",
        help: "Each further key is looked up in what the one before gave: a name in a record, a "
          + "number in a list. `get … ?? 5` has another value where there is none.",
        example: "{scopes: [read, write]} | get scopes 0",
        input: [.record(nil), .list(.any)], takes: .steps, result: { _, _ in .any })
    }
  }
}
