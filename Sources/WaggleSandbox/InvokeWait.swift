/// The wait of a call for the answer of an agent: what becomes of its message decides, whoever has a
/// hand in that meanwhile.
struct InvokeWait: Sendable {
  /// How it stands.
  enum Step: Sendable {
    /// Nothing before this moment, which lies ahead.
    case waitUntil(Int)
    /// This is the answer.
    case over(Outcome)
  }

  private let channel: Int
  private let messageID: String
  /// How long it lasts, in milliseconds.
  private let patience: Int
  private var deadline: Int

  /// Begins to wait for what becomes of a message of a channel.
  init(channel: Int, messageID: String, patience: Int, from now: Int) {
    self.channel = channel
    self.messageID = messageID
    self.patience = patience
    deadline = now + patience
  }

  /// The wait of a call that is sent again: for the same message, as long as the first.
  func again(from now: Int) -> InvokeWait {
    InvokeWait(channel: channel, messageID: messageID, patience: patience, from: now)
  }

  /// How it stands at a moment; throws `tooSlow` where it was too long, and the agent goes on.
  func step(in state: inout WorldState, at now: Int) throws(Refusal) -> Step {
    state.settle(channel: channel, to: now)
    let channel = state.channels.all[channel]
    for row in channel.log where row.inReplyTo == messageID && row.updatedAt <= deadline {
      if let said = row.verdict { return .over(.data(Self.json(said, channel.id))) }
    }
    if now >= deadline { throw .tooSlow(after: patience) }
    return .waitUntil(max(min(channel.nextDue ?? deadline, deadline, now + Self.pace), now + 1))
  }

  /// How often somebody else may have said something, in milliseconds.
  private static let pace = 500

  private static func json(_ said: (text: String, code: String?), _ context: String) -> [UInt8] {
    var out = ObjectWriter()
    out.member("text", said.text)
    out.member("context_id", context)
    out.member("is_error", said.code != nil)
    out.end()
    return out.bytes
  }
}

extension ChannelRow {
  /// What an entry says to whoever waits for the answer to its message, with the code of what is no
  /// answer; nil while there is more to come.
  var verdict: (text: String, code: String?)? {
    let text = body ?? ""
    switch (type, state, stopReason) {
    case ("agent_reply", "streaming"?, _): return nil
    case ("agent_reply", "completed"?, _): return (text, nil)
    case ("agent_reply", _, "user_stop"?): return ("the task was canceled", "agent_reply_error")
    case ("agent_reply", _, "agent_lost"?): return ("the agent was lost", "agent_reply_error")
    case ("agent_reply", _, _), ("agent_reply_error", _, _): return (text, "agent_reply_error")
    case ("agent.refuse", _, _): return (text, "agent_rejected")
    case ("agent.input_required", _, _): return ("the agent asks for input", "input_required")
    case ("agent.auth_required", _, _): return ("the agent asks for a grant", "auth_required")
    default: return nil
    }
  }
}
