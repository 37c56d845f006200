import WaggleCatalogue
import WaggleValues

/// The work of the tasks' operations.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func taskWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "createTask": try createTask(target, at: now)
    case "listAgentTasks": try listAgentTasks(target, at: now)
    case "listUserTasks": try listUserTasks(target, at: now)
    case "getTask": try getTask(target, at: now)
    case "listTaskMessages": try listMessages(target, isTask: true, at: now)
    case "cancelTask": try cancelTask(target, at: now)
    case "continueTask": try continueTask(target, at: now)
    default: nil
    }
  }

  /// The names in metadata that are the gateway's own.
  private static let reserved = [
    "protocol", "caller_owner_id", "target_agent_id", "delivery_principal",
  ]

  private mutating func createTask(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    let message = target.text("message") ?? ""
    try refuseAttachments(of: target)
    let position = try taskChannel(target, with: agent, at: now)
    try begin(message, in: position, target, at: now)
    if let deadline = target.number("deadline_ms"), deadline > 0 {
      try channels.change(position) { $0.task.deadlineAt = now + deadline }
    }
    return .data(channels.all[position].createdJSON)
  }

  /// The channel that a task is to have: a new one, or the one that `context_id` names.
  mutating func taskChannel(
    _ target: Target, with agent: Int, at now: Int
  ) throws(Refusal) -> Int {
    guard let id = target.text("context_id"), !id.isEmpty else {
      return openChannel(isTask: true, with: agent, for: target, at: now)
    }
    guard let position = channels.position(of: id) else { throw .notFound(id, "context") }
    settle(channel: position, to: now)
    let channel = channels.all[position]
    guard channel.facts.owner == target.caller else { throw foreign("context", id) }
    guard channel.facts.agent == agent, !channel.isForgotten(at: now) else {
      throw .notFound(id, "context")
    }
    guard channel.facts.isTask else { throw .bad("context_id", "the id of a task") }
    guard channel.task.status.isFinal else { throw .taskIsLive(id) }
    return position
  }

  /// Sets an agent to work on the message of a task; gives the turn.
  @discardableResult
  mutating func begin(
    _ message: String, in position: Int, _ target: Target, at now: Int
  ) throws(Refusal) -> Turn {
    var metadata = target.body.record("metadata") ?? Record()
    for name in Self.reserved { metadata = metadata.removing(name) }
    let key = target.key.flatMap { $0.isEmpty ? nil : $0 }
    let id = try channels.change(position) { channel throws(Refusal) in
      channel.metadata = metadata
      channel.task = Channel.TaskState()
      channel.reopen(at: now)
      return channel.hear(message, id: key, at: now)
    }
    return take(message, id: id, in: position, metadata["sandbox"]?.revealedText, at: now)
  }

  private mutating func listAgentTasks(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    return try listChannels("tasks", target, at: now, show: \.summaryJSON) {
      $0.facts.isTask && $0.facts.agent == agent
    }
  }

  private mutating func listUserTasks(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let agent = target.queryText("agent_id")
    let instance = target.queryText("instance_id")
    let of = instance.map { fleet.position(of: $0) }
    return try listChannels("tasks", target, at: now, show: \.summaryJSON) { channel in
      channel.facts.isTask && (agent == nil || channel.facts.agentID == agent)
        && (instance == nil || of == channel.facts.agent)
    }
  }

  private mutating func getTask(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(channelOf: target, isTask: true, at: now)
    return .data(channels.all[position].taskJSON)
  }

  /// Ends a task that is live; one that was canceled stays so, and any other end is a conflict.
  private mutating func cancelTask(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(channelOf: target, isTask: true, at: now)
    let task = channels.all[position].task
    if task.status.isFinal, task.status != .canceled {
      throw .taskIsOver(target.id(1), task.status)
    }
    if task.status.isLive {
      let reason = target.text("reason").flatMap { $0.isEmpty ? nil : $0 } ?? "canceled"
      try channels.change(position) { channel throws(Refusal) in
        _ = channel.hear(reason, type: "chat_cancel", at: now)
        channel.cutAll(state: "cancelled", because: "user_stop", at: now)
        channel.finish(.canceled, at: now)
      }
      settle(channel: position, to: now)
    }
    return .data(channels.all[position].taskJSON)
  }

  /// Answers a pause.
  ///
  /// The task goes on a little later, so the snapshot still shows the pause.
  private mutating func continueTask(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(channelOf: target, isTask: true, at: now)
    var isGrant = false
    if case .bool(true)? = target.body["auth_grant"] { isGrant = true }
    let wanted: Script.Pause = isGrant ? .auth : .input
    let channel = channels.all[position]
    guard let index = channel.turns.firstIndex(where: { $0.waitsFor == wanted }) else {
      throw .nothingToContinue(target.id(1), channel.task.status, isGrant: isGrant)
    }
    let input = target.body["input"].flatMap { $0.isNull ? nil : $0 }
    let text = input.map { $0.revealedText ?? $0.json() }
    try channels.change(position) { channel throws(Refusal) in
      _ = channel.hear(
        text ?? "", type: isGrant ? "user.auth_grant" : "user.continue", payload: input,
        to: channel.turns[index].messageID, at: now)
      channel.turns[index].proceed(with: isGrant ? nil : text, at: now)
    }
    return .data(channels.all[position].taskJSON)
  }
}
