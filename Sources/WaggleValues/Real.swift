/// A number as the point on the line that it stands for, to compare without loss.
///
/// Ints, doubles and spelled numbers are ordered as real numbers: 2⁵³+1 is greater than the double
/// 2⁵³, and 20 digits differ from 20 other digits.
enum Real {
  case int(Int)
  case double(Double)
  /// An integer beyond 64 bits, or a fraction beyond the doubles.
  case decimal(Decimal)

  /// The order of two numbers: negative, zero or positive.
  static func order(_ a: Real, _ b: Real) -> Int {
    switch (a, b) {
    case (.int(let a), .int(let b)): sign(a, b)
    case (.double(let a), .double(let b)): sign(a, b)
    case (.int(let a), .double(let b)): order(a, b)
    case (.double(let a), .int(let b)): -order(b, a)
    default: Decimal.order(a.decimal, b.decimal)
    }
  }

  private static func order(_ int: Int, _ double: Double) -> Int {
    if double >= 0x1p63 { return -1 }
    if double < -0x1p63 { return 1 }
    let whole = Int(double)
    if int != whole { return int < whole ? -1 : 1 }
    return sign(0, double - Double(whole))
  }

  private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : (a == b ? 0 : 1) }

  private var decimal: Decimal {
    switch self {
    case .int(let int): Decimal(String(int))
    case .double(let double): Decimal(exactly: double)
    case .decimal(let decimal): decimal
    }
  }

  /// Feeds equal numbers alike, however they are spelled.
  func hash(into hasher: inout Hasher) {
    switch self {
    case .int(let int): hasher.combine(int)
    case .double(let double):
      if let int = Int(exactly: double) { hasher.combine(int) } else { hasher.combine(double) }
    case .decimal(let decimal): hasher.combine(decimal.nearestDouble)
    }
  }
}

/// A decimal number of any length: sign, digits and where the point stands.
struct Decimal {
  private var isNegative: Bool
  /// Digits without zeros at either end; empty for zero.
  private var digits: [UInt8]
  /// How many digits stand before the point (negative: zeros behind it).
  private var point: Int

  /// Reads a spelling in JSON's grammar.
  init(_ spelling: String) {
    isNegative = false
    digits = []
    point = 0
    var hasPoint = false
    var rest = Substring(spelling).utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x2D: isNegative = true
      case 0x2E: hasPoint = true
      case 0x65, 0x45:
        point += Self.exponent(Substring(rest))
        rest = rest.suffix(0)
      default:
        digits.append(byte &- 0x30)
        if !hasPoint { point += 1 }
      }
    }
    trim()
  }

  /// An exponent, held within bounds that no text of digits reaches.
  private static func exponent(_ text: Substring) -> Int {
    let bound = 1 << 60
    return Int(text) ?? (text.hasPrefix("-") ? -bound : bound)
  }

  /// The exact value of a double that is whole, as all doubles beyond 64 bits are; others are cut.
  init(exactly double: Double) {
    isNegative = double < 0
    var whole = double.magnitude.rounded(.towardZero)
    var doublings = 0
    while whole >= 0x1p63 {
      whole /= 2
      doublings += 1
    }
    digits = String(UInt64(whole)).utf8.map { $0 &- 0x30 }
    for _ in 0..<doublings { Self.double(&digits) }
    point = digits.count
    trim()
  }

  private static func double(_ digits: inout [UInt8]) {
    var carry: UInt8 = 0
    for position in digits.indices.reversed() {
      let sum = digits[position] * 2 + carry
      digits[position] = sum % 10
      carry = sum / 10
    }
    if carry > 0 { digits.insert(carry, at: 0) }
  }

  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (isNegative, point) = (false, 0) }
  }

  static func order(_ a: Decimal, _ b: Decimal) -> Int {
    if a.isNegative != b.isNegative { return a.isNegative ? -1 : 1 }
    let order = magnitudeOrder(a, b)
    return a.isNegative ? -order : order
  }

  private static func magnitudeOrder(_ a: Decimal, _ b: Decimal) -> Int {
    if a.digits.isEmpty || b.digits.isEmpty { return a.digits.count - b.digits.count }
    if a.point != b.point { return a.point < b.point ? -1 : 1 }
    if a.digits == b.digits { return 0 }
    return a.digits.lexicographicallyPrecedes(b.digits) ? -1 : 1
  }

  /// The nearest double; infinite beyond them.
  var nearestDouble: Double {
    let text = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    return Double("\(isNegative ? "-" : "")0.\(text.isEmpty ? "0" : text)e\(point)") ?? .infinity
  }
}
