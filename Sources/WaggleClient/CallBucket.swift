import WaggleTime

/// What a quota of so many calls a second lets through: as many at once as it holds, the calls of a
/// second, and then one each time that one is made up for.
///
/// Until it is filled for the first time it holds any number.
struct CallBucket {
  private var level = Double.infinity
  private var filledAt = Instant(nanoseconds: 0)

  /// Whether no call may be made.
  var isEmpty: Bool { level < 1 - 1e-6 }

  /// Makes up for the time that has gone, at so many calls a second.
  mutating func fill(_ perSecond: Double, at now: Instant) {
    let gone = Double(max(now.nanoseconds &- filledAt.nanoseconds, 0)) / 1e9
    level = min(perSecond, level + gone * perSecond)
    filledAt = max(filledAt, now)
  }

  /// Takes out a call.
  mutating func take() { level -= 1 }

  /// Takes out all.
  mutating func empty(at now: Instant) {
    level = 0
    filledAt = max(filledAt, now)
  }

  /// When there is a call in it again, at so many a second.
  func momentOfCall(_ perSecond: Double) -> Instant {
    filledAt.advanced(by: Int(((1 - level) / perSecond * 1e9).rounded(.up)))
  }
}
