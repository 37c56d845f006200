import WaggleTime

/// The calls that all looks together may make: half of the budget, for ordinary calls go first.
///
/// A quota that nobody knows is used whole: the first refusal tells, and costs little. The purse
/// holds what a dozen quick looks at the beginning of a wait take, or the calls of two seconds.
struct Purse {
  private var calls = 0.0
  private var filledAt: Instant?

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
    let most = Self.capacity(allowance)
    let gone = filledAt.map { Double(max(now.nanoseconds &- $0.nanoseconds, 0)) / 1e9 }
    calls = gone.map { min(most, calls + $0 * Self.perSecond(allowance)) } ?? most
    filledAt = max(now, filledAt ?? now)
    if let pause = allowance.pausedUntil, pause > now { return 0 }
    return Int(calls + 1e-6)
  }

  /// Takes out what calls cost.
  mutating func spend(_ count: Int) { calls -= Double(count) }

  /// When a call that is due at a moment can be made.
  func moment(of due: Instant, _ allowance: Allowance) -> Instant {
    var purse = self
    return purse.room(at: due, allowance) > 0 ? due : purse.moment(allowance) ?? due
  }

  /// When there is room for a call, after `room` said that there is none.
  func moment(_ allowance: Allowance) -> Instant? {
    guard let filledAt else { return nil }
    let seconds = max(1 - calls, 0) / Self.perSecond(allowance)
    let full = filledAt.advanced(by: Int(min(seconds * 1e9, 1e18)) &+ 1)
    return max(full, allowance.pausedUntil ?? full)
  }
}
