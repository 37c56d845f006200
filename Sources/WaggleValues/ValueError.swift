/// What was asked of a value that it cannot do: data, of which `message` makes the sentence.
///
/// One word wide, so that throwing it costs the hot paths nothing.
@usableFromInline
package indirect enum ValueError: Error, Sendable, Equatable {
  /// Something must be one thing and is another: `what` must be `valid`, but is `actual`.
  case invalid(what: String, valid: String, actual: String)
  /// A result is outside 64 bits or not finite; the operands are given as they print.
  case overflow(operation: String)
  /// The right side of `/`, `//` or `%` is zero.
  case divisionByZero(operation: String)
  /// A record has no such field; candidates are the names that it has or its type has.
  case noField(String, type: String?, candidates: [String])
  /// An index that a list or text of this many elements does not have.
  case outOfRange(index: Int, count: Int)
  /// Two kinds that `==`, `<` and their like do not put side by side.
  case notComparable(Comparison, Kind, Kind)
  /// A kind that has no order: list, record.
  case noOrder(Kind)
  /// Two kinds that an arithmetic operator does not join.
  case notCalculable(Arithmetic, Kind, Kind)
  /// A kind that unary `-` does not take.
  case notNegatable(Kind)
  /// Lists and records would nest deeper than `Value.maxDepth`.
  case tooDeep
}

/// An operator that compares.
@usableFromInline
package enum Comparison: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case contains
}

/// An operator that calculates.
@usableFromInline
package enum Arithmetic: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
}
