package import WaggleCheck
package import WaggleValues

extension ParameterType {
  /// Whether a value is of the type; an int serves for a float, a secret for a text.
  package func admits(_ value: Value) -> Bool {
    switch self {
    case .any: return true
    case .text: return value.kind == .text || value.kind == .secret
    case .int: return value.kind == .int
    case .float: return value.kind == .float || value.kind == .int
    case .bool: return value.kind == .bool
    case .duration: return value.kind == .duration
    case .time: return value.kind == .time
    case .list: return value.kind == .list
    case .record: return value.kind == .record
    }
  }

  /// The value that a text on the command line means for a parameter of the type.
  ///
  /// Lists and records are given as JSON; what `any` takes is read as a script reads a word.
  package func convert(_ text: String) throws(ValueError) -> Value {
    switch self {
    case .text: return .text(text)
    case .any: return try Value.reading(word: text) ?? .text(text)
    case .duration: return .duration(try Duration(parsing: text))
    case .time: return .time(try Timestamp(parsing: text))
    case .int, .float, .bool:
      guard let value = try Value.reading(word: text), admits(value) else { throw refusal(text) }
      if self == .float, case .int(let int) = value { return .float(Double(int)) }
      return value
    case .list, .record:
      var reader = JSONReader()
      guard let value = try? reader.read(text), admits(value) else { throw refusal(text) }
      return value
    }
  }

  private func refusal(_ text: String) -> ValueError {
    .invalid(
      what: "the value", valid: words, actual: Value.text(text).describedForError)
  }

  /// What a value of the type is, in the middle of a sentence.
  package var words: String {
    switch self {
    case .any: "anything"
    case .int: "an int"
    case .bool: "`true` or `false`"
    case .duration: "a duration like `30s`"
    case .time: "a time like `2026-05-14T18:00:00Z`"
    case .list: "a list, in JSON `[…]`"
    case .record: "a record, in JSON `{…}`"
    default: "a \(rawValue)"
    }
  }
}
