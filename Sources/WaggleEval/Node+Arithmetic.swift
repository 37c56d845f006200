import WaggleText
import WaggleValues

/// `+ - * / // %` of two operands; its kinds differ in which of them are places.
class ArithmeticNode: Node {
  let arithmetic: Arithmetic

  init(_ arithmetic: Arithmetic, _ span: Span) {
    self.arithmetic = arithmetic
    super.init(span)
  }

  /// Calculates, ints without a call.
  @inline(__always)
  final func calculate(
    _ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>, _ f: Frame
  ) throws(Raise) -> Value {
    guard case .int(let x) = a.pointee, case .int(let y) = b.pointee else {
      return try calculateSlowly(a.pointee, b.pointee, f)
    }
    return try calculate(x, y, f)
  }

  @inline(__always)
  final func calculate(_ a: consuming Value, _ b: UnsafePointer<Value>, _ f: Frame) throws(Raise)
    -> Value
  {
    switch consume a {
    case .int(let x):
      guard case .int(let y) = b.pointee else { return try calculateSlowly(.int(x), b.pointee, f) }
      return try calculate(x, y, f)
    case let other: return try calculateSlowly(other, b.pointee, f)
    }
  }

  @inline(__always)
  final func calculate(_ a: UnsafePointer<Value>, _ b: consuming Value, _ f: Frame) throws(Raise)
    -> Value
  {
    switch consume b {
    case .int(let y):
      guard case .int(let x) = a.pointee else { return try calculateSlowly(a.pointee, .int(y), f) }
      return try calculate(x, y, f)
    case let other: return try calculateSlowly(a.pointee, other, f)
    }
  }

  @inline(__always)
  final func calculate(_ a: consuming Value, _ b: consuming Value, _ f: Frame) throws(Raise)
    -> Value
  {
    switch consume a {
    case .int(let x):
      switch consume b {
      case .int(let y): return try calculate(x, y, f)
      case let other: return try calculateSlowly(.int(x), other, f)
      }
    case let other: return try calculateSlowly(other, b, f)
    }
  }

  @inline(__always)
  private final func calculate(_ x: Int, _ y: Int, _ f: Frame) throws(Raise) -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch arithmetic {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide where y > 0: return Self.quotient(of: x, by: y)
    default: return try calculateSlowly(.int(x), .int(y), f)
    }
    guard !result.overflow else { return try calculateSlowly(.int(x), .int(y), f) }
    return .int(result.partialValue)
  }

  /// An int where it divides exactly; y is not 0 and not -1, so that there always is one.
  ///
  /// Below 2^53 a division of doubles and a multiplication find it out in half the time of a
  /// division of integers.
  @inline(never)
  private static func quotient(of x: Int, by y: Int) -> Value {
    let ratio = Double(x) / Double(y)
    guard x.magnitude | y.magnitude < 1 << 53 else {
      let (quotient, rest) = x.quotientAndRemainder(dividingBy: y)
      return rest == 0 ? .int(quotient) : .float(ratio)
    }
    let quotient = Int(ratio)
    return quotient &* y == x ? .int(quotient) : .float(ratio)
  }

  @inline(never)
  private func calculateSlowly(_ a: Value, _ b: Value, _ f: Frame) throws(Raise) -> Value {
    if arithmetic == .add { try f.admit(sumOf: a, b, at: span) }
    return try attempt(at: span) { () throws(ValueError) in
      try Value.calculate(a, arithmetic, b)
    }
  }
}

/// Both operands are places.
final class PlacePlaceArithmetic: ArithmeticNode {
  private let left: Place
  private let right: Place

  init(_ left: Place, _ arithmetic: Arithmetic, _ right: Place, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    guard let a = left.peek(f), let b = right.peek(f) else {
      return try calculate(try left.node.value(f), try right.node.value(f), f)
    }
    return try calculate(a, b, f)
  }
}

/// The left operand is evaluated.
final class NodePlaceArithmetic: ArithmeticNode {
  private let left: Node
  private let right: Place

  init(_ left: Node, _ arithmetic: Arithmetic, _ right: Place, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let a = try left.value(f)
    guard let b = right.peek(f) else { return try calculate(a, try right.node.value(f), f) }
    return try calculate(a, b, f)
  }
}

/// The right operand is evaluated, and cannot change the left one.
final class PlaceNodeArithmetic: ArithmeticNode {
  private let left: Place
  private let right: Node

  init(_ left: Place, _ arithmetic: Arithmetic, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    guard left.peek(f) != nil else {
      return try calculate(try left.node.value(f), try right.value(f), f)
    }
    let b = try right.value(f)
    guard let a = left.peek(f) else { return try calculate(try left.node.value(f), b, f) }
    return try calculate(a, b, f)
  }
}

/// Both operands are evaluated; a left place too where the right side could change it.
final class NodeNodeArithmetic: ArithmeticNode {
  private let left: Node
  private let right: Node

  init(_ left: Node, _ arithmetic: Arithmetic, _ right: Node, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let a = try left.value(f)
    return try calculate(a, try right.value(f), f)
  }
}

/// Unary `-`.
final class NegateNode: Node {
  private let operand: Node

  init(_ operand: Node, _ span: Span) {
    self.operand = operand
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try operand.value(f)
    return try attempt(at: span) { () throws(ValueError) in try Value.negate(value) }
  }
}
