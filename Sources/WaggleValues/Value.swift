/// A value of the language: what a variable holds, what an expression gives.
///
/// Copied freely and shared between strands: nothing reachable from a value is ever changed while
/// somebody else holds it (lists and records are copied on write).
package enum Value: Sendable {
  case null
  case bool(Bool)
  /// A 64-bit integer.
  case int(Int)
  /// A finite double: there is no infinity and no NaN in the language.
  case float(Double)
  /// A number whose text an int or a double would not print back: 20 digits, `1.10`, `-0`.
  case number(ExactNumber)
  case text(String)
  case duration(Duration)
  /// A moment, kept as the text it came as.
  case time(Timestamp)
  case list(List)
  case record(Record)
  /// Text that must not be shown.
  case secret(Secret)
}

/// What a value is, as errors name it.
package enum Kind: String, Sendable, CaseIterable {
  case null, bool, int, float, text, duration, time, list, record, secret
}

extension Value {
  /// What the value is; an exact number is an `int` or a `float`, as it is spelled.
  package var kind: Kind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .number(let number): number.isInteger ? .int : .float
    case .text: .text
    case .duration: .duration
    case .time: .time
    case .list: .list
    case .record: .record
    case .secret: .secret
    }
  }
}
