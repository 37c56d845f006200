/// Reading RFC 3339.
extension Timestamp {
  /// Reads a text; nil where it is not RFC 3339, names a day that no calendar has, or is finer than
  /// a nanosecond.
  init?(_ text: String) {
    var text = text
    guard let time = text.withUTF8({ Timestamp($0) }) else { return nil }
    self = time
  }

  /// Reads bytes, by the same rules.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2),
      let dayOfMonth = Self.number(bytes, 8, 2), let hour = Self.number(bytes, 11, 2),
      let minute = Self.number(bytes, 14, 2), let second = Self.number(bytes, 17, 2),
      let day = Day(year: year, month: month, day: dayOfMonth),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var spelling = Spelling()
    if bytes[10] == 0x74 { spelling.marks.insert(.lowercaseT) }
    guard let fraction = spelling.readFraction(bytes),
      spelling.readOffset(bytes, spelling.digits > 0 ? 20 + Int(spelling.digits) : 19)
    else { return nil }
    let seconds =
      day.number * 86400 + hour * 3600 + minute * 60 + second - Int(spelling.offset) * 60
    if second == 60 {
      guard seconds % 86400 == 0 else { return nil }
      spelling.marks.insert(.isLeap)
    }
    self.init(Moment(seconds: seconds, fraction: fraction), spelling)
  }

  @inline(__always) fileprivate static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    var number = 0
    for position in start..<start + count {
      let digit = bytes[position] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}

extension Timestamp.Spelling {
  /// Takes the nanoseconds of `.123` behind the seconds, 0 without a fraction.
  ///
  /// Gives nil for a point without digits and for more than nine of them.
  fileprivate mutating func readFraction(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes[19] == 0x2E else { return 0 }
    var (fraction, unit, position) = (0, 100_000_000, 20)
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      guard unit > 0 else { return nil }
      fraction += Int(bytes[position] &- 0x30) * unit
      unit /= 10
      position += 1
    }
    digits = UInt8(position - 20)
    return position > 20 ? fraction : nil
  }

  /// Takes `Z` or `+02:00` at the very end; false where it is neither.
  fileprivate mutating func readOffset(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Bool {
    guard start < bytes.count else { return false }
    if bytes[start] | 0x20 == 0x7A {
      if bytes[start] == 0x7A { marks.insert(.lowercaseZ) }
      return start + 1 == bytes.count
    }
    guard bytes[start] == 0x2B || bytes[start] == 0x2D, start + 6 == bytes.count,
      bytes[start + 3] == 0x3A,
      let hours = Timestamp.number(bytes, start + 1, 2),
      let minutes = Timestamp.number(bytes, start + 4, 2),
      hours < 24, minutes < 60
    else { return false }
    let isWest = bytes[start] == 0x2D
    offset = Int16(isWest ? -(hours * 60 + minutes) : hours * 60 + minutes)
    marks.insert(.hasDigits)
    if isWest, offset == 0 { marks.insert(.isUnknown) }
    return true
  }
}

/// Writing it as it was spelled.
extension Timestamp.Spelling {
  /// The text of a moment in this spelling.
  func text(of moment: Moment) -> String {
    let local = moment.seconds + Int(offset) * 60 - (marks.contains(.isLeap) ? 1 : 0)
    let dayNumber = local >= 0 ? local / 86400 : (local - 86399) / 86400
    let day = Day(number: dayNumber)
    let time = local - dayNumber * 86400
    var bytes: [UInt8] = []
    bytes.reserveCapacity(35)
    Self.append(day.year, 4, to: &bytes)
    bytes.append(0x2D)
    Self.append(day.month, 2, to: &bytes)
    bytes.append(0x2D)
    Self.append(day.day, 2, to: &bytes)
    bytes.append(marks.contains(.lowercaseT) ? 0x74 : 0x54)
    Self.append(time / 3600, 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(time / 60 % 60, 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(marks.contains(.isLeap) ? 60 : time % 60, 2, to: &bytes)
    appendFraction(moment.fraction, to: &bytes)
    appendOffset(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendFraction(_ fraction: Int, to bytes: inout [UInt8]) {
    guard digits > 0 else { return }
    bytes.append(0x2E)
    Self.append(fraction, 9, to: &bytes)
    bytes.removeLast(9 - Int(digits))
  }

  private func appendOffset(to bytes: inout [UInt8]) {
    guard marks.contains(.hasDigits) else {
      return bytes.append(marks.contains(.lowercaseZ) ? 0x7A : 0x5A)
    }
    bytes.append(offset < 0 || marks.contains(.isUnknown) ? 0x2D : 0x2B)
    let minutes = Int(offset.magnitude)
    Self.append(minutes / 60, 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(minutes % 60, 2, to: &bytes)
  }

  /// Appends the last digits of a number, with zeros before them where there are fewer.
  private static func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(number / unit % 10) + 0x30)
      unit /= 10
    }
  }
}
