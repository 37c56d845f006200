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
    if let result = compare(x, y) { return result }
    return try compareSlowly(a, b)
  }

  /// Compares ints; nil for what ints cannot be asked.
  @inline(__always)
  fileprivate final func compare(_ x: Int, _ y: Int) -> Bool? {
    switch comparison {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    case .isIn, .contains: nil
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

/// The left operand is a place, the right one an int that is known before the run.
final class PlaceIntComparison: ComparisonNode {
  private let left: Place
  private let right: Int

  init(_ left: Place, _ comparison: Comparison, _ right: Int, _ span: Span) {
    self.left = left
    self.right = right
    super.init(comparison, span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    var number = Value.int(right)
    guard let a = left.peek(f) else {
      var a = try left.node.value(f)
      return try compare(&a, &number)
    }
    if case .int(let x) = a.pointee, let result = compare(x, right) { return result }
    return try compare(a, &number)
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
