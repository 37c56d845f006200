import WaggleValues

/// When a wait is over, and with what.
extension WaitMachine {
  /// How many of the given subjects have to get there.
  var needed: Int { request.any.map { max($0, 0) } ?? given.count }

  /// What ends the wait now, nil where it goes on.
  var decision: End? {
    var reached = 0
    var open = 0
    for position in given {
      switch watches[position].stage {
      case .open: open += 1
      case .reached: reached += 1
      case .failed: break
      }
    }
    if reached >= needed { return .reached(winners) }
    if reached + open < needed { return .failed(fault(.failed(code))) }
    return nil
  }

  /// The records of those that got there first, as many as are needed, in the given order.
  private var winners: [Value] {
    var places: [(round: Int, place: Int)] = []
    for (place, position) in given.enumerated() {
      if case .reached(let round) = watches[position].stage { places.append((round, place)) }
    }
    places.sort { ($0.round, $0.place) < ($1.round, $1.place) }
    let first = places.prefix(needed).map(\.place).sorted()
    return first.map { place in watches[given[place]].last.map(Value.record) ?? .null }
  }

  /// The code of the first subject, in the given order, that failed the wait.
  private var code: WaitFault.Code {
    given.lazy.compactMap { self.watches[$0].reason.code }.first ?? .failed
  }

  /// Why the wait ends without success, with all that are not there: those that ended it first.
  func fault(_ cause: WaitFault.Cause) -> WaitFault {
    let away = watches.filter { watch in
      if case .reached = watch.stage { return false }
      return true
    }
    let sorted = away.filter { !$0.isOpen } + away.filter(\.isOpen)
    return WaitFault(
      cause: cause,
      unmet: sorted.enumerated().map { unmet($1, isExplained: $0 < WaitFault.mostExplained) },
      total: given.count, needed: needed,
      reached: reachedCount, trouble: trouble)
  }

  private func unmet(_ watch: Watch, isExplained: Bool) -> WaitFault.Unmet {
    let standing = watch.last.flatMap {
      lifecycle.standing(of: $0, forReady: request.expectsReady)
    }
    let state = watch.last?.text(lifecycle.status)
    // In a hopeless state, and in one that is said to miss something, it says enough by itself.
    let isPlain = watch.isOpen && watch.seenAt != nil && standing == state
    let mayHold = !(state.map(request.hopeless.contains) ?? false)
    let parts =
      isExplained && isPlain && mayHold ? request.explain?(watch.shown(for: lifecycle)) ?? [] : []
    return WaitFault.Unmet(
      id: watch.id, last: watch.last, state: standing, wasSeen: watch.seenAt != nil,
      reason: watch.reason, obstacles: parts.obstacles(besides: state))
  }

  /// How many of the given subjects got there.
  var reachedCount: Int {
    given.count { position in
      if case .reached = watches[position].stage { return true }
      return false
    }
  }
}
