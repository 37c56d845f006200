import WaggleTime

/// A wait as the schedule knows it.
struct Subscription {
  let type: String
  let since: Instant
  let every: Int?
  /// The subjects that it still waits for.
  var open: Set<String>
  /// What looks showed and the wait has not taken yet.
  var news: [News] = []
  /// Whether the news are worth waking the wait for.
  var isCalled = false
  /// Whether the wait may take its news: the round that brought them is over.
  var isReleased = false
  /// Whether its strand is parked, so that it has to be rung.
  var isParked = false
  /// When it was last called; nil before its first news.
  var calledAt: Instant?
  /// The calls made on its account.
  var calls = 0

  init(type: String, ids: [String], every: Int?, at now: Instant) {
    self.type = type
    self.every = every
    since = now
    open = Set(ids)
  }
}
