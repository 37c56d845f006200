package import WaggleTime

/// What a quota lets through: as many calls at once as it holds, and then one each time that one is
/// made up for.
///
/// Until it is filled for the first time it holds any number.
package struct CallBucket: Sendable {
  private var level = Double.infinity
  private var filledAt: Instant?

  /// Begins with one that was never filled.
  package init() {}

  /// How many calls may be made.
  package var room: Int { level < .infinity ? Int(max(level, 0) + 1e-6) : .max }

  /// Makes up for the time that has gone, at so many calls a second, up to what it holds.
  package mutating func fill(_ perSecond: Double, upTo most: Double, at now: Instant) {
    let gone = filledAt.map { Double(max(now.nanoseconds &- $0.nanoseconds, 0)) / 1e9 } ?? 0
    level = min(most, level + gone * perSecond)
    filledAt = max(now, filledAt ?? now)
  }

  /// Takes out calls.
  package mutating func take(_ count: Int) { level -= Double(count) }

  /// Takes out all.
  package mutating func empty(at now: Instant) {
    level = 0
    filledAt = max(now, filledAt ?? now)
  }

  /// When there is a call in it again, at so many a second; nil where it was never filled.
  package func moment(_ perSecond: Double) -> Instant? {
    let seconds = max(1 - level, 0) / perSecond
    return filledAt?.advanced(by: Int(min(seconds * 1e9, 1e18)) &+ 1)
  }
}
