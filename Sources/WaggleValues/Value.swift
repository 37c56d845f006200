/// A value of the language: what a variable holds, what an expression gives.
///
/// This room knows what values are and what may be done with them: reading a field, comparing,
/// calculating, making text, going to JSON and back. Bytes of an answer or operands of an expression
/// come in; values, text or a `ValueError` go out. It refuses to know where a value comes from, how
/// it is shown on a screen, and what an error looks like there.
///
/// Copied freely and shared between strands: nothing reachable from a value is ever changed while
/// somebody else holds it (lists and records are copied on write).
///
/// ```swift
/// var reader = JSONReader(as: .list(.typed(instance)))
/// let bees = try reader.read(Array(#"[{"name":"ada","totalRunSeconds":90}]"#.utf8))
/// let longer = try Value.add(.int(90), .int(1))
/// ```
@usableFromInline
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
  /// What `for` walks once; nothing else takes it.
  case stream(Stream)
}

/// What a value is, as errors name it.
@usableFromInline
package enum Kind: String, Sendable, CaseIterable {
  case null, bool, int, float, text, duration, time, list, record, secret, stream
}

extension Value {
  /// How deep lists and records may nest; one level more is `ValueError.tooDeep`.
  @inlinable package static var maxDepth: Int32 { 512 }

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
    case .stream: .stream
    }
  }

  /// How deep it nests: 0 for a scalar, and for a stream so deep that nothing can hold it.
  @inlinable package var depth: Int32 {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    case .stream: Self.maxDepth
    default: 0
    }
  }

  /// Whether it is null.
  @inlinable package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The characters of a text or a secret; nil for anything else.
  package var revealedText: String? {
    switch self {
    case .text(let text): text
    case .secret(let secret): secret.revealed
    default: nil
    }
  }
}
