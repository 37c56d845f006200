/// The events of an answer that is waited for: thoughts, the answer as it grows, the end.
struct InvokeFeed: Feed {
  private let channel: Int
  private let messageID: String
  private let deadline: Int
  private var seen = 0
  private var said = ""
  /// What is still to be said, without looking any further.
  private var rest: [FeedStep]?

  /// Makes the feed of the answer to a message, which is waited for until a deadline.
  init(channel: Int, messageID: String, deadline: Int) {
    self.channel = channel
    self.messageID = messageID
    self.deadline = deadline
  }

  mutating func next(in state: inout WorldState, at now: Int) -> FeedStep {
    if rest != nil { return rest?.popLast() ?? .ended }
    state.settle(channel: channel, to: now)
    let channel = state.channels.all[channel]
    for row in channel.log where row.offset > seen && row.inReplyTo == messageID {
      guard row.updatedAt <= deadline else { break }
      seen = row.offset
      if let step = step(row, channel.id) { return step }
    }
    if now >= deadline { return giveUp(channel.id) }
    return .wait(for: min(channel.nextDue ?? deadline, deadline), at: now)
  }

  /// What an entry of the log says to who waits; nil for nothing.
  private mutating func step(_ row: ChannelRow, _ context: String) -> FeedStep? {
    let text = row.body ?? ""
    if row.type == "agent_thought_chunk" {
      return Self.event("reasoning") { $0.member("text", text) }
    }
    guard let said = row.verdict else {
      return row.type == "agent_reply" ? grow(to: text) : nil
    }
    let done = done(said.text, context, said.code)
    guard said.code == nil, let last = grow(to: said.text) else { return end([done]) }
    return end([last, done])
  }

  /// What the answer has grown by; nil for nothing.
  private mutating func grow(to text: String) -> FeedStep? {
    guard text.hasPrefix(said), text.count > said.count else { return nil }
    let piece = String(text.dropFirst(said.count))
    said = text
    return Self.event("delta") { $0.member("text", piece) }
  }

  /// The wait was too long; the agent goes on.
  private mutating func giveUp(_ context: String) -> FeedStep {
    let message = "no answer in time; the agent goes on"
    let error = Self.event("error") { out in
      out.member("code", "service_timeout")
      out.member("status_code", 504)
      out.member("message", message)
    }
    return end([error, done(message, context, "service_timeout")])
  }

  /// Says the last events; gives the first of them.
  private mutating func end(_ steps: [FeedStep]) -> FeedStep {
    rest = steps.reversed()
    return rest?.popLast() ?? .ended
  }

  private func done(_ text: String, _ context: String, _ code: String?) -> FeedStep {
    Self.event("done") { out in
      if code == nil { out.member("text", text) }
      out.member("context_id", context)
      out.member("is_error", code != nil)
      if let code {
        out.member("error", text)
        out.member("code", code)
      }
    }
  }

  private static func event(_ type: String, _ write: (inout ObjectWriter) -> Void) -> FeedStep {
    var out = ObjectWriter()
    out.member("type", type)
    write(&out)
    out.end()
    return .event(nil, out.bytes)
  }
}
