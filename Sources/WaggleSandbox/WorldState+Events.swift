import WaggleCatalogue
import WaggleValues

/// The streams of tasks and conversations.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func eventWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    let isTask: Bool
    switch target.operation.id {
    case "streamTaskEvents": isTask = true
    case "streamConversationEvents": isTask = false
    default: return nil
    }
    let position = try find(channelOf: target, isTask: isTask, at: now)
    return .stream(ChannelFeed(channel: position, since: target.queryNumber("since") ?? 0))
  }
}
