package import WaggleTime

/// The dates of HTTP's header fields, in the three spellings that RFC 9110 makes readers accept.
package enum HTTPDate {
  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` or one of the two old spellings; nil for other text.
  ///
  /// A year of two digits means the one that lies no more than fifty years ahead of `now`.
  package static func parse(_ text: String, now: Instant) -> Instant? {
    var words = text.split { $0 == " " || $0 == "," }.map(String.init)
    if words.count == 4 {
      let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
      words.replaceSubrange(1...1, with: date.map(String.init))
    }
    let clock: String
    let date: (day: String, month: String, year: String)
    switch words.count {
    case 6 where words[5] == "GMT": (date, clock) = ((words[1], words[2], words[3]), words[4])
    case 5: (date, clock) = ((words[2], words[1], words[4]), words[3])
    default: return nil
    }
    guard let month = months.firstIndex(of: date.month), let day = number(date.day, 1...31),
      let year = year(date.year, now), let second = secondOfDay(clock)
    else { return nil }
    let days = dayNumber(year: year, month: month + 1, day: day)
    guard civil(days) == (year, month + 1, day) else { return nil }
    return Instant(nanoseconds: (days * 86_400 + second) * 1_000_000_000)
  }

  /// Writes a moment in the current spelling, cut to whole seconds.
  package static func text(_ moment: Instant) -> String {
    let seconds = floored(moment.nanoseconds, by: 1_000_000_000)
    let days = floored(seconds, by: 86_400)
    let (year, month, day) = civil(days)
    let second = seconds - days * 86_400
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let clock = [second / 3600, second / 60 % 60, second % 60].map(pad).joined(separator: ":")
    return "\(weekday), \(pad(day)) \(months[month - 1]) \(year) \(clock) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func floored(_ number: Int, by divisor: Int) -> Int {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// A number of digits alone, within a range.
  private static func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(text) else { return nil }
    return range.contains(number) ? number : nil
  }

  private static func year(_ text: String, _ now: Instant) -> Int? {
    if text.utf8.count == 4 { return number(text, 1970...2200) }
    guard text.utf8.count == 2, let short = number(text, 0...99) else { return nil }
    let present = civil(floored(now.nanoseconds, by: 86_400_000_000_000)).year
    let year = present - present % 100 + short
    return year > present + 50 ? year - 100 : year
  }

  private static func secondOfDay(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let hour = number(parts[0], 0...23),
      let minute = number(parts[1], 0...59), let second = number(parts[2], 0...60)
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Days since 1970-01-01, counted in years that begin in March so that a leap day comes last.
  private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }

  /// The date of a count of days since 1970-01-01, for years after 0.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (
      era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * marchMonth + 2) / 5 + 1
    )
  }
}
