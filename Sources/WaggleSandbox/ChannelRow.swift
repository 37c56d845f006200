import WaggleValues

/// One entry of a channel's log: what a message was from an offset on.
///
/// A reply that grows has several, with one message id and rising offsets; the last one is what the
/// message is. The same entry serves message lists and streams.
struct ChannelRow: Sendable {
  let offset: Int
  let messageID: String
  let type: String
  let publisher: String
  var inReplyTo: String?
  /// The whole text so far.
  var body: String?
  /// `streaming`, `completed`, `failed`, `refused`, `cancelled`.
  var state: String?
  var stopReason: String?
  var payload: Value?
  let createdAt: Int
  let updatedAt: Int

  /// Whether it is a piece of a message that lists leave out unless asked for.
  var isDelta: Bool {
    ["agent_thought_chunk", "agent_message_chunk", "agent_reply_delta"].contains(type)
  }

  /// The row as JSON.
  var json: [UInt8] {
    var out = ObjectWriter()
    out.member("message_id", messageID)
    out.member("offset", offset)
    out.member("type", type)
    out.member("publisher_id", publisher)
    out.member("in_reply_to", inReplyTo)
    if let payload { out.member("payload", payload) }
    out.member("body", body)
    out.member("state", state)
    out.member("stop_reason", stopReason)
    out.member("created_at", time: createdAt)
    out.member("updated_at", time: updatedAt)
    out.end()
    return out.bytes
  }
}
