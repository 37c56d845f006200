/// Comparing: what `==`, `<`, `in`, `contains` and `sort` mean.
extension Value {
  /// Whether two values are equal; throws where their kinds are not put side by side.
  ///
  /// null equals only null; ints and doubles compare as numbers; a time and a text as moments; a
  /// secret as its text. Within lists and records other kinds are merely unequal.
  @inlinable
  package static func equals(_ a: Value, _ b: Value) throws(ValueError) -> Bool {
    if case .text(let a) = a, case .text(let b) = b { return isSameText(a, b) }
    if case .int(let a) = a, case .int(let b) = b { return a == b }
    return try equalsOfOtherKinds(a, b)
  }

  @usableFromInline
  static func equalsOfOtherKinds(_ a: Value, _ b: Value) throws(ValueError) -> Bool {
    switch (a, b) {
    case (.null, _), (_, .null): return a.isNull && b.isNull
    case (.time(let time), .text(let text)), (.text(let text), .time(let time)):
      return try time.moment == Timestamp(parsing: text).moment
    default:
      guard a.isComparable(with: b) else { throw .notComparable(.equal, a.kind, b.kind) }
      return isSame(a, b)
    }
  }

  /// Whether the kinds of two values that are not null may be compared.
  private func isComparable(with other: Value) -> Bool {
    if real != nil { return other.real != nil }
    if revealedText != nil { return other.revealedText != nil }
    return kind == other.kind && kind != .stream
  }

  /// Whether two values are the same data, of whatever kinds; fields of records in any order.
  ///
  /// Values that are the same have the same `ValueKey`.
  package static func isSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.time(let a), .time(let b)): return a.moment == b.moment
    case (.list, .list), (.record, .record):
      var sameness = Sameness()
      return sameness.holds(a, b)
    default:
      if let a = a.real, let b = b.real { return Real.order(a, b) == 0 }
      if let a = a.revealedText, let b = b.revealedText { return isSameText(a, b) }
      return false
    }
  }

  /// The number that it is; nil for anything else.
  var real: Real? {
    switch self {
    case .int(let int): .int(int)
    case .float(let double): .double(double)
    case .number(let number): number.real
    default: nil
    }
  }

  /// Whether a comparison of any sort holds; `< <= > >=` do not with null on either side.
  @inlinable
  package static func compare(
    _ a: Value, _ comparison: Comparison, _ b: Value
  ) throws(ValueError) -> Bool {
    if case .int(let a) = a, case .int(let b) = b {
      switch comparison {
      case .equal: return a == b
      case .notEqual: return a != b
      case .less: return a < b
      case .lessOrEqual: return a <= b
      case .greater: return a > b
      case .greaterOrEqual: return a >= b
      case .isIn, .contains: break
      }
    }
    return try compareOfOtherKinds(a, comparison, b)
  }

  @usableFromInline
  static func compareOfOtherKinds(
    _ a: Value, _ comparison: Comparison, _ b: Value
  ) throws(ValueError) -> Bool {
    switch comparison {
    case .equal: return try equals(a, b)
    case .notEqual: return try !equals(a, b)
    case .isIn: return try contains(b, a, as: .isIn)
    case .contains: return try contains(a, b)
    default: break
    }
    if a.isNull || b.isNull { return false }
    let order = try order(a, b, for: comparison)
    return switch comparison {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }

  /// The order of two values that are not null: negative, zero or positive.
  ///
  /// Numbers as numbers, texts by code point, durations and times by length and moment, false
  /// before true; throws for other kinds and for two kinds.
  package static func order(
    _ a: Value, _ b: Value, for comparison: Comparison = .less
  ) throws(ValueError) -> Int {
    switch (a, b) {
    case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.duration(let a), .duration(let b)): return a < b ? -1 : (a == b ? 0 : 1)
    case (.time(let a), .time(let b)): return order(a.moment, b.moment)
    case (.time(let time), .text(let text)), (.text(let text), .time(let time)):
      let order = try order(time.moment, Timestamp(parsing: text).moment)
      if case .text = a { return -order }
      return order
    default:
      if let a = a.real, let b = b.real { return Real.order(a, b) }
      if let a = a.revealedText, let b = b.revealedText { return textOrder(a, b) }
      throw a.kind == b.kind ? .noOrder(a.kind) : .notComparable(comparison, a.kind, b.kind)
    }
  }

  private static func order(_ a: Moment, _ b: Moment) -> Int { a < b ? -1 : (a == b ? 0 : 1) }

  /// The order for `sort`, `min` and `max`, in which null comes last; throws as `order` does.
  package static func sortOrder(_ a: Value, _ b: Value) throws(ValueError) -> Int {
    switch (a.isNull, b.isNull) {
    case (false, false): try order(a, b)
    case (true, true): 0
    case (true, false): 1
    case (false, true): -1
    }
  }
}

/// Looking inside.
extension Value {
  /// Whether a list has an element equal to a value, or a text a part; null contains nothing.
  ///
  /// Elements of other kinds are passed by where one is equal; where none is, they are an error, as
  /// `==` with them is.
  package static func contains(
    _ whole: Value, _ part: Value, as comparison: Comparison = .contains
  ) throws(ValueError) -> Bool {
    switch whole {
    case .null: return false
    case .list(let list):
      var failure: ValueError?
      for element in list.elements {
        do throws(ValueError) {
          if try equals(element, part) { return true }
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
      return false
    default:
      if let text = whole.revealedText {
        if part.isNull { return false }
        if let part = part.revealedText { return TextSearch(part).isFound(in: text) }
      }
      let (left, right) =
        comparison == .isIn ? (part.kind, whole.kind) : (whole.kind, part.kind)
      throw .notComparable(comparison, left, right)
    }
  }
}
