import WaggleFormats
import WaggleText
import WaggleValues

/// `and`.
final class AndNode: TestNode {
  private let left: Node
  private let right: Node

  init(_ left: Node, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    guard try left.test(f) else { return false }
    return try right.test(f)
  }
}

/// `or`.
final class OrNode: TestNode {
  private let left: Node
  private let right: Node

  init(_ left: Node, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    if try left.test(f) { return true }
    return try right.test(f)
  }
}

/// `not`.
final class NotNode: TestNode {
  private let operand: Node

  init(_ operand: Node, _ span: Span) {
    self.operand = operand
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool { try !operand.test(f) }
}

/// `??`: the left side, or the right one where that is null.
final class OrElseNode: Node {
  private let left: Node
  private let right: Node

  init(_ left: Node, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try left.value(f)
    return value.isNull ? try right.value(f) : value
  }
}

/// `=~` and `!~`; a pattern that is constant is compiled before the run.
final class MatchNode: TestNode {
  private let text: Node
  private let pattern: PatternOperand
  private let isWanted: Bool

  init(_ text: Node, _ pattern: Node, isWanted: Bool, _ span: Span) {
    self.text = text
    self.pattern = PatternOperand(pattern)
    self.isWanted = isWanted
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    let value = try text.value(f)
    let wanted = try pattern.value(f)
    if value.isNull || wanted.isNull { return false }
    let pattern = try pattern.pattern(of: wanted)
    guard let text = value.revealedText else { throw Raise(.notMatchable(value), at: text.span) }
    return try attemptMatch(at: span) { () throws(PatternError) in try pattern.matches(text) }
      == isWanted
  }
}
