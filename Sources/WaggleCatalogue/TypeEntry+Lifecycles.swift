import WaggleValues

/// How what the API makes lives: its states in their order, its ends, where it says why.
///
/// Where the contract is silent (behaviour §4, §10, §11, §13, §14) stands what its imitation does.
/// How long is usual is a guess that only a warning is made of: the guides say "seconds".
extension TypeEntry.Lifecycle {
  /// An instance: no failed state, only a message; `haltReason` says why one stopped by itself.
  static let instance = TypeEntry.Lifecycle(
    status: "status", desired: "desiredStatus", entered: "statusEnteredAt", error: "errorMessage",
    words: ["errorMessage", "haltReason"], states: RecordType.instanceStates,
    passing: [("pending", 60), ("provisioning", 120)], final: ["terminated"],
    ready: [("status", "running"), ("connectivity", "online")])

  /// A task: queued, running and back from a pause as often as it likes, then one of five ends.
  static let task = TypeEntry.Lifecycle(
    status: "status", error: "error", words: ["error"], states: RecordType.taskStates,
    passing: [("queued", 120)],
    final: ["completed", "failed", "canceled", "timeout", "rejected"],
    failed: ["failed", "canceled", "timeout", "rejected"], ready: [("status", "completed")])

  /// An agent: it comes and goes with its instance, as often as that does, and has no end.
  static let agent = TypeEntry.Lifecycle(
    status: "status", states: ["active"], final: [], ready: [("status", "active")])

  /// A turn of a conversation, by its reply: it grows, then it is frozen.
  static let message = TypeEntry.Lifecycle(
    status: "state", words: ["stop_reason"], states: RecordType.messageStates,
    passing: [("streaming", nil)], final: ["completed", "failed", "refused", "cancelled"],
    failed: ["failed", "refused", "cancelled"], ready: [("state", "completed")])

  /// A delivery of a webhook: `failed` is tried again, for hours, until it is a dead letter.
  static let delivery = TypeEntry.Lifecycle(
    status: "status", words: ["last_error"], states: RecordType.deliveryStates,
    passing: [("pending", 60)], final: ["succeeded", "dead_letter"], failed: ["dead_letter"],
    ready: [("status", "succeeded")])

  /// An operation of a runtime: whether it is over says `terminal`, not its state.
  static let runtimeOperation = TypeEntry.Lifecycle(
    status: "status", words: ["error.message", "error.code"], isOver: "terminal",
    states: RecordType.operationStates,
    passing: [
      ("queued", 60), ("running", nil), ("runtime_committed", 60), ("projection_pending", 60),
    ],
    final: ["succeeded", "failed", "cancelled", "expired", "outcome_unknown"],
    failed: ["failed", "cancelled", "expired", "outcome_unknown"],
    ready: [("status", "succeeded")])
}
