/// The wording of everything that values refuse, in one place.
extension ValueError {
  /// The error as one sentence without a full stop; code in backticks.
  package var message: String {
    switch self {
    case .invalid(let what, let valid, let actual):
      "\(what) must be \(valid), but is \(actual)"
    case .overflow(let operation):
      "the result of `\(operation)` must be within 64 bits, but is larger"
    case .divisionByZero(let operation):
      "the divisor must be other than zero, but `\(operation)` divides by zero"
    case .noField(let name, let type, _):
      "\(type ?? "the record") has no field `\(name)`"
    case .outOfRange(let index, let count):
      Self.outOfRangeMessage(index, count)
    case .notComparable(let comparison, let left, let right):
      Self.notComparableMessage(comparison, left, right)
    case .noOrder(let kind):
      "what is put in order must be numbers, texts, durations, times or bools, but is a \(kind)"
    case .notCalculable(let arithmetic, let left, let right):
      Self.notCalculableMessage(arithmetic, left, right)
    case .notNegatable(let kind):
      "what follows `-` must be a number or a duration, but is \(kind.withArticle)"
    case .tooDeep:
      "lists and records must nest at most \(Value.maxDepth) deep, but this is deeper"
    }
  }

  private static func outOfRangeMessage(_ index: Int, _ count: Int) -> String {
    count == 0
      ? "the index must be within the list, but is \(index) and the list is empty"
      : "the index must be from \(-count) to \(count - 1), but is \(index)"
  }

  private static func notComparableMessage(
    _ comparison: Comparison, _ left: Kind, _ right: Kind
  ) -> String {
    switch comparison {
    case .contains:
      left == .text || left == .secret
        ? "what a text contains must be a text, but is \(right.withArticle)"
        : "the left side of `contains` must be a list or a text, but is \(left.withArticle)"
    case .isIn:
      right == .text || right == .secret
        ? "what is looked for in a text must be a text, but is \(left.withArticle)"
        : "the right side of `in` must be a list or a text, but is \(right.withArticle)"
    default:
      "both sides of `\(comparison.rawValue)` must be of one kind, but are \(left) and \(right)"
        + streamAdvice(left, right)
    }
  }

  private static func notCalculableMessage(
    _ arithmetic: Arithmetic, _ left: Kind, _ right: Kind
  ) -> String {
    let valid =
      switch arithmetic {
      case .add: "two numbers, durations, texts, lists or records, or a time and a duration"
      case .subtract: "two numbers, durations or times, or a time and a duration"
      case .multiply: "two numbers, or a duration and a number"
      case .divide, .floorDivide, .remainder: "numbers or durations"
      }
    return "the sides of `\(arithmetic.rawValue)` must be \(valid), but are \(left) and \(right)"
      + streamAdvice(left, right)
  }

  private static func streamAdvice(_ left: Kind, _ right: Kind) -> String {
    left == .stream || right == .stream ? "; a stream can only be walked, by `for`" : ""
  }
}

extension Kind {
  /// The kind in the middle of a sentence: `a text`, `an int`, `null`.
  package var withArticle: String {
    switch self {
    case .null: "null"
    case .int: "an int"
    case .stream: "a stream, which only `for` walks"
    default: "a \(rawValue)"
    }
  }
}

extension ValueError {
  /// A number that does not fit.
  static func numberTooLarge(_ spelling: String) -> ValueError {
    .invalid(what: "a number", valid: "within 64 bits", actual: "`\(shortened(spelling))`")
  }

  /// A text that was to be a time.
  static func notTime(_ text: String) -> ValueError {
    .invalid(
      what: "a time", valid: "RFC 3339 like `2026-05-14T18:00:00Z`",
      actual: "`\(shortened(text))`")
  }

  /// A moment outside the years 0000 to 9999, or outside what nanoseconds can count.
  static func timeOutOfRange(_ text: String, valid: String) -> ValueError {
    .invalid(what: "a time", valid: valid, actual: "`\(shortened(text))`")
  }

  /// A text that was to be a duration.
  static func notDuration(_ text: String) -> ValueError {
    .invalid(
      what: "a duration", valid: "like `500ms`, `2s` or `1h30m`", actual: "`\(shortened(text))`")
  }

  /// A duration that is finer than a nanosecond or longer than about 292 years.
  static func durationOutOfRange(_ text: String) -> ValueError {
    .invalid(
      what: "a duration", valid: "whole nanoseconds and at most 106751 days",
      actual: "`\(shortened(text))`")
  }

  /// A value that is not of the schema that something has.
  static func mismatch(_ what: String, _ schema: Schema, _ actual: Value) -> ValueError {
    .invalid(
      what: what, valid: schema.withArticle, actual: actual.describedForError)
  }

  /// Why a list or a record does not take a value: it is a stream, or nests as deep as any may.
  package static func notHeld(_ value: Value) -> ValueError {
    guard case .stream = value else { return .tooDeep }
    return .invalid(
      what: "what a list or a record holds", valid: "a value that stays",
      actual: Kind.stream.withArticle)
  }

  /// A stream where a text is made.
  package static let streamText = ValueError.invalid(
    what: "what is written or made text of", valid: "a value that is there as a whole",
    actual: Kind.stream.withArticle)

  private static func shortened(_ text: String) -> String {
    text.count > 60 ? text.prefix(60) + "…" : text
  }
}

extension Value {
  /// The value as an error names it: its kind, and short scalars themselves.
  package var describedForError: String {
    switch self {
    case .null, .list, .record, .secret, .stream: kind.withArticle
    case .text(let text): text.utf8.count > 60 ? "a long text" : "`\(text)`"
    default: "`\(plainText)`"
    }
  }
}
