package import WaggleValues

/// The records of conversations and their messages, which tasks have too, as the contract has them.
extension RecordType {
  /// A conversation with an agent.
  package static let conversation = RecordType(
    "Conversation",
    [
      Field("conversation_id", .text),
      Field("agent_id", .text),
      Field("title", .text, isOptional: true),
      Field("state", .choice(channelStates, open: false)),
      Field("metadata", .record(nil), isOptional: true),
      Field("created_at", .time, isOptional: true),
      Field("last_activity_at", .time, isOptional: true),
      Field("closed_at", .time, isOptional: true),
      Field("modelOverrideId", .text, isOptional: true),
      Field("effectiveModelId", .text, isOptional: true),
    ])

  /// A message of a task or conversation; a reply grows in place while it is streaming.
  package static let message = RecordType(
    "Message",
    [
      Field("message_id", .text),
      Field("offset", .int),
      Field("type", .choice(messageTypes, open: true)),
      Field("publisher_id", .text, isOptional: true),
      Field("in_reply_to", .text, isOptional: true),
      Field("payload", .any, isOptional: true),
      Field("created_at", .time, isOptional: true),
      Field("body", .text, isOptional: true),
      Field("state", .choice(messageStates, open: false), isOptional: true),
      Field("stop_reason", .choice(stopReasons, open: false), isOptional: true),
      Field("parts", .list(.typed(part)), isOptional: true),
      Field("updated_at", .time, isOptional: true),
    ])

  /// The receipt of a message.
  package static let messageAccepted = RecordType(
    "MessageAccepted",
    [
      Field("message_id", .text),
      Field("created_at", .time, isOptional: true),
    ])

  /// The receipt of a request to stop a turn.
  package static let conversationCancel = RecordType(
    "ConversationCancel",
    [
      Field("operation_id", .text),
      Field("status", .choice(["accepted"], open: false)),
    ])

  /// The receipt of a request to wipe a conversation.
  package static let conversationClear = RecordType(
    "ConversationClear",
    [
      Field("status", .choice(["accepted"], open: false)),
      Field("operationId", .text),
      Field("conversationId", .text),
      Field("currentGeneration", .text),
    ])

  /// The receipt of something that the runtime goes about: all that is known is its operation.
  package static let operationReceipt = RecordType(
    "OperationReceipt", [Field("operationId", .text, isOptional: true)])

  /// A part of a message, of one of six kinds: which fields it has goes by its `type`.
  package static let part = RecordType(
    "Part",
    [
      Field("type", .choice(partKinds, open: true)),
      Field("text", .text, isOptional: true),
      Field("state", .choice(["streaming", "done"], open: false), isOptional: true),
      Field("id", .text, isOptional: true),
      Field("name", .text, isOptional: true),
      Field("arguments", .any, isOptional: true),
      Field("tool_use_id", .text, isOptional: true),
      Field("content", .any, isOptional: true),
      Field("is_error", .bool, isOptional: true),
      Field("url", .text, isOptional: true),
      Field("mime_type", .text, isOptional: true),
      Field("size", .int, isOptional: true),
      Field("title", .text, isOptional: true),
      Field("snippet", .text, isOptional: true),
      Field("kind", .text, isOptional: true),
      Field("data", .any, isOptional: true),
    ])

  private static let partKinds = [
    "thinking", "tool_use", "tool_result", "file", "source", "custom",
  ]
}
