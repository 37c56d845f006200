import WaggleValues

/// The types that operations give, with what tables show of them and how they live.
extension TypeEntry {
  static let provider = TypeEntry(.provider, columns: ["meta.id", "meta.name", "meta.version"])
  static let region = TypeEntry(.region, idFields: ["id"], columns: ["id", "name", "available"])
  static let model = TypeEntry(
    .model, idFields: ["id"], columns: ["id", "name", "tier", "reasoning"])

  /// Instances: behaviour of the contract's lifecycle; there is no failed state, only a message.
  static let instance = TypeEntry(
    .instance, idFields: ["id"], refresh: "getInstance", list: "listInstances",
    roll: Roll(operation: "listInstances", parameter: "status", unended: nil, row: nil),
    lifecycle: .instance,
    columns: [
      "id", "name", "status", "connectivity", "region", "agentFramework", "createdAt",
    ])

  /// Device facts, which are read through their instance.
  static let deviceInfo = TypeEntry(
    .deviceInfo, columns: ["type", "model", "os", "osVersion", "width", "height", "density"])

  static let controlInfo = TypeEntry(
    .controlInfo, columns: ["online", "os", "screen_width", "screen_height", "current_app"])
  static let screenshot = TypeEntry(
    .screenshot, idFields: ["file_id"], columns: ["file_id", "format", "width", "height"])
  static let app = TypeEntry(.app, idFields: ["package_id"], columns: ["package_id", "label"])
  static let upload = TypeEntry(
    .upload, idFields: ["file_id"], columns: ["file_id", "download_expires_in"])
  static let file = TypeEntry(
    .file, idFields: ["file_id"], refresh: "getFile",
    columns: ["file_id", "filename", "content_type", "size"])

  static let download = TypeEntry(
    .download, idFields: ["file_id"], columns: ["path", "file_id", "content_type", "size"])

  static let agent = TypeEntry(
    .agent, idFields: ["id"], refresh: "getAgent", lifecycle: .agent,
    columns: ["id", "name", "status", "visibility", "instanceId", "createdAt"])
  static let invokeReply = TypeEntry(.invokeReply, columns: ["text", "context_id", "is_error"])

  /// Tasks: five ends, of which one is wanted; a pause is no end, since it may be continued.
  static let task = TypeEntry(
    .task, idFields: ["agent_id", "task_id"], refresh: "getTask",
    roll: Roll(
      operation: "listUserTasks", parameter: "state", unended: "open",
      row: ("state", ["active", "open"])),
    lifecycle: .task,
    columns: ["task_id", "agent_id", "status", "created_at", "completed_at"])
  static let taskCreated = TypeEntry(
    .taskCreated, idFields: ["agent_id", "task_id"], refresh: "getTask", lifecycle: .task,
    columns: ["task_id", "agent_id", "status", "created_at"])
  static let taskSummary = TypeEntry(
    .taskSummary, idFields: ["agent_id", "task_id"], refresh: "getTask", lifecycle: .task,
    columns: ["task_id", "agent_id", "state", "close_reason", "deadline_at"])
  static let webhook = TypeEntry(
    .webhook, idFields: ["webhook_id"],
    columns: ["webhook_id", "task_id", "url", "has_secret", "created_at"])
  static let webhookDelivery = TypeEntry(
    .webhookDelivery, idFields: ["delivery_id"],
    lifecycle: .delivery,
    columns: [
      "delivery_id", "status", "attempt_num", "last_response_status", "next_attempt_at",
    ])

  static let conversation = TypeEntry(
    .conversation, idFields: ["agent_id", "conversation_id"], refresh: "getConversation",
    lifecycle: Lifecycle(
      status: "state", states: RecordType.channelStates, final: ["closed"],
      ready: [("state", "active")]),
    columns: ["conversation_id", "agent_id", "title", "state", "last_activity_at"])

  /// Messages: a reply grows until its state is one of the four that end it.
  static let message = TypeEntry(
    .message, idFields: ["message_id"], lifecycle: .message,
    columns: ["offset", "type", "state", "body", "created_at"])
  static let messageAccepted = TypeEntry(
    .messageAccepted, idFields: ["message_id"], columns: ["message_id", "created_at"])
  static let messageEvent = TypeEntry(
    .messageEvent, lifecycle: .message, columns: ["offset", "type", "state", "body"])
  static let conversationCancel = TypeEntry(
    .conversationCancel, idFields: ["operation_id"], columns: ["operation_id", "status"])
  static let conversationClear = TypeEntry(
    .conversationClear, idFields: ["operationId"],
    columns: ["operationId", "status", "conversationId", "currentGeneration"])
  static let operationReceipt = TypeEntry(
    .operationReceipt, idFields: ["operationId"], columns: ["operationId"])

  /// Runtime operations: whether one is over says `terminal`, not its state.
  static let runtimeOperation = TypeEntry(
    .runtimeOperation, idFields: ["instanceId", "id"], refresh: "getRuntimeOperation",
    lifecycle: .runtimeOperation,
    columns: ["id", "method", "status", "effectState", "terminal", "updatedAt"])
  static let operationCancel = TypeEntry(
    .operationCancel, idFields: ["operationId"], columns: ["operationId", "status"])
  static let runtimeEvent = TypeEntry(.runtimeEvent, columns: ["id", "method", "event"])
}
