package import WaggleValues

/// The records of the runtime of an instance, as the contract has them.
extension RecordType {
  /// Something that the runtime of an instance was told to do, and how it stands.
  package static let runtimeOperation = RecordType(
    "RuntimeOperation",
    [
      Field("id", .text),
      Field("instanceId", .text),
      Field("target", .typed(runtimeTarget)),
      Field("method", .choice(runtimeMethods, open: false)),
      Field(
        "capability",
        .choice(
          ["agents.lifecycle", "skills", "models", "cron", "mcp", "conversation.control"],
          open: false)),
      Field("transport", .choice(["service"], open: false)),
      Field("sequence", .text),
      Field("cursor", .text, isOptional: true),
      Field("createdAt", .time),
      Field("updatedAt", .time),
      Field("status", .choice(operationStates, open: false)),
      Field("effectState", .choice(effectStates, open: false)),
      Field("terminal", .bool),
      Field("progress", .typed(runtimeProgress), isOptional: true),
      Field("cancelRequest", .typed(runtimeCancelRequest), isOptional: true),
      Field("projection", .typed(runtimeProjection), isOptional: true),
      Field("result", .any, isOptional: true),
      Field("error", .typed(runtimeError), isOptional: true),
    ])

  /// How far a runtime operation is.
  package static let runtimeProgress = RecordType(
    "RuntimeProgress",
    [
      Field("sequence", .text),
      Field("phase", .text),
      Field("current", .number, isOptional: true),
      Field("total", .number, isOptional: true),
    ])

  /// Who asked that a runtime operation stop.
  package static let runtimeCancelRequest = RecordType(
    "RuntimeCancelRequest",
    [
      Field("requestedBy", .text),
      Field("reason", .text, isOptional: true),
      Field("requestedAt", .time),
    ])

  /// Whether the platform has caught up with what the runtime did.
  package static let runtimeProjection = RecordType(
    "RuntimeProjection",
    [
      Field("revision", .text),
      Field("state", .choice(["not_applicable", "pending", "synced", "blocked"], open: false)),
      Field("platformAgentId", .text, isOptional: true),
    ])

  /// What a runtime operation is about.
  package static let runtimeTarget = RecordType(
    "RuntimeTarget",
    [
      Field("scope", .choice(["instance", "agent", "conversation"], open: false)),
      Field("platformAgentId", .text, isOptional: true),
      Field("conversationId", .text, isOptional: true),
    ])

  /// Why a runtime operation failed, and whether it may be sent again.
  package static let runtimeError = RecordType(
    "RuntimeError",
    [
      Field("code", .choice(runtimeErrorCodes, open: false)),
      Field("message", .text),
      Field("operationId", .text),
      Field("requestId", .text, isOptional: true),
      Field(
        "effectState",
        .choice(["failed", "cancelled", "expired", "outcome_unknown", "committed"], open: false)),
      Field("retryMode", .choice(["none", "resume", "resubmit"], open: false)),
      Field("context", .typed(runtimeErrorContext), isOptional: true),
    ])

  /// What else is known of a failure.
  package static let runtimeErrorContext = RecordType(
    "RuntimeErrorContext",
    [
      Field("activeRuntimeEpoch", .text, isOptional: true),
      Field("projectionRevision", .text, isOptional: true),
      Field("retryAfterMs", .int, isOptional: true),
      Field("expectedContractRevision", .text, isOptional: true),
      Field("resourceId", .text, isOptional: true),
    ])

  /// The receipt of a request to stop a runtime operation.
  package static let operationCancel = RecordType(
    "OperationCancel",
    [
      Field("status", .choice(["cancel_requested"], open: false)),
      Field("operationId", .text),
    ])

  /// Something that happened to a runtime operation.
  package static let runtimeEvent = RecordType(
    "RuntimeEvent",
    [
      Field("id", .text),
      Field("operationId", .text),
      Field("method", .choice(runtimeMethods, open: false)),
      Field("event", .typed(runtimeEventBody)),
    ])

  /// The event itself.
  package static let runtimeEventBody = RecordType(
    "RuntimeEventBody",
    [
      Field("type", .choice(runtimeEventTypes, open: false)),
      Field("sequence", .text),
      Field("recordedAt", .time),
      Field("payload", .typed(runtimeEventPayload), isOptional: true),
      Field("outcome", .choice(runtimeOutcomes, open: false), isOptional: true),
      Field("result", .any, isOptional: true),
      Field("revision", .text, isOptional: true),
      Field("error", .typed(runtimeError), isOptional: true),
    ])

  /// What an event tells; which of it depends on the event.
  package static let runtimeEventPayload = RecordType(
    "RuntimeEventPayload",
    [
      Field("claimedAt", .time, isOptional: true),
      Field("executionMode", .choice(["start"], open: false), isOptional: true),
      Field("phase", .text, isOptional: true),
      Field("current", .number, isOptional: true),
      Field("total", .number, isOptional: true),
      Field("committedAt", .time, isOptional: true),
      Field("projectionRevision", .text, isOptional: true),
      Field("revision", .text, isOptional: true),
      Field("platformAgentId", .text, isOptional: true),
      Field("errorCode", .choice(["PROJECTION_BLOCKED"], open: false), isOptional: true),
      Field("causeCode", .choice(runtimeErrorCodes, open: false), isOptional: true),
      Field("requestedBy", .text, isOptional: true),
      Field("reason", .text, isOptional: true),
    ])
}
