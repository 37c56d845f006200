package import WaggleCatalogue
package import WaggleTime

/// Holds back the calls that a run may not make: `--read-only`, `limit changes`, `limit destroy`.
///
/// A call that is held back is never sent; one that is sent counts, whatever comes of it. Budgets
/// are for the whole run, so of several the smallest counts.
package final class GuardedGateway: Gateway {
  private struct Budget {
    var changes: Int?
    var destroys: Int?
    var madeChanges = 0
    var madeDestroys = 0
  }

  private let gateway: any Gateway
  private let isReadOnly: Bool
  private let budget: Guarded<Budget>

  /// Guards a gateway; nil leaves changes without a limit.
  package init(_ gateway: any Gateway, isReadOnly: Bool = false, changes: Int? = nil) {
    self.gateway = gateway
    self.isReadOnly = isReadOnly
    budget = Guarded(Budget(changes: changes))
  }

  /// Sets a limit for the run's changes, or for those that destroy; it only ever gets smaller.
  package func limit(destroyOnly: Bool, to count: Int) {
    budget.withLock { budget in
      if destroyOnly {
        budget.destroys = min(count, budget.destroys ?? count)
      } else {
        budget.changes = min(count, budget.changes ?? count)
      }
    }
  }

  /// Sends a call that may be made; throws `heldBack` for another.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    if call.operation.effect != .read, let fault = refusal(of: call.operation) { throw fault }
    return try gateway.send(call, on: strand)
  }

  /// Opens the stream of a call that may be made; throws `heldBack` for another.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    if call.operation.effect != .read, let fault = refusal(of: call.operation) { throw fault }
    return try gateway.open(call, on: strand)
  }

  /// Counts a change, or says why it may not be made.
  private func refusal(of operation: Operation) -> CallFault? {
    if isReadOnly { return .heldBack(operation, "read_only", "this run is read-only") }
    return budget.withLock { budget in
      let destroys = operation.effect == .destroy
      if let limit = budget.changes, budget.madeChanges >= limit {
        return .heldBack(
          operation, "limit_changes",
          "it would be change number \(budget.madeChanges + 1), and the limit is \(limit)")
      }
      if destroys, let limit = budget.destroys, budget.madeDestroys >= limit {
        return .heldBack(
          operation, "limit_destroy",
          "it would be number \(budget.madeDestroys + 1) to be destroyed, and the limit is \(limit)"
        )
      }
      budget.madeChanges += 1
      if destroys { budget.madeDestroys += 1 }
      return nil
    }
  }
}
