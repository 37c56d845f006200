import WaggleValues

/// Conversations: many turns with one agent.
extension Catalogue {
  /// The eleven operations, in the contract's order.
  static let conversations: [Operation] = [
    Operation(
      id: "createConversation", group: "conversations", action: "create",
      method: "POST", path: "/api/v1/agents/{agentId}/conversations",
      summary: "Open a conversation with an agent", pathParameters: [.agent],
      body: [Parameter("title", .text, help: "What to call it"), .metadata],
      maxBodyBytes: 1_048_576, key: .header(isRequired: false),
      success: Success(201, .record(.conversation)), effect: .change, replay: .safeWithKey,
      example: "conversations create (agents list | first) --title \"A first talk\""),
    Operation(
      id: "listConversations", group: "conversations", action: "list",
      method: "GET", path: "/api/v1/agents/{agentId}/conversations",
      summary: "List your conversations with an agent", pathParameters: [.agent],
      query: [.channelState, .cursor, .limit(max: 100)],
      success: Success(200, .list(.conversation, opaque), items: "conversations"),
      effect: .read, replay: .safe,
      example: "conversations list (agents list | first) --state all"),
    Operation(
      id: "getConversation", group: "conversations", action: "get",
      method: "GET", path: path, summary: "Read what is known of a conversation",
      pathParameters: [.agent, conversation()],
      success: Success(200, .record(.conversation)), effect: .read, replay: .safe,
      example: inConversation("conversations get")),
    Operation(
      id: "renameConversation", group: "conversations", action: "rename",
      method: "PATCH", path: path, summary: "Give a conversation another title",
      pathParameters: [.agent, conversation()],
      body: [
        Parameter("title", .text, isRequired: true, length: 1...256, help: "The new title")
      ], positional: ["title"], maxBodyBytes: 1_048_576, isBodyClosed: true,
      key: .header(isRequired: true), success: Success(200, .record(.conversation)),
      effect: .change, replay: .safeWithKey,
      example: inConversation("conversations rename") + " \"Monday's talk\""),
    Operation(
      id: "deleteConversation", group: "conversations", action: "delete",
      method: "DELETE", path: path,
      summary: "Close a conversation for good; its history goes soon after",
      pathParameters: [.agent, conversation()],
      success: Success(204, .nothing, isEnveloped: false), effect: .destroy, replay: .safe,
      example: inConversation("conversations delete")),
    Operation(
      id: "sendConversationMessage", group: "conversations", action: "send",
      method: "POST", path: path + "/messages",
      summary: "Say something in a conversation; the answer comes later",
      pathParameters: [.agent, conversation()],
      body: [Parameter("message", .text, isRequired: true, help: "What to say"), .idempotencyKey],
      positional: ["message"], maxBodyBytes: 1_048_576, key: .body(field: "idempotency_key"),
      success: Success(202, .record(.messageAccepted)), effect: .change, replay: .safeWithKey,
      example: inConversation("conversations send") + " \"Good morning\""),
    Operation(
      id: "listConversationMessages", group: "conversations", action: "messages",
      method: "GET", path: path + "/messages", summary: "List the messages of a conversation",
      pathParameters: [.agent, conversation()], query: Parameter.messages(max: 200),
      success: Success(200, .list(.message, .rows(max: 200)), items: "messages"),
      effect: .read, replay: .safe, example: inConversation("conversations messages")),
    Operation(
      id: "streamConversationEvents", group: "conversations", action: "events",
      method: "GET", path: path + "/events", summary: "Follow a conversation as it goes on",
      pathParameters: [.agent, conversation()], query: [.since],
      success: Success(200, .stream, isEnveloped: false), stream: .channel, effect: .read,
      replay: .safe, example: streamed),
    Operation(
      id: "cancelConversation", group: "conversations", action: "cancel",
      method: "POST", path: otherPath + "/cancel",
      summary: "Stop the answer to a message of a conversation",
      pathParameters: [.agent, conversation("conversationId")], headers: [.operationHeader],
      body: [
        Parameter(
          "target_message_id", .text, isRequired: true, length: 1...128,
          serves: [("MessageAccepted", "message_id"), ("Message", "message_id")],
          help: "The message of yours whose answer is to stop"),
        Parameter("reason", .text, help: "Why, for the record"),
      ], positional: ["target_message_id"], maxBodyBytes: 1_048_576, isBodyClosed: true,
      key: .header(isRequired: false), success: Success(202, .record(.conversationCancel)),
      effect: .change, replay: .safeWithKey, example: cancelled),
    Operation(
      id: "clearConversation", group: "conversations", action: "clear",
      method: "POST", path: otherPath + "/clear",
      summary: "Wipe the history of a conversation for good",
      pathParameters: [.agent, conversation("conversationId")], headers: [.operationHeader],
      key: .header(isRequired: true),
      success: Success(202, .record(.conversationClear), isEnveloped: false), effect: .destroy,
      replay: .safeWithKey, example: inConversation("conversations clear")),
    Operation(
      id: "setConversationModel", group: "conversations", action: "set-model",
      method: "PUT", path: otherPath + "/model",
      summary: "Choose the model of a conversation; null goes back to the usual one",
      pathParameters: [.agent, conversation("conversationId")], headers: [.operationHeader],
      body: [
        Parameter(
          "modelOverrideId", .text, isRequired: true, isNullable: true, length: 1...128,
          serves: [("Model", "id")], help: "The model, or null for the usual one")
      ], positional: ["modelOverrideId"], maxBodyBytes: 1_048_576, isBodyClosed: true,
      key: .header(isRequired: true), success: Success(202, .receipt, isEnveloped: false),
      effect: .change, replay: .safeWithKey,
      example: inConversation("conversations set-model") + " null"),
  ]

  private static let path = "/api/v1/agents/{agentId}/conversations/{convId}"
  private static let otherPath = "/api/v1/agents/{agentId}/conversations/{conversationId}"

  /// A conversation, which the contract names in two ways.
  private static func conversation(_ name: String = "convId") -> Parameter {
    Parameter(
      name, .text, isRequired: true, length: Parameter.idLength,
      serves: [("Conversation", "conversation_id")],
      help: "The conversation: its id, or a record that has it")
  }

  /// An example in a conversation that it opens itself.
  private static func inConversation(_ command: String) -> String {
    command + " (conversations create (agents list | first))"
  }

  private static let streamed = """
    let talk = conversations create (agents list | first)
    conversations send $talk "Good morning"
    for event in (conversations events $talk) {
        print $event.type
        if $event.type == agent_reply and $event.state == completed { break }
    }
    """

  private static let cancelled = """
    let talk = conversations create (agents list | first)
    let turn = conversations send $talk "Count to a million"
    conversations cancel $talk $turn
    """
}
