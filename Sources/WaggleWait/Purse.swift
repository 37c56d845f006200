import WaggleTime

/// The calls that all looks together may make: half of the budget, for ordinary calls go first.
///
/// A quota that nobody knows is used whole: the first refusal tells, and costs little. The purse
/// holds what a dozen quick looks at the beginning of a wait take, or the calls of two seconds.
struct Purse {
  private var bucket = CallBucket()

  /// The fewest calls that a full purse holds, where the quota is not smaller than twice that.
  private static let least = 12.0

  private static func capacity(_ allowance: Allowance) -> Double {
    let quick = max(least, 2 * allowance.perSecond)
    return allowance.source == .assumed
      ? quick : min(quick, max(1, Double(allowance.count / 2)))
  }

  private static func perSecond(_ allowance: Allowance) -> Double {
    allowance.source == .assumed ? allowance.perSecond : allowance.perSecond / 2
  }

  /// How many calls may be made now.
  mutating func room(at now: Instant, _ allowance: Allowance) -> Int {
    bucket.fill(Self.perSecond(allowance), upTo: Self.capacity(allowance), at: now)
    if let pause = allowance.pausedUntil, pause > now { return 0 }
    return bucket.room
  }

  /// Takes out what calls cost.
  mutating func spend(_ count: Int) { bucket.take(count) }

  /// When a call that is due at a moment can be made.
  func moment(of due: Instant, _ allowance: Allowance) -> Instant {
    var purse = self
    return purse.room(at: due, allowance) > 0 ? due : purse.moment(allowance) ?? due
  }

  /// When there is room for a call, after `room` said that there is none.
  func moment(_ allowance: Allowance) -> Instant? {
    guard let full = bucket.moment(Self.perSecond(allowance)) else { return nil }
    return max(full, allowance.pausedUntil ?? full)
  }
}
