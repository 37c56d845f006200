package import WaggleTime
package import WaggleWait

/// The calls that one credential may make, for as long as the process runs.
///
/// A quota belongs to the credential, and not to a profile or a gateway: whoever calls with the same
/// one shares its budget, and what was learned of the quota is not forgotten when a prompt goes over
/// to another profile and back.
package final class RequestBudget: Sendable {
  private struct State {
    var machine: BudgetMachine
    /// What the calls in line park for, by their tickets.
    var turns: [Int: Completion] = [:]
  }

  /// The place of a call in the line.
  struct Turn {
    let ticket: Int
    /// Happens when the call before it has gone.
    var completion: Completion
  }

  private let state: Guarded<State>

  /// Keeps to a rate; without one it learns from refusals.
  package init(rate: Rate?) { state = Guarded(State(machine: BudgetMachine(rate))) }

  /// Keeps to another rate from now on; what was made and learned so far goes on counting.
  package func keep(to rate: Rate?, at now: Instant) {
    state.withLock { $0.machine.keep(to: rate, at: now) }
  }

  /// Takes in a call; nil where it may go at once.
  func arrived(_ kind: BudgetMachine.Kind, at now: Instant) -> Turn? {
    state.withLock { state in
      guard let ticket = state.machine.arrived(kind, at: now) else { return nil }
      let completion = Completion()
      state.turns[ticket] = completion
      return Turn(ticket: ticket, completion: completion)
    }
  }

  /// Says what a call of the line does; a look that was first may have to queue again.
  func asked(_ turn: inout Turn, at now: Instant) -> BudgetMachine.Action {
    let ticket = turn.ticket
    let (action, completion) = state.withLock { state -> (BudgetMachine.Action, Completion?) in
      let action = state.machine.asked(ticket, at: now)
      if action == .queue { state.turns[ticket] = Completion() }
      return (action, state.turns[ticket])
    }
    if let completion { turn.completion = completion }
    return action
  }

  /// What is left of the quota for looks at a moment.
  package func allowance(at now: Instant) -> Allowance {
    state.withLock { $0.machine.allowance(at: now) }
  }

  /// Lets a call go, and the one behind it ask.
  func left(_ turn: Turn) {
    let next = state.withLock { state -> Completion? in
      state.machine.left(turn.ticket)
      state.turns[turn.ticket] = nil
      return state.machine.first.flatMap { state.turns[$0] }
    }
    next?.complete()
  }

  /// Notes that a call that went out at a moment was refused for the number of calls.
  func refused(sent: Instant, retryAfter: Int?, at now: Instant) {
    state.withLock { $0.machine.refused(sent: sent, retryAfter: retryAfter, at: now) }
  }

  /// Notes that a call was answered, and lets the first in line ask.
  func ended() {
    let next = state.withLock { state -> Completion? in
      state.machine.ended()
      return state.machine.first.flatMap { state.turns[$0] }
    }
    next?.complete()
  }
}
