package import WaggleValues

/// The records of agents, their answers and the pieces in which an answer comes, as the contract
/// has them.
extension RecordType {
  /// An agent: what answers for an instance, with what it can do.
  package static let agent = RecordType(
    "Agent",
    [
      Field("id", .text),
      Field("instanceId", .text),
      Field("name", .text),
      Field("description", .text, isOptional: true),
      Field("displayName", .text, isOptional: true),
      Field("status", .choice(["active"], open: true)),
      Field("slug", .text, isOptional: true),
      Field("mcpEnabled", .bool),
      Field("defaultModelId", .text, isOptional: true),
      Field("visibility", .choice(["private", "public", "marketplace", "unlisted"], open: false)),
      Field("capabilities", .typed(agentCapabilities)),
      Field("conversationTransport", .choice(["acp", "message-service"], open: false)),
      Field("createdAt", .time, isOptional: true),
      Field("updatedAt", .time, isOptional: true),
    ])

  /// What an agent says that it can do.
  package static let agentCapabilities = RecordType(
    "AgentCapabilities",
    [
      Field("multipleConversations", .bool),
      Field("loadConversation", .bool),
      Field("createConversation", .bool),
      Field("canvas", .bool),
      Field("terminal", .bool),
      Field("webSsh", .bool),
      Field("fileSystem", .bool),
      Field("image", .bool),
      Field("audio", .bool),
      Field("mcp", .bool),
      Field("cron", .bool),
      Field("streaming", .bool),
      Field("pushNotifications", .bool),
      Field("a2a", .bool),
      Field("extendedAgentCard", .bool),
      Field("modelsList", .bool),
      Field("modelsSet", .bool),
      Field("skillsList", .bool),
      Field("skillsInstall", .bool),
      Field("skillsUninstall", .bool),
      Field("skillsUpdate", .bool),
    ])

  /// What an agent answered; `is_error` is a failure of the agent itself.
  package static let invokeReply = RecordType(
    "InvokeReply",
    [
      Field("text", .text),
      Field("context_id", .text),
      Field("is_error", .bool),
    ])

  /// A piece of what an agent thinks on its way to an answer.
  package static let invokeReasoning = RecordType(
    "InvokeReasoning",
    [
      Field("type", .choice(["reasoning"], open: false)),
      Field("text", .text),
    ])

  /// A piece of an answer.
  package static let invokeDelta = RecordType(
    "InvokeDelta",
    [
      Field("type", .choice(["delta"], open: false)),
      Field("text", .text),
    ])

  /// Trouble on the way to an answer; a `done` follows.
  package static let invokeError = RecordType(
    "InvokeError",
    [
      Field("type", .choice(["error"], open: false)),
      Field("code", .text, isOptional: true),
      Field("status_code", .int, isOptional: true),
      Field("message", .text),
    ])

  /// The end of an answer, with the whole of it where it was not sent in pieces.
  package static let invokeDone = RecordType(
    "InvokeDone",
    [
      Field("type", .choice(["done"], open: false)),
      Field("text", .text, isOptional: true),
      Field("context_id", .text, isOptional: true),
      Field("is_error", .bool, isOptional: true),
      Field("error", .text, isOptional: true),
      Field("code", .text, isOptional: true),
    ])
}
