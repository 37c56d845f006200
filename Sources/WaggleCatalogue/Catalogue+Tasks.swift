import WaggleValues

/// Tasks: work that an agent does while nobody waits.
extension Catalogue {
  /// The operations on tasks and those on their webhooks, in the contract's order.
  static let tasks: [Operation] = work + webhooks

  private static let work: [Operation] = [
    Operation(
      id: "createTask", group: "tasks", action: "create",
      method: "POST", path: "/api/v1/agents/{agentId}/tasks",
      summary: "Give an agent a task and do not wait for it",
      pathParameters: [.agent],
      body: [
        Parameter("message", .text, isRequired: true, help: "What to do"),
        .context,
        Parameter(
          "deadline_ms", .int, range: 0...604_800_000,
          help: "How long it may take before it times out, at most 7d"),
        .idempotencyKey, .metadata, .attachments,
      ], positional: ["message"], maxBodyBytes: 1_048_576, key: .body(field: "idempotency_key"),
      success: Success(202, .record(.taskCreated)), effect: .change, replay: .safeWithKey,
      example: "tasks create (agents list | first) \"Sum up the news\""),
    Operation(
      id: "listAgentTasks", group: "tasks", action: "of-agent",
      method: "GET", path: "/api/v1/agents/{agentId}/tasks",
      summary: "List your tasks on one agent", pathParameters: [.agent],
      query: [.channelState, .cursor, .limit(max: 100)],
      success: Success(200, .list(.taskSummary, opaque), items: "tasks"),
      effect: .read, replay: .safe, example: "tasks of-agent (agents list | first) --state all"),
    Operation(
      id: "listUserTasks", group: "tasks", action: "list",
      method: "GET", path: "/api/v1/tasks",
      summary: "List your tasks on all agents, newest first",
      query: [
        Parameter(
          "agent_id", .text, length: 0...128, serves: [("Agent", "id")],
          help: "Only those of this agent"),
        Parameter(
          "instance_id", .text, length: 0...128, serves: [("Instance", "id")],
          help: "Only those of this instance's agents; none open means that it is idle"),
        .channelState, .cursor, .limit(max: 100),
      ],
      success: Success(200, .list(.taskSummary, opaque), items: "tasks"),
      effect: .read, replay: .safe, example: "tasks list --state all"),
    Operation(
      id: "getTask", group: "tasks", action: "get",
      method: "GET", path: taskPath, summary: "Read how a task stands",
      pathParameters: [.agent, task],
      success: Success(200, .record(.task)), effect: .read, replay: .safe,
      example: onTask("tasks get")),
    Operation(
      id: "listTaskMessages", group: "tasks", action: "messages",
      method: "GET", path: taskPath + "/messages", summary: "List the messages of a task",
      pathParameters: [.agent, task], query: Parameter.messages(max: 500),
      success: Success(200, .list(.message, .rows(max: 500)), items: "messages"),
      effect: .read, replay: .safe, example: onTask("tasks messages")),
    Operation(
      id: "streamTaskEvents", group: "tasks", action: "events", shortForm: "follow",
      method: "GET", path: taskPath + "/events", summary: "Follow a task as it goes on",
      pathParameters: [.agent, task], query: [.since],
      success: Success(200, .stream, isEnveloped: false), stream: .channel, effect: .read,
      replay: .safe, example: "for event in (\(onTask("tasks events"))) { print $event.type }"),
    Operation(
      id: "cancelTask", group: "tasks", action: "cancel",
      method: "POST", path: taskPath + "/cancel", summary: "Stop a task",
      pathParameters: [.agent, task],
      body: [Parameter("reason", .text, help: "Why, for the record")],
      maxBodyBytes: 1_048_576, success: Success(200, .record(.task)), effect: .change,
      replay: .safe, example: onTask("tasks cancel") + " --reason \"not needed\""),
    Operation(
      id: "continueTask", group: "tasks", action: "continue",
      method: "POST", path: taskPath + "/continue",
      summary: "Give a task that has paused what it asks for",
      pathParameters: [.agent, task],
      body: [
        Parameter("input", .any, help: "What it asked for"),
        Parameter("auth_grant", .bool, help: "Allow what it asked permission for"),
      ],
      maxBodyBytes: 1_048_576, success: Success(200, .record(.task)), effect: .change,
      replay: .checkFirst,
      example: "let task = tasks create (agents list | first) \"[ask] Plan my day\"\n"
        + "wait $task until status == input_required\n"
        + "tasks continue $task --input \"swim first\""),
  ]

