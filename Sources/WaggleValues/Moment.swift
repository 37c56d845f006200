/// A moment to the nanosecond, as the calendar counts it: what times are compared and moved by.
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

  init(seconds: Int, fraction: Int) {
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

/// A day of the calendar that RFC 3339 has, from year 0000 on.
struct Day {
  let year: Int
  let month: Int
  let day: Int

  /// Makes a day; nil where the calendar has none such.
  init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01, counted in years that begin in March so that a leap day comes last.
  var number: Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day at a count of days since 1970-01-01.
  init(number: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
  }
}
