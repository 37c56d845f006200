import WaggleCatalogue
import WaggleValues

/// Asking an agent and waiting for its answer.
extension WorldState {
  /// How long an answer is waited for, in milliseconds; what is asked for is brought into it.
  private static let patience = 100...115_000
  /// The most messages that an agent works on at a time; one more is refused.
  private static let capacity = 8

  /// Does the work of `invokeAgent`; nil for any other operation.
  mutating func invokeWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    guard target.operation.id == "invokeAgent" else { return nil }
    let (position, turn, patience) = try invoke(target, at: now)
    if target.wantsStream {
      return .stream(
        InvokeFeed(channel: position, messageID: turn.messageID, deadline: now + patience))
    }
    var outcome = Outcome.nothing
    outcome.wait = InvokeWait(
      channel: position, messageID: turn.messageID, patience: patience, from: now)
    return outcome
  }

  /// Sets an agent to work on a message that is waited for: a task, so that it can be found later.
  mutating func invoke(
    _ target: Target, at now: Int
  ) throws(Refusal) -> (channel: Int, turn: Turn, patience: Int) {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    let message = target.text("message") ?? ""
    let orders = target.body.record("metadata")?["sandbox"]?.revealedText
    let script = Script(message: message, orders: orders, draws: draws, faults: faults)
    try refuseUnreachable(agent)
    try refuse(script.door, agent, at: now)
    try refuseAttachments(of: target)
    let position = try taskChannel(target, with: agent, at: now)
    let turn = try begin(message, in: position, target, at: now)
    let asked = target.number("timeout_ms") ?? Self.patience.upperBound
    return (position, turn, min(max(asked, Self.patience.lowerBound), Self.patience.upperBound))
  }

  private mutating func refuse(
    _ door: Script.Door, _ agent: Int, at now: Int
  ) throws(Refusal) {
    let id = fleet.instances[agent].agentID
    switch door {
    case .open: break
    case .reject: throw .rejected(id)
    case .busy: throw .busy(id)
    case .offline: throw .agentOffline(id)
    case .unavailable: throw .unavailable
    }
    settleChannels(to: now)
    if channels.load(of: agent) >= Self.capacity { throw .busy(id) }
  }
}
