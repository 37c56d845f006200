import WaggleValues

/// The choices that several records have.
extension RecordType {
  /// How a task may stand; from `completed` on nothing changes any more.
  static let taskStates = [
    "queued", "running", "input_required", "auth_required", "completed", "failed", "canceled",
    "timeout", "rejected",
  ]

  /// Whether a task or conversation is open.
  static let channelStates = [
    "active", "closed",
  ]

  /// How a message may stand; all but the first are final.
  static let messageStates = [
    "streaming", "completed", "failed", "refused", "cancelled",
  ]

  /// The known kinds of message.
  static let messageTypes = [
    "chat_message", "agent_reasoning", "agent_thought_chunk", "agent_message_chunk",
    "agent_reply_delta", "agent_reply", "agent_reply_error", "agent.input_required",
    "agent.auth_required", "user.continue", "user.auth_grant", "chat_cancel", "agent.refuse",
    "agent_busy",
  ]

  /// Why a reply ended.
  static let stopReasons = [
    "end_turn", "max_tokens", "tool_use", "user_stop", "timeout", "error", "refused",
    "content_filter", "agent_lost",
  ]

  /// How the sending to a webhook may stand; `failed` is tried again.
  static let deliveryStates = [
    "pending", "succeeded", "failed", "dead_letter",
  ]

  /// The methods that a runtime may be asked for.
  static let runtimeMethods = [
    "session/set_mode", "agent/create", "agent/update", "agent/delete", "agent/applyTemplate",
    "skills/list", "skills/install", "skills/uninstall", "skills/update", "models/list",
    "cron/list", "cron/status", "cron/add", "cron/update", "cron/remove", "cron/run",
    "cron/runs", "mcp/list", "mcp/prepare", "mcp/set", "mcp/unset", "session/clear",
    "session/set_model", "session/cancel",
  ]

  /// The codes with which a runtime fails.
  static let runtimeErrorCodes = [
    "AGENT_DEFAULT_MODEL_NOT_CONFIGURED", "COMMAND_EXPIRED", "CONTRACT_VERSION_MISMATCH",
    "CONVERSATION_CLEARING", "HISTORY_GENERATION_MISMATCH", "IDEMPOTENCY_CONFLICT",
    "INSTANCE_EPOCH_MISMATCH", "INSTANCE_OFFLINE", "INVALID_EXECUTION_GRANT",
    "INVALID_INVOCATION", "METHOD_NOT_SUPPORTED", "OPERATION_CANCELLED",
    "OPERATION_NOT_CANCELLABLE", "OPERATION_NOT_FOUND", "OUTCOME_UNKNOWN", "PROJECTION_BLOCKED",
    "PROJECTION_PENDING", "RUNTIME_EXECUTION_FAILED", "UNAUTHORIZED_PUBLISHER",
    "UNAUTHORIZED_TARGET", "USE_AGENTS_API",
  ]

  /// How a runtime operation may stand.
  static let operationStates = [
    "queued", "running", "runtime_committed", "projection_pending", "projection_blocked",
    "succeeded", "failed", "cancelled", "expired", "outcome_unknown",
  ]

  /// Whether what was asked for has happened.
  static let effectStates = [
    "queued", "running", "committed", "failed", "cancelled", "expired", "outcome_unknown",
  ]

  /// What may happen to a runtime operation.
  static let runtimeEventTypes = [
    "runtime_operation_started", "runtime_operation_progress", "runtime_effect_committed",
    "runtime_projection_pending", "runtime_projection_synced", "runtime_projection_blocked",
    "runtime_operation_cancel_requested", "runtime_rpc_response",
  ]

  /// How a runtime operation may end.
  static let runtimeOutcomes = [
    "succeeded", "failed", "cancelled", "expired", "outcome_unknown", "projection_blocked",
  ]
}
