package import WaggleTime

/// Decides whether a host that is down is asked again: a circuit breaker without its calls.
///
/// What comes in is how calls ended; what goes out is whether the next one may pass. After five
/// failures in a row nothing passes but one call from time to time, which finds out: after 1 s, then
/// 2, 4, up to 30 s later. One success closes it. While the trouble is young, calls wait for that
/// next try, as their own repeats would have; later they fail at once, so that a loop over a
/// thousand elements does not stand still at each.
package struct CircuitMachine {
  /// What is done with a call.
  package enum Action: Equatable {
    /// It is sent.
    case pass
    /// It waits until then, or until the circuit closes, and asks again.
    case park(until: Instant)
    /// It fails.
    case refuse(Outage)
  }

  /// What is known of a host that is down.
  package struct Outage: Equatable, Sendable {
    /// The end of the first call that failed.
    package let since: Instant
    /// When it is tried again.
    package let until: Instant
    /// What the last failure said.
    package let trouble: String
  }

  /// How many failures in a row open it.
  package static let mostFailures = 5
  /// How old a trouble is before calls no longer wait for the next try: 10 s.
  package static let patience = 10_000_000_000
  /// The pause before the first try; the others grow twofold.
  package static let firstPause = 1_000_000_000
  /// The longest pause between tries.
  package static let longestPause = 30_000_000_000

  private enum State {
    case closed(failures: Int, since: Instant)
    case open(Outage, pause: Int)
  }

  private var state = State.closed(failures: 0, since: Instant(nanoseconds: 0))

  /// Makes one that lets calls pass.
  package init() {}

  /// Whether calls pass.
  package var isClosed: Bool { if case .closed = state { true } else { false } }

  /// A call asks whether it may be sent; the one that finds the pause over is the try.
  package mutating func asked(at now: Instant) -> Action {
    guard case .open(let outage, let pause) = state else { return .pass }
    if outage.until <= now {
      let longer = min(pause * 2, Self.longestPause)
      let next = Outage(
        since: outage.since, until: now.advanced(by: longer), trouble: outage.trouble)
      state = .open(next, pause: longer)
      return .pass
    }
    let isYoung = outage.until <= outage.since.advanced(by: Self.patience)
    return isYoung ? .park(until: outage.until) : .refuse(outage)
  }

  /// The host answered, if only by a refusal.
  package mutating func answered() { state = .closed(failures: 0, since: Instant(nanoseconds: 0)) }

  /// The host did not answer, or with trouble of its own.
  package mutating func failed(_ trouble: String, at now: Instant) {
    switch state {
    case .closed(let failures, let since):
      let since = failures == 0 ? now : since
      guard failures + 1 >= Self.mostFailures else {
        state = .closed(failures: failures + 1, since: since)
        return
      }
      let until = now.advanced(by: Self.firstPause)
      state = .open(
        Outage(since: since, until: until, trouble: trouble), pause: Self.firstPause)
    case .open(let outage, let pause):
      let known = Outage(since: outage.since, until: outage.until, trouble: trouble)
      state = .open(known, pause: pause)
    }
  }
}
