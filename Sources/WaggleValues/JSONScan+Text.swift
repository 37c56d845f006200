import Glibc

/// Strings: eight bytes at a time up to the closing quote, with a slower way for escapes.
extension JSONScan {
  /// The value of the string that begins here, as the place has it.
  @inline(__always)
  mutating func text(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    let begin = at + 1
    at = begin
    guard skipPlain(), peek() == 0x22 else {
      let text = try unusualString(begin)
      return place.pointee.isSecret ? .secret(Secret(text)) : .text(text)
    }
    let count = at - begin
    at += 1
    if place.pointee.isPlain { return .text(Self.string(begin, count, place)) }
    return Self.special(begin, count, place)
  }

  /// A time or a secret; text where it is not spelled as a time.
  private static func special(
    _ begin: UnsafePointer<UInt8>, _ count: Int, _ place: UnsafeMutablePointer<JSONPlace>
  ) -> Value {
    if place.pointee.isSecret { return .secret(Secret(plainString(begin, count))) }
    let time = Timestamp(UnsafeBufferPointer(start: begin, count: count))
    return time.map { .time($0) } ?? .text(string(begin, count, place))
  }

  /// A string of ASCII, shared with the one read before at the place if it is the same.
  @inline(__always)
  private static func string(
    _ begin: UnsafePointer<UInt8>, _ count: Int, _ place: UnsafeMutablePointer<JSONPlace>
  ) -> String {
    if count < 16 || place.pointee.misses > 8 { return plainString(begin, count) }
    return shared(begin, count, &place.pointee)
  }

  private static func plainString(_ begin: UnsafePointer<UInt8>, _ count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: begin, count: count), as: UTF8.self)
  }

  private static func shared(
    _ begin: UnsafePointer<UInt8>, _ count: Int, _ place: inout JSONPlace
  ) -> String {
    let isSame =
      place.lastText.utf8.count == count
      && place.lastText.utf8.withContiguousStorageIfAvailable { last in
        last.baseAddress.map { memcmp($0, begin, count) == 0 } ?? false
      } ?? false
    if isSame {
      place.misses = 0
      return place.lastText
    }
    place.misses += 1
    let text = plainString(begin, count)
    place.lastText = text
    return text
  }

  /// The string that begins here.
  mutating func string() throws(JSONStop) -> String {
    let begin = at + 1
    at = begin
    guard skipPlain(), peek() == 0x22 else { return try unusualString(begin) }
    at += 1
    return Self.plainString(begin, at - 1 - begin)
  }

  /// Steps over ASCII that stands for itself; false where something else comes before the quote.
  @inline(__always) private mutating func skipPlain() -> Bool {
    while end - at >= 8 {
      let special = Self.special(UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
      if special != 0 {
        at += special.trailingZeroBitCount >> 3
        return true
      }
      at += 8
    }
    while at < end, at.pointee >= 0x20, at.pointee < 0x80, at.pointee != 0x22, at.pointee != 0x5C {
      at += 1
    }
    return at < end
  }

  /// A bit at the top of each byte that is a quote, a backslash, a control character or not ASCII.
  ///
  /// Bytes above the lowest one marked may be marked wrongly, by a borrow.
  @inline(__always) private static func special(_ bytes: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    let quote = bytes ^ (ones &* 0x22)
    let backslash = bytes ^ (ones &* 0x5C)
    let found =
      ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
      | ((bytes &- ones &* 0x20) & ~bytes) | bytes
    return found & tops
  }

  /// A string with escapes or with more than ASCII, from its first character on.
  private mutating func unusualString(_ begin: UnsafePointer<UInt8>) throws(JSONStop) -> String {
    at = begin
    var bytes: [UInt8] = []
    var isPlain = true
    while true {
      let run = at
      skipUnescaped()
      if !isPlain || peek() != 0x22 {
        bytes.append(contentsOf: UnsafeBufferPointer(start: run, count: at - run))
      }
      switch peek() {
      case 0x22:
        let text =
          isPlain
          ? String(validating: UnsafeBufferPointer(start: begin, count: at - begin), as: UTF8.self)
          : String(validating: bytes, as: UTF8.self)
        guard let text else { throw failInvalidUTF8(begin) }
        at += 1
        return text
      case 0x5C:
        isPlain = false
        try escape(into: &bytes)
      default:
        throw at < end ? fail(.controlCharacter(at.pointee)) : fail(.unexpectedEnd)
      }
    }
  }

  private mutating func skipUnescaped() {
    while at < end, at.pointee >= 0x20, at.pointee != 0x22, at.pointee != 0x5C { at += 1 }
  }

  /// Points at the first bytes of a string that are not UTF-8.
  private mutating func failInvalidUTF8(_ begin: UnsafePointer<UInt8>) -> JSONStop {
    var valid = begin
    let stretch = UnsafeBufferPointer(start: begin, count: at - begin)
    var decoder = UTF8()
    var bytes = stretch.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      valid += UTF8.width(scalar)
    }
    return fail(.invalidUTF8, at: valid)
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONStop) {
    let begin = at
    at += 1
    let letter = peek()
    at += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: bytes.append(letter)
    case 0x62: bytes.append(0x08)
    case 0x66: bytes.append(0x0C)
    case 0x6E: bytes.append(0x0A)
    case 0x72: bytes.append(0x0D)
    case 0x74: bytes.append(0x09)
    case 0x75: try unicodeEscape(begin, into: &bytes)
    default: throw begin + 1 < end ? fail(.badEscape, at: begin) : fail(.unexpectedEnd, at: end)
    }
  }

  /// `1F41D` behind `\u`, as one unit or two; half a pair becomes U+FFFD.
  private mutating func unicodeEscape(
    _ begin: UnsafePointer<UInt8>, into bytes: inout [UInt8]
  ) throws(JSONStop) {
    let unit = try hexUnit(begin)
    var code = UInt32(unit)
    if unit & 0xFC00 == 0xD800, end - at >= 6, at.pointee == 0x5C, at[1] == 0x75 {
      let back = at
      at += 2
      let low = try hexUnit(back)
      if low & 0xFC00 == 0xDC00 {
        code = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
      } else {
        at = back
      }
    }
    let scalar = UnicodeScalar(code) ?? "\u{FFFD}"
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func hexUnit(_ begin: UnsafePointer<UInt8>) throws(JSONStop) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard at < end else { throw fail(.unexpectedEnd) }
      guard let digit = Character(UnicodeScalar(at.pointee)).hexDigitValue else {
        throw fail(.badEscape, at: begin)
      }
      unit = unit << 4 | UInt16(digit)
      at += 1
    }
    return unit
  }
}
