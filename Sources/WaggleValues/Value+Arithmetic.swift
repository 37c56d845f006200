/// Calculating: what `+ - * / // %` and unary `-` mean.
///
/// Ints never wrap and doubles never become infinite: both are `overflow`.
extension Value {
  /// Adds numbers and durations, joins texts and lists, merges records (right wins), moves a time.
  @inlinable
  package static func add(_ a: Value, _ b: Value) throws(ValueError) -> Value {
    if case .int(let x) = a, case .int(let y) = b {
      let (sum, overflows) = x.addingReportingOverflow(y)
      if !overflows { return .int(sum) }
    }
    return try calculate(a, .add, b)
  }

  /// Subtracts numbers, durations and times, or a duration from a time.
  @inlinable
  package static func subtract(_ a: Value, _ b: Value) throws(ValueError) -> Value {
    if case .int(let x) = a, case .int(let y) = b {
      let (difference, overflows) = x.subtractingReportingOverflow(y)
      if !overflows { return .int(difference) }
    }
    return try calculate(a, .subtract, b)
  }

  /// Multiplies numbers, or a duration by a number.
  @inlinable
  package static func multiply(_ a: Value, _ b: Value) throws(ValueError) -> Value {
    if case .int(let x) = a, case .int(let y) = b {
      let (product, overflows) = x.multipliedReportingOverflow(by: y)
      if !overflows { return .int(product) }
    }
    return try calculate(a, .multiply, b)
  }

  /// Calculates with any operator; the operators with a function of their own are faster by it.
  @usableFromInline
  package static func calculate(
    _ a: Value, _ arithmetic: Arithmetic, _ b: Value
  ) throws(ValueError) -> Value {
    switch (a, b) {
    case (.int(let x), .int(let y)): return try ints(x, arithmetic, y)
    case (.float(let x), .float(let y)): return try doubles(x, arithmetic, y)
    case (.float(let x), .int(let y)): return try doubles(x, arithmetic, Double(y))
    case (.int(let x), .float(let y)): return try doubles(Double(x), arithmetic, y)
    case (.number(let number), _): return try calculate(number.value(), arithmetic, b)
    case (_, .number(let number)): return try calculate(a, arithmetic, number.value())
    case (.duration(let x), .duration(let y)): return try durations(x, arithmetic, y)
    case (.duration(let x), .int), (.duration(let x), .float):
      return try scaled(x, arithmetic, b)
    case (.int, .duration(let y)) where arithmetic == .multiply,
      (.float, .duration(let y)) where arithmetic == .multiply:
      return try scaled(y, .multiply, a)
    case (.time, _), (_, .time): return try times(a, arithmetic, b)
    default:
      if arithmetic == .add, let sum = try joined(a, b) { return sum }
      throw .notCalculable(arithmetic, a.kind, b.kind)
    }
  }

  /// The negative of a number or a duration.
  package static func negate(_ value: Value) throws(ValueError) -> Value {
    switch value {
    case .int(let int):
      guard int != .min else { throw .overflow(operation: "-(\(int))") }
      return .int(-int)
    case .float(let double): return .float(-double)
    case .number(let number): return try negate(number.value())
    case .duration(let duration): return .duration(try negated(duration))
    default: throw .notNegatable(value.kind)
    }
  }

  private static func negated(_ duration: Duration) throws(ValueError) -> Duration {
    guard duration.nanoseconds != .min else { throw .overflow(operation: "-(\(duration.text))") }
    return Duration(nanoseconds: -duration.nanoseconds)
  }

  /// Adds in place: a text or list that nobody else holds grows without a copy.
  package static func add(into a: inout Value, _ b: Value) throws(ValueError) {
    switch b {
    case .text(let tail):
      guard case .text(var text) = a else { break }
      a = .null
      text += tail
      a = .text(text)
      return
    case .list(let tail):
      guard case .list(var list) = a else { break }
      a = .null
      list.append(contentsOf: tail)
      a = .list(list)
      return
    case .record(let right):
      guard case .record(var record) = a, record.type == nil else { break }
      a = .null
      defer { a = .record(record) }
      for (key, value) in right { try record.set(key, value) }
      return
    default: break
    }
    a = try add(a, b)
  }
}

extension ExactNumber {
  /// The value to calculate with; throws where it is outside 64 bits.
  fileprivate func value() throws(ValueError) -> Value {
    guard let value = calculable else { throw .numberTooLarge(text) }
    return value
  }
}

