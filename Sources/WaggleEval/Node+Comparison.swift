import WaggleText
import WaggleValues

/// A node whose value is always a bool.
class TestNode: Node {
  final override func value(_ f: Frame) throws(Raise) -> Value { .bool(try test(f)) }
}

/// `== != < <= > >= in contains`; its kinds differ in which operands are places.
class ComparisonNode: TestNode {
  let comparison: Comparison

  init(_ comparison: Comparison, _ span: Span) {
    self.comparison = comparison
    super.init(span)
  }

  /// Compares, ints without a call.
  @inline(__always)
  final func compare(
    _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>
  ) throws(Raise) -> Bool {
    guard case .int(let x) = a.pointee, case .int(let y) = b.pointee else {
      if comparison == .equal || comparison == .notEqual, case .text = a.pointee,
        case .text = b.pointee, let isSame = isSameTextByBits(a, b)
      {
        return isSame == (comparison == .equal)
      }
      return try compareSlowly(a, b)
    }
    switch comparison {
    case .equal: return x == y
    case .notEqual: return x != y
    case .less: return x < y
    case .lessOrEqual: return x <= y
    case .greater: return x > y
    case .greaterOrEqual: return x >= y
    case .isIn, .contains: return try compareSlowly(a, b)
    }
  }

  @inline(never)
  private func compareSlowly(
    _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>
  ) throws(Raise) -> Bool {
    try attempt(at: span) { () throws(ValueError) in
      try Value.compare(a.pointee, comparison, b.pointee)
    }
  }
}

/// Both operands are places.
final class PlacePlaceComparison: ComparisonNode {
  private let left: Place
  private let right: Place

  init(_ left: Place, _ comparison: Comparison, _ right: Place, _ span: Span) {
    self.left = left
    self.right = right
    super.init(comparison, span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    guard let a = left.peek(f), let b = right.peek(f) else {
      var (a, b) = (try left.node.value(f), try right.node.value(f))
      return try compare(&a, &b)
    }
    return try compare(a, b)
  }
}

/// The left operand is evaluated.
final class NodePlaceComparison: ComparisonNode {
  private let left: Node
  private let right: Place

  init(_ left: Node, _ comparison: Comparison, _ right: Place, _ span: Span) {
    self.left = left
    self.right = right
    super.init(comparison, span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    var a = try left.value(f)
    guard let b = right.peek(f) else {
      var b = try right.node.value(f)
      return try compare(&a, &b)
    }
    return try compare(&a, b)
  }
}

/// Both operands are evaluated.
final class NodeNodeComparison: ComparisonNode {
  private let left: Node
  private let right: Node

  init(_ left: Node, _ comparison: Comparison, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(comparison, span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    var a = try left.value(f)
    var b = try right.value(f)
    return try compare(&a, &b)
  }
}
