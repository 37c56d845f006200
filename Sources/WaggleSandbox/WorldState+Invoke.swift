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
    return try reply(to: turn, in: position, within: patience, at: now)
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

  /// What a turn comes to, told when it is there; the agent goes on after a wait that was too long.
  private func reply(
    to turn: Turn, in position: Int, within patience: Int, at now: Int
  ) throws(Refusal) -> Outcome {
    guard let end = turn.restsAt, end - now <= patience else { throw .tooSlow(after: patience) }
    let said = turn.saying
    var out = ObjectWriter()
    out.member("text", said.text)
    out.member("context_id", channels.all[position].id)
    out.member("is_error", said.isError)
    out.end()
    var outcome = Outcome.data(out.bytes)
    outcome.milliseconds = max(end - now, 1)
    return outcome
  }
}
