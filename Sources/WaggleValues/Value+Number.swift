/// Reading numbers as JSON and as scripts spell them.
extension Value {
  /// The value of a number in JSON's grammar; nil for any other text.
  ///
  /// An int or a double where that prints the spelling back, else an exact number: an integer
  /// beyond 64 bits or `-0`; a fraction with an exponent, a trailing zero (other than `2.0`), more
  /// than 15 digits, or outside 1e-4 up to 1e15.
  package static func number(fromJSONSpelling spelling: String) -> Value? {
    var spelling = spelling
    return spelling.withUTF8 { bytes in
      guard let spelled = SpelledNumber(bytes[...]), spelled.count == bytes.count else {
        return nil
      }
      return spelled.value(of: bytes)
    }
  }

  /// The value of a number as a script spells it: JSON's grammar with `_` between digits.
  ///
  /// Gives nil for a text that is no number; throws where it is an integer beyond 64 bits or a
  /// fraction beyond the doubles.
  package static func number(fromLiteral literal: String) throws(ValueError) -> Value? {
    guard let plain = withoutSeparators(literal) else { return nil }
    var text = plain
    guard
      let isInteger = text.withUTF8({ bytes -> Bool? in
        guard let spelled = SpelledNumber(bytes[...]), spelled.count == bytes.count else {
          return nil
        }
        return spelled.isInteger
      })
    else { return nil }
    if isInteger {
      guard let int = Int(text) else { throw .numberTooLarge(literal) }
      return .int(int)
    }
    guard let double = Double(text), double.isFinite else { throw .numberTooLarge(literal) }
    return .float(double)
  }

  /// The text without `_` between digits; nil where one stands elsewhere.
  private static func withoutSeparators(_ text: String) -> String? {
    guard text.utf8.contains(0x5F) else { return text }
    let bytes = Array(text.utf8)
    var kept: [UInt8] = []
    for (position, byte) in bytes.enumerated() {
      guard byte == 0x5F else {
        kept.append(byte)
        continue
      }
      let isBetween =
        position > 0 && position + 1 < bytes.count && isDigit(bytes[position - 1])
        && isDigit(bytes[position + 1])
      guard isBetween else { return nil }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The value of a word that reads as one: a number, a duration, `true`, `false`, `null`; else nil.
  package static func reading(word: String) throws(ValueError) -> Value? {
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default: break
    }
    guard let first = word.utf8.first, isDigit(first) || first == 0x2D else { return nil }
    if let number = try number(fromLiteral: word) { return number }
    return try Duration(spelling: word).map { .duration($0) }
  }
}

/// The parts of a number's spelling: what JSON's grammar accepts at the start of some bytes.
struct SpelledNumber {
  private(set) var count = 0
  private(set) var isInteger = true
  private var isNegative = false
  private var hasExponent = false
  /// Digits from the first that is not zero.
  private var significant = 0
  private var fraction = 0
  /// The first 18 significant digits.
  private var mantissa: UInt64 = 0
  private var lastDigit: UInt8 = 0

  /// Reads as much as is a number; nil where not even one digit is, or the grammar breaks off.
  init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    var rest = bytes
    func peek() -> UInt8 { rest.first ?? 0 }
    if peek() == 0x2D {
      isNegative = true
      rest.removeFirst()
    }
    if peek() == 0x30 {
      rest.removeFirst()
      guard peek() &- 0x30 >= 10 else { return nil }
    } else {
      guard takeDigits(&rest) > 0 else { return nil }
    }
    if peek() == 0x2E {
      rest.removeFirst()
      isInteger = false
      fraction = takeDigits(&rest)
      guard fraction > 0 else { return nil }
    }
    if peek() | 0x20 == 0x65 {
      rest.removeFirst()
      (isInteger, hasExponent) = (false, true)
      if peek() == 0x2B || peek() == 0x2D { rest.removeFirst() }
      let known = (mantissa, significant, lastDigit)
      guard takeDigits(&rest) > 0 else { return nil }
      (mantissa, significant, lastDigit) = known
    }
    count = bytes.count - rest.count
  }

  private mutating func takeDigits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var taken = 0
    while let byte = rest.first, byte &- 0x30 < 10 {
      lastDigit = byte &- 0x30
      if significant > 0 || lastDigit > 0 { significant += 1 }
      if significant <= 18 { mantissa = mantissa &* 10 &+ UInt64(lastDigit) }
      taken += 1
      rest.removeFirst()
    }
    return taken
  }

  /// The value of the spelling, which stands at the start of the bytes.
  func value(of bytes: UnsafeBufferPointer<UInt8>) -> Value {
    if isInteger { return integer(of: bytes) }
    let isShort = !hasExponent && significant <= 15 && (lastDigit > 0 || fraction == 1)
    if isShort, fraction <= 22 {
      let double = Double(mantissa) / Self.powersOfTen[fraction]
      if double == 0 || (double >= 1e-4 && double < 1e15) {
        return .float(isNegative ? -double : double)
      }
    }
    return .number(ExactNumber(text: text(of: bytes)))
  }

  private func integer(of bytes: UnsafeBufferPointer<UInt8>) -> Value {
    if mantissa == 0, isNegative { return .number(ExactNumber(text: "-0")) }
    if significant <= 18 {
      let int = Int(truncatingIfNeeded: mantissa)
      return .int(isNegative ? -int : int)
    }
    let text = text(of: bytes)
    return Int(text).map { .int($0) } ?? .number(ExactNumber(text: text))
  }

  private func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes.prefix(count)), as: UTF8.self)
  }

  /// Ten to the powers that a double holds exactly.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