  private static let webhooks: [Operation] = [
    Operation(
      id: "registerTaskWebhook", group: "tasks", action: "add-webhook",
      method: "POST", path: taskPath + "/webhooks",
      summary: "Have an address told of what becomes of a task",
      pathParameters: [.agent, task],
      body: [
        Parameter("url", .text, isRequired: true, form: .url, help: "The address"),
        Parameter(
          "token", .text, isSecret: true, help: "What to send it as a bearer token"),
        Parameter(
          "secret", .text, isSecret: true, length: 16...256,
          help: "What to sign with, so that it knows who is calling"),
      ], positional: ["url"], maxBodyBytes: 65_536,
      success: Success(201, .record(.webhook)), effect: .change, replay: .safe,
      example: onTask("tasks add-webhook") + " https://hooks.example/done"),
    Operation(
      id: "listTaskWebhooks", group: "tasks", action: "webhooks",
      method: "GET", path: taskPath + "/webhooks",
      summary: "List the addresses that are told of a task",
      pathParameters: [.agent, task],
      success: Success(200, .list(.webhook, .none), items: "webhooks"), effect: .read,
      replay: .safe, example: onTask("tasks webhooks")),
    Operation(
      id: "deleteTaskWebhook", group: "tasks", action: "delete-webhook",
      method: "DELETE", path: webhookPath, summary: "Tell an address no more of a task",
      pathParameters: [.agent, task, webhook],
      success: Success(204, .nothing, isEnveloped: false), effect: .change, replay: .safe,
      example: onWebhook("tasks delete-webhook $task $hook")),
    Operation(
      id: "listWebhookDeliveries", group: "tasks", action: "deliveries",
      method: "GET", path: webhookPath + "/deliveries",
      summary: "List what was sent to a webhook, newest first",
      pathParameters: [.agent, task, webhook], query: [.limit(max: 200)],
      success: Success(200, .list(.webhookDelivery, .newest(max: 200)), items: "deliveries"),
      effect: .read, replay: .safe, example: onWebhook("tasks deliveries $task $hook")),
    Operation(
      id: "redeliverWebhook", group: "tasks", action: "redeliver",
      method: "POST", path: webhookPath + "/deliveries/{deliveryId}/redeliver",
      summary: "Send once more what a webhook did not take",
      pathParameters: [.agent, task, webhook, delivery],
      success: Success(202, .record(.webhookDelivery)), effect: .change, replay: .unsafe,
      example: onWebhook(
        "wait until (tasks deliveries $task $hook | any status == failed)\n"
          + "tasks redeliver $task (tasks deliveries $task $hook | find status == failed)")),
  ]

  private static let taskPath = "/api/v1/agents/{agentId}/tasks/{taskId}"
  private static let webhookPath = taskPath + "/webhooks/{webhookId}"

  /// How lists of tasks and conversations are paged.
  static let opaque = Success.Paging.cursor(parameter: "since", next: "next_since", max: 100)

  private static let task = Parameter(
    "taskId", .text, isRequired: true, length: Parameter.idLength,
    serves: [
      ("Task", "task_id"), ("TaskCreated", "task_id"), ("TaskSummary", "task_id"),
      ("Webhook", "task_id"), ("WebhookDelivery", "task_id"),
    ],
    help: "The task: its id, or a record that has it")

  private static let webhook = Parameter(
    "webhookId", .text, isRequired: true, length: Parameter.idLength,
    serves: [("Webhook", "webhook_id"), ("WebhookDelivery", "webhook_id")],
    help: "The webhook: its id, or a record that has it")

  private static let delivery = Parameter(
    "deliveryId", .text, isRequired: true, length: Parameter.idLength,
    serves: [("WebhookDelivery", "delivery_id")],
    help: "The delivery: its id, or a record that has it")

  /// An example on a task that it makes itself.
  private static func onTask(_ command: String) -> String {
    command + " (tasks create (agents list | first) \"Sum up the news\")"
  }

  /// An example on a webhook that it makes itself.
  private static func onWebhook(_ command: String) -> String {
    "let task = tasks create (agents list | first) \"Sum up the news\"\n"
      + "let hook = tasks add-webhook $task https://hooks.example/done\n" + command
  }
}
