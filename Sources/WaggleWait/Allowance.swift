package import WaggleTime

/// What the request budget of a run leaves to looks, as its keeper tells it at a moment.
package struct Allowance: Equatable, Sendable {
  /// How the quota is known.
  package enum Source: Equatable, Sendable {
    /// Somebody said it: `--rate`, the profile.
    case told
    /// A refusal taught it.
    case learned
    /// Nobody knows it; what the API's own documents give as an example is kept to.
    case assumed
  }

  /// How many calls the quota allows in its stretch of time.
  package let count: Int
  /// The stretch of time, in nanoseconds.
  package let nanoseconds: Int
  /// How the quota is known.
  package let source: Source
  /// How many calls of all kinds were made in the last such stretch.
  package let used: Int
  /// Until when no call may go out, for the API asked for a pause; nil where it did not.
  package let pausedUntil: Instant?

  /// Makes an allowance.
  package init(
    count: Int, nanoseconds: Int, source: Source, used: Int = 0, pausedUntil: Instant? = nil
  ) {
    self.count = max(count, 1)
    self.nanoseconds = max(nanoseconds, 1)
    self.source = source
    self.used = used
    self.pausedUntil = pausedUntil
  }

  /// The documents' example: 600 calls in a minute for each key.
  package static let usual = Allowance(
    count: 600, nanoseconds: 60_000_000_000, source: .assumed)

  /// The quota as calls in a second.
  var perSecond: Double { Double(count) / (Double(nanoseconds) / 1e9) }
}
