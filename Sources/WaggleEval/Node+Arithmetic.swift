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
  fileprivate final func calculate(_ x: Int, _ y: Int, _ f: Frame) throws(Raise) -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch arithmetic {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide where y > 0: return Self.quotient(of: x, by: y)
    case .floorDivide where y > 0:
      let (quotient, rest) = x.quotientAndRemainder(dividingBy: y)
      return .int(rest < 0 ? quotient &- 1 : quotient)
    case .remainder where y > 0: return .int(Self.remainder(of: x, by: y))
    default: return try calculateSlowly(.int(x), .int(y), f)
    }
    guard !result.overflow else { return try calculateSlowly(.int(x), .int(y), f) }
    return .int(result.partialValue)
  }

  /// What is left of a floor division by what is above 0; a division of 32 bits takes half as long.
  @inline(__always)
  private static func remainder(of x: Int, by y: Int) -> Int {
    if (x | y) >> 32 == 0 {
      return Int(UInt32(truncatingIfNeeded: x) % UInt32(truncatingIfNeeded: y))
    }
    let rest = x % y
    return rest < 0 ? rest &+ y : rest
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
  fileprivate final func calculateSlowly(_ a: Value, _ b: Value, _ f: Frame) throws(Raise) -> Value
  {
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

/// The left operand is a place, the right one an int that is known before the run.
final class PlaceIntArithmetic: ArithmeticNode {
  private let left: Place
  private let right: Int

  init(_ left: Place, _ arithmetic: Arithmetic, _ right: Int, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    if let a = left.peek(f), case .int(let x) = a.pointee { return try calculate(x, right, f) }
    return try calculate(try left.node.value(f), .int(right), f)
  }
}

/// The left operand is evaluated, the right one an int that is known before the run.
final class NodeIntArithmetic: ArithmeticNode {
  private let left: Node
  private let right: Int

  init(_ left: Node, _ arithmetic: Arithmetic, _ right: Int, _ span: Span) {
    self.left = left
    self.right = right
    super.init(arithmetic, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    switch try left.value(f) {
    case .int(let x): return try calculate(x, right, f)
    case let other: return try calculateSlowly(other, .int(right), f)
    }
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
