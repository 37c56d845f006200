package import WaggleCatalogue
package import WaggleTime

/// Keeps the calls of a credential within its quota, as `BudgetMachine` says.
///
/// One for the whole process. A strand whose call has to wait parks in line; its `timeout` and
/// Ctrl-C take it out.
package final class BudgetedGateway: Gateway {
  private struct Budget {
    var machine: BudgetMachine
    /// What the calls in line park for, by their tickets.
    var turns: [Int: Completion] = [:]

    /// Takes in a call; nil where it may go at once.
    mutating func arrived(at now: Instant) -> (ticket: Int, completion: Completion)? {
      guard let ticket = machine.arrived(at: now) else { return nil }
      let completion = Completion()
      turns[ticket] = completion
      return (ticket, completion)
    }

    /// Lets a call go, and gives what the one behind it parks for.
    mutating func leave(_ ticket: Int) -> Completion? {
      machine.left(ticket)
      turns[ticket] = nil
      return machine.first.flatMap { turns[$0] }
    }
  }

  private let gateway: any Gateway
  private let budget: Guarded<Budget>

  /// Keeps the calls of a gateway to a rate; without one it learns from refusals.
  package init(_ gateway: any Gateway, rate: Rate?) {
    self.gateway = gateway
    budget = Guarded(Budget(machine: BudgetMachine(rate)))
  }

  /// Sends a call when its turn has come.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try inTurn(call, on: strand) { () throws(CallFault) in try gateway.send(call, on: strand) }
  }

  /// Opens the stream of a call when its turn has come; it counts as one call, however long it lasts.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try inTurn(call, on: strand) { () throws(CallFault) in try gateway.open(call, on: strand) }
  }

  private func inTurn<R>(
    _ call: Call, on strand: Strand, _ attempt: () throws(CallFault) -> R
  ) throws(CallFault) -> R {
    let turn = budget.withLock { $0.arrived(at: strand.now) }
    if let turn { try wait(for: turn, to: call, on: strand) }
    do throws(CallFault) {
      return try attempt()
    } catch {
      if error.status == 429 {
        budget.withLock { $0.machine.refused(retryAfter: error.retryAfter, at: strand.now) }
      }
      throw error
    }
  }

  private func wait(
    for turn: (ticket: Int, completion: Completion), to call: Call, on strand: Strand
  ) throws(CallFault) {
    defer { budget.withLock { $0.leave(turn.ticket) }?.complete() }
    while true {
      let wake: Wake
      switch budget.withLock({ $0.machine.asked(turn.ticket, at: strand.now) }) {
      case .go: return
      case .park(let moment): wake = strand.park(until: moment)
      case .queue: wake = strand.park(for: turn.completion)
      }
      if case .cancelled(let reason) = wake {
        throw .cancelled(call, reason, wasSent: false)
      }
    }
  }
}
