package import WaggleCatalogue
package import WaggleTime

/// Holds back the calls that a run may not make: `--read-only`, what nobody approved of, `limit
/// changes`, `limit destroy`.
///
/// A call that is held back is never sent; one that is sent counts, whatever comes of it.
package final class GuardedGateway: Gateway {
  /// Why nothing may be changed.
  package enum ReadOnly: Sendable {
    /// `--read-only` was given.
    case run
    /// A profile of this name says so.
    case profile(String)
  }

  /// Asked before each change; throws `heldBack` for one that may not be made.
  package typealias Approval = @Sendable (Call, Strand) throws(CallFault) -> Void

  private let gateway: any Gateway
  private let readOnly: ReadOnly?
  private let budget: ChangeBudget
  private let approve: Approval?

  /// Guards a gateway, by a budget that others may share.
  package init(
    _ gateway: any Gateway, readOnly: ReadOnly? = nil, budget: ChangeBudget = ChangeBudget(),
    approve: Approval? = nil
  ) {
    self.gateway = gateway
    self.readOnly = readOnly
    self.budget = budget
    self.approve = approve
  }

  /// Sets a limit for the run's changes, or for those that destroy; it only ever gets smaller.
  package func limit(destroyOnly: Bool, to count: Int) {
    budget.limit(destroyOnly: destroyOnly, to: count)
  }

  /// Sends a call that may be made; throws `heldBack` for another.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try admit(call, on: strand)
    return try gateway.send(call, on: strand)
  }

  /// Opens the stream of a call that may be made; throws `heldBack` for another.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try admit(call, on: strand)
    return try gateway.open(call, on: strand)
  }

  /// Lets a call pass, counting it where it changes something, or says why it may not be made.
  private func admit(_ call: Call, on strand: Strand) throws(CallFault) {
    guard call.operation.effect != .read else { return }
    switch readOnly {
    case .run?: throw .heldBack(call.operation, "read_only", "this run is read-only")
    case .profile(let name)?:
      throw .heldBack(
        call.operation, "read_only_profile", "the profile `\(name)` is read-only")
    case nil: break
    }
    try approve?(call, strand)
    try budget.take(call.operation)
  }
}

/// How much may be changed in a run; of several limits the smallest counts.
package final class ChangeBudget: Sendable {
  private struct State {
    var changes: Int?
    var destroys: Int?
    var madeChanges = 0
    var madeDestroys = 0
  }

  private let state: Guarded<State>

  /// Begins a budget; nil leaves changes without a limit.
  package init(changes: Int? = nil) { state = Guarded(State(changes: changes)) }

  func limit(destroyOnly: Bool, to count: Int) {
    state.withLock { state in
      if destroyOnly {
        state.destroys = min(count, state.destroys ?? count)
      } else {
        state.changes = min(count, state.changes ?? count)
      }
    }
  }

  /// Counts a change, or says that there is no room for it.
  func take(_ operation: Operation) throws(CallFault) {
    try state.withLock { (state) throws(CallFault) in
      let destroys = operation.effect == .destroy
      if let limit = state.changes, state.madeChanges >= limit {
        throw .heldBack(
          operation, "limit_changes",
          "it would be change number \(state.madeChanges + 1), and the limit is \(limit)")
      }
      if destroys, let limit = state.destroys, state.madeDestroys >= limit {
        throw .heldBack(
          operation, "limit_destroy",
          "it would be number \(state.madeDestroys + 1) to be destroyed, and the limit is \(limit)"
        )
      }
      state.madeChanges += 1
      if destroys { state.madeDestroys += 1 }
    }
  }
}