extension Value {
  private static func ints(
    _ x: Int, _ arithmetic: Arithmetic, _ y: Int
  ) throws(ValueError) -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch arithmetic {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide, .floorDivide, .remainder:
      guard y != 0 else { throw .divisionByZero(operation: "\(x) \(arithmetic.rawValue) 0") }
      result = quotient(x, arithmetic, y)
      if arithmetic == .divide, !result.overflow, x % y != 0 {
        return .float(Double(x) / Double(y))
      }
    }
    guard !result.overflow else {
      throw .overflow(operation: "\(x) \(arithmetic.rawValue) \(y)")
    }
    return .int(result.partialValue)
  }

  /// The quotient or remainder, rounded towards negative infinity for `//` and `%`.
  private static func quotient(
    _ x: Int, _ arithmetic: Arithmetic, _ y: Int
  ) -> (partialValue: Int, overflow: Bool) {
    if arithmetic == .remainder, y == -1 { return (0, false) }
    let (quotient, overflows) = x.dividedReportingOverflow(by: y)
    guard !overflows, arithmetic != .divide else { return (quotient, overflows) }
    let rest = x % y
    let isBelow = rest != 0 && (rest < 0) != (y < 0)
    if arithmetic == .floorDivide { return (isBelow ? quotient - 1 : quotient, false) }
    return (isBelow ? rest + y : rest, false)
  }

  private static func doubles(
    _ x: Double, _ arithmetic: Arithmetic, _ y: Double
  ) throws(ValueError) -> Value {
    let result: Double
    switch arithmetic {
    case .add: result = x + y
    case .subtract: result = x - y
    case .multiply: result = x * y
    case .divide, .floorDivide, .remainder:
      guard y != 0 else {
        throw .divisionByZero(operation: "\(x) \(arithmetic.rawValue) \(y)")
      }
      result = quotient(x, arithmetic, y)
    }
    guard result.isFinite else { throw .overflow(operation: "\(x) \(arithmetic.rawValue) \(y)") }
    return .float(result)
  }

  private static func quotient(_ x: Double, _ arithmetic: Arithmetic, _ y: Double) -> Double {
    guard arithmetic != .divide else { return x / y }
    let rest = x.truncatingRemainder(dividingBy: y)
    let isBelow = rest != 0 && (rest < 0) != (y < 0)
    if arithmetic == .remainder { return isBelow ? rest + y : rest }
    return ((x - rest) / y).rounded() - (isBelow ? 1 : 0)
  }

  /// A duration divided by a duration is a number; they add, subtract and leave a remainder.
  private static func durations(
    _ x: Duration, _ arithmetic: Arithmetic, _ y: Duration
  ) throws(ValueError) -> Value {
    let operation = { "\(x.text) \(arithmetic.rawValue) \(y.text)" }
    do throws(ValueError) {
      guard arithmetic != .multiply else { throw .notCalculable(.multiply, .duration, .duration) }
      let result = try ints(x.nanoseconds, arithmetic, y.nanoseconds)
      guard case .int(let count) = result, arithmetic != .divide, arithmetic != .floorDivide else {
        return result
      }
      return .duration(Duration(nanoseconds: count))
    } catch {
      switch error {
      case .overflow: throw .overflow(operation: operation())
      case .divisionByZero: throw .divisionByZero(operation: operation())
      default: throw error
      }
    }
  }

  /// A duration times or divided by a number, to the nearest nanosecond (`//` rounds down).
  private static func scaled(
    _ x: Duration, _ arithmetic: Arithmetic, _ factor: Value
  ) throws(ValueError) -> Value {
    let operation = { "\(x.text) \(arithmetic.rawValue) \(factor.plainText)" }
    let isDivision = arithmetic == .divide || arithmetic == .floorDivide
    guard isDivision || arithmetic == .multiply else {
      throw .notCalculable(arithmetic, .duration, factor.kind)
    }
    if case .int(let count) = factor, arithmetic == .multiply {
      let (product, overflows) = x.nanoseconds.multipliedReportingOverflow(by: count)
      guard !overflows else { throw .overflow(operation: operation()) }
      return .duration(Duration(nanoseconds: product))
    }
    guard case .some(let divisor) = factor.double else {
      throw .notCalculable(arithmetic, .duration, factor.kind)
    }
    if isDivision, divisor == 0 { throw .divisionByZero(operation: operation()) }
    if case .int(let count) = factor {
      return .duration(
        Duration(nanoseconds: try divided(x.nanoseconds, arithmetic, count, operation)))
    }
    let exact = Double(x.nanoseconds)
    let result = isDivision ? exact / divisor : exact * divisor
    let rounded = result.rounded(arithmetic == .floorDivide ? .down : .toNearestOrAwayFromZero)
    guard let nanoseconds = Int(exactly: rounded) else { throw .overflow(operation: operation()) }
    return .duration(Duration(nanoseconds: nanoseconds))
  }

  private static func divided(
    _ x: Int, _ arithmetic: Arithmetic, _ y: Int, _ operation: () -> String
  ) throws(ValueError) -> Int {
    let (floor, overflows) = quotient(x, .floorDivide, y)
    guard !overflows else { throw .overflow(operation: operation()) }
    guard arithmetic == .divide else { return floor }
    let rest = quotient(x, .remainder, y).partialValue.magnitude
    return rest >= y.magnitude - rest ? floor + 1 : floor
  }

  private var double: Double? {
    switch self {
    case .int(let int): Double(int)
    case .float(let double): double
    default: nil
    }
  }

  private static func times(
    _ a: Value, _ arithmetic: Arithmetic, _ b: Value
  ) throws(ValueError) -> Value {
    switch (a, arithmetic, b) {
    case (.time(let a), .subtract, .time(let b)): return .duration(try a.since(b))
    case (.time(let time), .add, .duration(let duration)),
      (.duration(let duration), .add, .time(let time)):
      return .time(try time.adding(duration))
    case (.time(let time), .subtract, .duration(let duration)):
      return .time(try time.adding(negated(duration)))
    default: throw .notCalculable(arithmetic, a.kind, b.kind)
    }
  }

  /// The sum of texts, lists or records; nil for other kinds.
  private static func joined(_ a: Value, _ b: Value) throws(ValueError) -> Value? {
    switch (a, b) {
    case (.text(let x), .text(let y)): return .text(x + y)
    case (.list(var x), .list(let y)):
      x.append(contentsOf: y)
      return .list(x)
    case (.record(let x), .record(let y)): return .record(try x.merging(y))
    default:
      guard let x = a.revealedText, let y = b.revealedText else { return nil }
      return .secret(Secret(x + y))
    }
  }
}
