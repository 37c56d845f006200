/// What a schema is called, and whether a value is of it.
extension Schema {
  /// The schema as messages and help name it: `text`, `one of stopped, running`, `list of text`.
  package var description: String {
    switch self {
    case .any: "any value"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .number: "number"
    case .text: "text"
    case .choice(let values, _): "one of " + values.joined(separator: ", ")
    case .duration: "duration"
    case .time: "time"
    case .secret: "secret"
    case .list(.any): "list"
    case .list(let element): "list of " + element.description
    case .typed(let type): type.name
    case .record: "record"
    case .stream(.any): "stream"
    case .stream(let item): "stream of " + item.description
    }
  }

  /// The schema in the middle of a sentence: `an int`, `a list of text`.
  package var withArticle: String {
    switch self {
    case .any, .null, .choice: description
    case .int: "an int"
    case .typed(let type):
      (type.name.first.map { "AEIOU".contains($0) } == true ? "an " : "a ") + type.name
    default: "a " + description
    }
  }

  /// Whether a value is of the schema; a secret serves for text, an int for a float.
  ///
  /// An open choice takes any text. A record of known fields must have them, and may have more.
  package func matches(_ value: Value) -> Bool {
    switch (self, value) {
    case (.any, _), (.null, .null), (.bool, .bool), (.text, .text), (.text, .secret),
      (.duration, .duration), (.time, .time), (.secret, .secret), (.record(nil), .record),
      (.stream, .stream):
      true
    case (.int, _): value.kind == .int
    case (.float, _), (.number, _): value.kind == .int || value.kind == .float
    case (.choice(let values, let isOpen), .text(let text)):
      isOpen || values.contains { isSameText($0, text) }
    case (.time, .text(let text)): Timestamp(text) != nil
    case (.list(let element), .list(let list)): list.elements.allSatisfy { element.matches($0) }
    case (.typed(let type), .record(let record)): record.type === type
    case (.record(let fields?), .record(let record)):
      fields.allSatisfy { field in record[field.name].map { field.schema.matches($0) } ?? false }
    default: false
    }
  }

  /// The error that a value is not of the schema, with a name for what it was given for.
  package func mismatch(_ what: String, _ actual: Value) -> ValueError {
    .mismatch(what, self, actual)
  }
}
