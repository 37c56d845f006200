package import WaggleTime
import WaggleValues

/// How far a wait is.
extension WaitMachine {
  /// The counts, and what changed since this was asked last.
  package mutating func progress(
    of strand: String, at now: Instant, calls: Int, isOver: Bool
  ) -> WaitProgress {
    var changes: [WaitProgress.Change] = []
    var counts: [String: Int] = [:]
    for position in watches.indices where watches[position].seenAt != nil {
      let watch = watches[position]
      let state = watch.isMissing ? "gone" : watch.last?.text(lifecycle.status) ?? "unknown"
      counts[state, default: 0] += 1
      guard watch.told != state else { continue }
      if !statesSeen.contains(state) { statesSeen.append(state) }
      changes.append(
        WaitProgress.Change(
          id: watch.id, name: watch.last?.text("name"), from: watch.told, to: state))
      watches[position].told = state
    }
    let others = statesSeen.filter { !lifecycle.states.contains($0) }
    let states = (lifecycle.states + others).enumerated().compactMap { place, name in
      counts[name].map { WaitProgress.State(name: name, count: $0, place: place) }
    }
    return WaitProgress(
      strand: strand, total: given.count, needed: needed, reached: reachedCount, states: states,
      changes: changes,
      elapsed: now.nanoseconds &- startedAt.nanoseconds, calls: calls, isOver: isOver)
  }
}
