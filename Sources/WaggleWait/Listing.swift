import WaggleTime

/// Whether lists can be read: an API may answer for single records while its lists fail.
///
/// After two failures in a row one subject is read by a get. If that is answered and the list still
/// fails behind it, all are read so for a minute, and then the list is tried again. If it is not, it
/// is the API that is down, and one call a round says so.
struct Listing {
  /// How subjects are to be looked at.
  enum Way {
    /// By lists, where these cost less.
    case lists
    /// One of them by a get, to see whether that is answered.
    case probe
    /// Each by a get.
    case gets
  }

  /// How many failures in a row make a list doubtful.
  private static let enough = 2
  /// How long gets are made before the list is tried again, in nanoseconds: a minute.
  private static let rest = 60_000_000_000

  private var failures = 0
  private var restsUntil: Instant?

  /// Whether neither lists nor gets are known to be answered.
  var isFailing: Bool { failures == Self.enough && restsUntil == nil }

  /// A page failed, and not for the number of calls or for want of a connection.
  mutating func failed() { failures = min(failures + 1, Self.enough) }

  /// A page came.
  mutating func answered() {
    failures = 0
    restsUntil = nil
  }

  /// A get that began then was answered.
  mutating func gotOne(at begun: Instant) {
    if failures == Self.enough, restsUntil == nil { restsUntil = begun.advanced(by: Self.rest) }
  }

  /// How subjects are to be looked at from then on.
  mutating func way(at now: Instant) -> Way {
    guard failures == Self.enough else { return .lists }
    guard let end = restsUntil else { return .probe }
    guard end <= now else { return .gets }
    failures -= 1
    restsUntil = nil
    return .lists
  }
}
