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

  /// Why the wait ends without success, with all that are not there.
  func fault(_ cause: WaitFault.Cause) -> WaitFault {
    let unmet = watches.compactMap { watch -> WaitFault.Unmet? in
      if case .reached = watch.stage { return nil }
      return WaitFault.Unmet(
        id: watch.id, last: watch.last, wasSeen: watch.seenAt != nil, reason: watch.reason)
    }
    return WaitFault(
      cause: cause, unmet: unmet, total: given.count, needed: needed,
      reached: reachedCount, trouble: trouble)
  }

  /// How many of the given subjects got there.
  var reachedCount: Int {
    given.count { position in
      if case .reached = watches[position].stage { return true }
      return false
    }
  }
}
