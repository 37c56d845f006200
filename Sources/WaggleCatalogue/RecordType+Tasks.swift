package import WaggleValues

/// The records of tasks and their webhooks, as the contract has them.
extension RecordType {
  /// A task as it stands: its status is drawn from its messages.
  package static let task = RecordType(
    "Task",
    [
      Field("task_id", .text),
      Field("agent_id", .text),
      Field("caller_id", .text, isOptional: true),
      Field("status", .choice(taskStates, open: false)),
      Field("result", .any, isOptional: true),
      Field("error", .text, isOptional: true),
      Field("metadata", .record(nil), isOptional: true),
      Field("created_at", .time, isOptional: true),
      Field("started_at", .time, isOptional: true),
      Field("completed_at", .time, isOptional: true),
      Field("deadline_at", .time, isOptional: true),
      Field("truncated", .bool, isOptional: true),
    ])

  /// The receipt of a new task.
  package static let taskCreated = RecordType(
    "TaskCreated",
    [
      Field("task_id", .text),
      Field("agent_id", .text),
      Field("status", .choice(taskStates, open: false)),
      Field("created_at", .time, isOptional: true),
    ])

  /// A task in a list: whether it is open, not how it stands.
  package static let taskSummary = RecordType(
    "TaskSummary",
    [
      Field("task_id", .text),
      Field("agent_id", .text),
      Field("caller_id", .text, isOptional: true),
      Field("state", .choice(channelStates, open: false)),
      Field(
        "close_reason", .choice(["completed", "canceled", "timeout"], open: true), isOptional: true),
      Field("metadata", .record(nil), isOptional: true),
      Field("deadline_at", .time, isOptional: true),
    ])

  /// An address that is told of a task; its token and secret are never given back.
  package static let webhook = RecordType(
    "Webhook",
    [
      Field("webhook_id", .text),
      Field("task_id", .text),
      Field("url", .text),
      Field("has_secret", .bool),
      Field("created_at", .time, isOptional: true),
    ])

  /// One message to a webhook, and how its sending goes.
  package static let webhookDelivery = RecordType(
    "WebhookDelivery",
    [
      Field("delivery_id", .text),
      Field("webhook_id", .text),
      Field("task_id", .text),
      Field("renderer", .choice(["openapi", "a2a", "generic", "mcp"], open: false)),
      Field("status", .choice(deliveryStates, open: false)),
      Field("attempt_num", .int),
      Field("last_response_status", .int),
      Field("last_error", .text, isOptional: true),
      Field("next_attempt_at", .time),
      Field("last_attempted_at", .time, isOptional: true),
      Field("created_at", .time),
      Field("completed_at", .time, isOptional: true),
    ])
}
