import WaggleTime

/// How far pages are to be believed: a gateway may go on showing a state that is long past.
///
/// Where pages have shown nothing new for 30 s, the subject that nothing was heard of for the
/// longest time is confirmed by a get. If that shows something else, twice as many are with each
/// sweep, until what the gets show is what the pages do.
struct Doubt {
  /// How long pages may show nothing new, in nanoseconds: 30 s.
  private static let patience = 30_000_000_000
  /// The most that are confirmed with one sweep.
  private static let most = 64

  /// How many subjects are confirmed next.
  private var count = 1
  /// When something new was last seen, or nothing new confirmed.
  private var quietSince: Instant?

  /// A look that began then showed something new.
  mutating func heard(at begun: Instant) { quietSince = max(quietSince ?? begun, begun) }

  /// How many subjects a sweep that began then is to confirm.
  func number(at begun: Instant) -> Int {
    guard count == 1 else { return count }
    guard let quietSince, begun.nanoseconds &- quietSince.nanoseconds >= Self.patience else {
      return 0
    }
    return count
  }

  /// A sweep that began then has confirmed some; belied is whether a get showed something else.
  mutating func confirmed(isBelied: Bool, at begun: Instant) {
    heard(at: begun)
    count = isBelied ? min(2 * count, Self.most) : 1
  }
}
