package import WaggleTime
import WaggleValues

/// How far a wait is.
extension WaitMachine {
  /// The counts, what changed since this was asked last, and whom it waits for.
  ///
  /// Asked for on the waiting strand, like the judge: the condition is explained by its own frame.
  package mutating func progress(
    of strand: String, at now: Instant, calls: Int, nextLook: Instant? = nil,
    allowance: Allowance? = nil, isOver: Bool
  ) -> WaitProgress {
    let changes = takeChanges()
    return WaitProgress(
      strand: strand, type: request.type, total: given.count, needed: needed,
      reached: reachedCount, states: states, changes: changes, at: now,
      elapsed: now.nanoseconds &- startedAt.nanoseconds, limit: request.timeout, calls: calls,
      nextLook: isOver ? nil : nextLook, allowance: allowance, slowest: slowest(at: now),
      stays: takeStays(), trouble: trouble, isOver: isOver,
      wasStopped: isOver && !hasEnded)
  }

  private mutating func takeChanges() -> [WaitProgress.Change] {
    var changes: [WaitProgress.Change] = []
    for position in watches.indices where watches[position].seenAt != nil {
      let watch = watches[position]
      let state = state(of: watch)
      guard watch.told != state else { continue }
      if !statesSeen.contains(state) { statesSeen.append(state) }
      changes.append(
        WaitProgress.Change(
          id: watch.id, name: watch.last?.text("name"), from: watch.told, to: state))
      watches[position].told = state
    }
    return changes
  }

  /// The counts of the given subjects.
  private var states: [WaitProgress.State] {
    var counts: [String: Int] = [:]
    for position in given where watches[position].seenAt != nil {
      counts[state(of: watches[position]), default: 0] += 1
    }
    let known = lifecycle.standings
    let others = statesSeen.filter { !known.contains($0) }
    return (known + others).enumerated().compactMap { place, name in
      counts[name].map { WaitProgress.State(name: name, count: $0, place: place) }
    }
  }

  private func state(of watch: Watch) -> String {
    watch.state(in: lifecycle, forReady: request.expectsReady)
  }

  private mutating func takeStays() -> [WaitProgress.Stay] {
    var stays: [WaitProgress.Stay] = []
    for position in watches.indices where watches[position].hasLeft {
      stays += watches[position].takeLeft()
    }
    return stays
  }

  /// Those that failed the wait, then those that are longest in their state, then those that no look
  /// has shown.
  private func slowest(at now: Instant) -> [WaitProgress.Waiting] {
    let away = watches.filter { watch in
      if case .reached = watch.stage { return false }
      return true
    }
    let (failed, open) = (away.filter { !$0.isOpen }, away.filter(\.isOpen))
    let longest = open.sorted { a, b in
      guard let a = a.standing, let b = b.standing else {
        return a.standing != nil && b.standing == nil
      }
      return a.since < b.since
    }
    return (failed + longest).prefix(WaitProgress.mostWaiting).map { waiting(for: $0, at: now) }
  }

  private func waiting(for watch: Watch, at now: Instant) -> WaitProgress.Waiting {
    let state = state(of: watch)
    let since = watch.standing?.since ?? watch.seenAt ?? startedAt
    return WaitProgress.Waiting(
      id: watch.id, name: watch.last?.text("name"), state: state,
      nanoseconds: now.nanoseconds &- since.nanoseconds, entered: watch.standing?.entered,
      usual: lifecycle.passing.first { $0.state == state }?.usual, reason: watch.reason,
      parts: watch.seenAt == nil ? [] : request.explain?(watch.shown(for: lifecycle)) ?? [])
  }
}
