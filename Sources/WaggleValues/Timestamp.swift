/// A moment as RFC 3339 text, kept as it came so that it prints back the same.
///
/// A time from the API costs no more than its text until something compares it.
@usableFromInline
package struct Timestamp: Sendable {
  /// The text, which is valid RFC 3339.
  package let text: String

  /// Takes a text that has been found valid.
  init(trusted text: String) { self.text = text }

  /// Reads RFC 3339: `2026-05-14T18:00:00Z`, with a fraction or an offset; throws for other text.
  package init(parsing text: String) throws(ValueError) {
    guard Moment(parsing: text) != nil else { throw .notTime(text) }
    self.text = text
  }

  /// Makes the time of a count of nanoseconds since 1970, as text in UTC.
  package init(nanoseconds: Int) { self.init(Moment(nanoseconds: nanoseconds)) }

  init(_ moment: Moment) { self.text = moment.text }

  /// The moment that the text names.
  var moment: Moment { Moment(parsing: text) ?? Moment(nanoseconds: 0) }

  /// Nanoseconds since 1970; throws for a time outside the years 1678 to 2261.
  package var nanoseconds: Int {
    get throws(ValueError) {
      guard let nanoseconds = moment.nanoseconds else {
        throw .timeOutOfRange(text, valid: "within the years 1678 to 2261")
      }
      return nanoseconds
    }
  }

  /// The time later by a duration (earlier by a negative one), in UTC.
  package func adding(_ duration: Duration) throws(ValueError) -> Timestamp {
    let moment = moment.adding(nanoseconds: duration.nanoseconds)
    guard moment.isInRange else {
      throw .timeOutOfRange("\(text) + \(duration.text)", valid: "within the years 0000 to 9999")
    }
    return Timestamp(moment)
  }

  /// How long after another time this one is; negative before it.
  package func since(_ other: Timestamp) throws(ValueError) -> Duration {
    guard let nanoseconds = moment.nanoseconds(since: other.moment) else {
      throw .overflow(operation: "\(text) - \(other.text)")
    }
    return Duration(nanoseconds: nanoseconds)
  }
}
