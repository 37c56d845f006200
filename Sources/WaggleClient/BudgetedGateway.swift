package import WaggleCatalogue
package import WaggleTime

/// Keeps the calls of a credential within its quota, as `BudgetMachine` says.
///
/// A strand whose call has to wait parks in line; its `timeout` and Ctrl-C take it out.
package final class BudgetedGateway: Gateway {
  private let gateway: any Gateway
  private let budget: RequestBudget

  /// Keeps the calls of a gateway to the budget of the credential that it sends.
  package init(_ gateway: any Gateway, _ budget: RequestBudget) {
    self.gateway = gateway
    self.budget = budget
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
    if let turn = budget.arrived(call.kind, at: strand.now) {
      try wait(for: turn, to: call, on: strand)
    }
    let sent = strand.now
    defer { budget.ended() }
    do throws(CallFault) {
      return try attempt()
    } catch {
      if error.status == 429 {
        budget.refused(sent: sent, retryAfter: error.retryAfter, at: strand.now)
      }
      throw error
    }
  }

  private func wait(
    for turn: RequestBudget.Turn, to call: Call, on strand: Strand
  ) throws(CallFault) {
    defer { budget.left(turn) }
    var turn = turn
    while true {
      let wake: Wake
      switch budget.asked(&turn, at: strand.now) {
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

extension Call {
  fileprivate var kind: BudgetMachine.Kind {
    if isLook { return .look }
    return operation.effect == .read ? .read : .change
  }
}
