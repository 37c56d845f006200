/// A moment to the nanosecond between the years 0000 and 9999, as the calendar counts it.
///
/// Digits of a fraction beyond the ninth are accepted and count for nothing. A leap second counts
/// as the second behind it, as POSIX has it.
struct Moment: Hashable, Comparable {
  /// Whole seconds since 1970, rounded down.
  let seconds: Int
  /// The rest in nanoseconds, 0 up to 999,999,999.
  let fraction: Int

  private static let second = 1_000_000_000
  /// 0000-01-01T00:00:00Z up to 9999-12-31T23:59:59Z.
  private static let range = -62_167_219_200...253_402_300_799

  init(nanoseconds: Int) {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: Self.second)
    seconds = rest < 0 ? whole - 1 : whole
    fraction = rest < 0 ? rest + Self.second : rest
  }

  private init(seconds: Int, fraction: Int) {
    self.seconds = seconds
    self.fraction = fraction
  }

  static func < (a: Moment, b: Moment) -> Bool { (a.seconds, a.fraction) < (b.seconds, b.fraction) }

  /// Whether the year has four digits.
  var isInRange: Bool { Self.range.contains(seconds) }

  /// Nanoseconds since 1970, nil beyond 64 bits.
  var nanoseconds: Int? { nanoseconds(since: Moment(seconds: 0, fraction: 0)) }

  /// Nanoseconds from another moment to this one, nil beyond 64 bits.
  func nanoseconds(since other: Moment) -> Int? {
    let seconds = Int128(seconds - other.seconds)
    return Int(exactly: seconds * Int128(Self.second) + Int128(fraction - other.fraction))
  }

  func adding(nanoseconds: Int) -> Moment {
    let added = Moment(nanoseconds: nanoseconds)
    let sum = fraction + added.fraction
    return Moment(
      seconds: seconds + added.seconds + sum / Self.second, fraction: sum % Self.second)
  }
}

/// Reading RFC 3339.
extension Moment {
  /// Reads a text; nil where it is not RFC 3339 or names a day that no calendar has.
  init?(parsing text: String) {
    var text = text
    guard let moment = text.withUTF8({ Moment($0) }) else { return nil }
    self = moment
  }

  /// Reads bytes; the same rules.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2),
      let day = Self.number(bytes, 8, 2), let hour = Self.number(bytes, 11, 2),
      let minute = Self.number(bytes, 14, 2), let second = Self.number(bytes, 17, 2),
      (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var position = 19
    guard let fraction = Self.fraction(bytes, &position),
      let offset = Self.offset(bytes, position)
    else { return nil }
    let seconds =
      Self.dayNumber(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset
    if second == 60, seconds % 86400 != 0 { return nil }
    self.init(seconds: seconds, fraction: fraction)
  }

  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    var number = 0
    for position in start..<start + count {
      let digit = bytes[position] &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }

  /// The nanoseconds of `.123`, 0 without a fraction; nil for a point without digits.
  private static func fraction(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) -> Int? {
    guard bytes[position] == 0x2E else { return 0 }
    position += 1
    let start = position
    var (fraction, unit) = (0, second / 10)
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      fraction += Int(bytes[position] &- 0x30) * unit
      unit /= 10
      position += 1
    }
    return position > start ? fraction : nil
  }

  /// The seconds of `Z` or `+02:00` at the very end.
  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    if bytes[start] | 0x20 == 0x7A { return start + 1 == bytes.count ? 0 : nil }
    guard bytes[start] == 0x2B || bytes[start] == 0x2D, start + 6 == bytes.count,
      bytes[start + 3] == 0x3A,
      let hours = number(bytes, start + 1, 2), let minutes = number(bytes, start + 4, 2),
      hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return bytes[start] == 0x2D ? -offset : offset
  }
}

/// The calendar.
extension Moment {
  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01, counted in years that begin in March so that a leap day comes last.
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a count of days since 1970-01-01.
  private static func date(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// RFC 3339 in UTC, with as many digits of a fraction as there are.
  var text: String {
    let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    let time = seconds - day * 86400
    let (year, month, dayOfMonth) = Self.date(day)
    func pad(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let tail = fraction == 0 ? "" : "." + pad(fraction, 9)[...].trimmingZerosAtEnd
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))"
      + "T\(pad(time / 3600, 2)):\(pad(time / 60 % 60, 2)):\(pad(time % 60, 2))\(tail)Z"
  }
}
