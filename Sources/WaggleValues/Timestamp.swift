/// A moment, and how its text was spelled, so that it prints back as it came.
///
/// It takes the room of two words and no memory of its own: pages of the API hold eight times to a
/// record, and most are never printed.
@usableFromInline
package struct Timestamp: Sendable {
  private let seconds: Int
  private let fraction: UInt32
  private let spelling: Spelling

  /// What the moment alone does not say about its RFC 3339 text.
  struct Spelling {
    /// Minutes east of Greenwich.
    var offset: Int16 = 0
    /// Digits behind the point, 0 to 9.
    var digits: UInt8 = 0
    var marks: Marks = []
  }

  /// The less usual spellings.
  struct Marks: OptionSet {
    let rawValue: UInt8
    /// An offset in digits though it is zero: `+00:00`.
    static let hasDigits = Marks(rawValue: 1)
    /// An offset of `-00:00`, which means that the place is not known.
    static let isUnknown = Marks(rawValue: 2)
    static let lowercaseT = Marks(rawValue: 4)
    static let lowercaseZ = Marks(rawValue: 8)
    /// A leap second, `:60`; it counts as the second behind it, as POSIX has it.
    static let isLeap = Marks(rawValue: 16)
  }

  init(_ moment: Moment, _ spelling: Spelling) {
    seconds = moment.seconds
    fraction = UInt32(truncatingIfNeeded: moment.fraction)
    self.spelling = spelling
  }

  /// A moment in UTC, with as many digits of a fraction as it needs.
  private init(_ moment: Moment) {
    var digits: UInt8 = 9
    var rest = moment.fraction
    while digits > 0, rest % 10 == 0 {
      rest /= 10
      digits -= 1
    }
    self.init(moment, Spelling(digits: digits))
  }

  /// Reads RFC 3339: `2026-05-14T18:00:00Z`, with a fraction or an offset; throws for other text.
  package init(parsing text: String) throws(ValueError) {
    guard let time = Timestamp(text) else { throw .notTime(text) }
    self = time
  }

  /// Makes the time of a count of nanoseconds since 1970, as text in UTC.
  package init(nanoseconds: Int) { self.init(Moment(nanoseconds: nanoseconds)) }

  /// The moment that the text names.
  var moment: Moment { Moment(seconds: seconds, fraction: Int(fraction)) }

  /// The text, RFC 3339 as it came, or in UTC where it was calculated.
  package var text: String { spelling.text(of: moment) }

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
