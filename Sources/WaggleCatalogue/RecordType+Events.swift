package import WaggleValues

/// The records of the streams of tasks and conversations, as the contract has them.
extension RecordType {
  /// A message as a stream has it.
  package static let messageEvent = RecordType(
    "MessageEvent",
    [
      Field("type", .choice(messageTypes, open: true)),
      Field("message_id", .text, isOptional: true),
      Field("offset", .int, isOptional: true),
      Field("in_reply_to", .text, isOptional: true),
      Field("publisher_id", .text, isOptional: true),
      Field("payload", .any, isOptional: true),
      Field("created_at", .time, isOptional: true),
      Field("updated_at", .time, isOptional: true),
      Field("state", .choice(messageStates, open: false), isOptional: true),
      Field("stop_reason", .choice(stopReasons, open: false), isOptional: true),
      Field("body", .text, isOptional: true),
      Field("parts", .list(.typed(part)), isOptional: true),
    ])

  /// Says that older events are gone, and where those that are kept begin.
  package static let backfillTruncated = RecordType(
    "BackfillTruncated",
    [
      Field("oldest_redis_offset", .int),
      Field("since", .int),
      Field("hint", .text, isOptional: true),
    ])

  /// The end of a stream and why.
  package static let streamEnd = RecordType(
    "StreamEnd",
    [
      Field("reason", .choice(["task_terminal", "stream_closed", "channel_closed"], open: false))
    ])
}
