/// The events of a task or a conversation, from an offset on.
///
/// A task's end with it (`task_terminal`); a conversation's when it is closed (`channel_closed`).
/// What lies further back than a stream keeps is left out, and said to be.
struct ChannelFeed: Feed {
  /// The most entries that a stream keeps; message lists have them all.
  static let kept = 500

  private let channel: Int
  private let since: Int
  private var seen: Int
  private var hasBegun = false
  private var isOver = false

  init(channel: Int, since: Int) {
    self.channel = channel
    self.since = since
    seen = since
  }

  mutating func next(in state: inout WorldState, at now: Int) -> FeedStep {
    if isOver { return .ended }
    state.settle(channel: channel, to: now)
    let channel = state.channels.all[channel]
    let kept = channel.log.suffix(Self.kept)
    if !hasBegun {
      hasBegun = true
      if kept.count < channel.log.count, let oldest = kept.first?.offset, since < oldest - 1 {
        seen = oldest - 1
        return truncated(oldest)
      }
    }
    if let row = kept.first(where: { $0.offset > seen }) {
      seen = row.offset
      return .event("message", row.json)
    }
    guard !channel.isOpen else { return .wait(for: channel.nextDue, at: now) }
    isOver = true
    let reason = channel.facts.isTask ? "task_terminal" : "channel_closed"
    return .event("end", Array(#"{"reason":"\#(reason)"}"#.utf8))
  }

  private func truncated(_ oldest: Int) -> FeedStep {
    var out = ObjectWriter()
    out.member("since", since)
    out.member("oldest_redis_offset", oldest)
    out.member("hint", "read the message list for what came before")
    out.end()
    return .event("backfill_truncated", out.bytes)
  }
}
