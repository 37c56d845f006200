import WaggleCatalogue
import WaggleValues

/// The work of the conversations' operations.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func conversationWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "createConversation": try createConversation(target, at: now)
    case "listConversations": try listConversations(target, at: now)
    case "getConversation": try getConversation(target, at: now)
    case "renameConversation": try renameConversation(target, at: now)
    case "deleteConversation": try deleteConversation(target, at: now)
    case "sendConversationMessage": try sendMessage(target, at: now)
    case "listConversationMessages": try listMessages(target, isTask: false, at: now)
    case "cancelConversation": try cancelTurn(target, at: now)
    case "clearConversation": try clearConversation(target, at: now)
    case "setConversationModel": try setModel(target, at: now)
    default: nil
    }
  }

  private func model(of channel: Channel) -> String {
    fleet.instances[channel.facts.agent].facts.model
  }

  private func shown(conversation position: Int) -> Outcome {
    let channel = channels.all[position]
    return .data(channel.conversationJSON(model: model(of: channel)))
  }

  private mutating func createConversation(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Outcome {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    let position = openChannel(isTask: false, with: agent, for: target, at: now)
    let metadata = target.body.record("metadata") ?? Record()
    try channels.change(position) { channel throws(Refusal) in
      channel.metadata = metadata
      channel.talk.title = target.text("title")
    }
    return shown(conversation: position)
  }

  private mutating func getConversation(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(channelOf: target, isTask: false, at: now)
    return shown(conversation: position)
  }

  private mutating func listConversations(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Outcome {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    let model = fleet.instances[agent].facts.model
    return try listChannels(
      "conversations", target, at: now, show: { $0.conversationJSON(model: model) }
    ) { !$0.facts.isTask && $0.facts.agent == agent }
  }

  /// The position of a conversation that is not closed.
  private mutating func find(
    openConversation target: Target, at now: Int
  ) throws(Refusal) -> Int {
    let position = try find(channelOf: target, isTask: false, at: now)
    guard channels.all[position].isOpen else { throw .conversationClosed(target.id(1)) }
    return position
  }

  private mutating func renameConversation(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    try channels.change(position) { $0.talk.title = target.text("title") }
    return shown(conversation: position)
  }

  private mutating func deleteConversation(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    try channels.change(position) { channel throws(Refusal) in
      channel.cutAll(state: "cancelled", because: "user_stop", at: now)
      channel.close(because: "canceled", at: now)
    }
    return .nothing
  }

  private mutating func sendMessage(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    try refuseUnreachable(channels.all[position].facts.agent)
    let message = target.text("message") ?? ""
    let id = try channels.change(position) { channel throws(Refusal) in
      channel.hear(message, at: now)
    }
    _ = take(message, id: id, in: position, nil, at: now)
    var out = ObjectWriter()
    out.member("message_id", id)
    out.member("created_at", time: now)
    out.end()
    return .data(out.bytes)
  }

  // MARK: What runs as an operation of the runtime

  private mutating func cancelTurn(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    let message = target.text("target_message_id") ?? ""
    let channel = channels.all[position]
    guard let index = channel.turns.firstIndex(where: { $0.messageID == message }) else {
      if channel.log.contains(where: { $0.messageID == message }) { throw .turnIsOver(message) }
      throw .notFound(message, "message")
    }
    guard !channel.turns[index].isOver else { throw .turnIsOver(message) }
    let operation = try beginOperation(
      "session/cancel", on: channel.facts, for: target, at: now)
    try channels.change(position) { channel throws(Refusal) in
      _ = channel.hear(
        target.text("reason") ?? "canceled", type: "chat_cancel", to: message, at: now)
      channel.cut(index, state: "cancelled", because: "user_stop", at: now)
    }
    var out = ObjectWriter()
    out.member("operation_id", operation)
    out.member("status", "accepted")
    out.end()
    return .data(out.bytes).with(operation: operation)
  }

  private mutating func clearConversation(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    let operation = try beginOperation(
      "session/clear", on: channels.all[position].facts, for: target, at: now)
    try channels.change(position) { $0.clear() }
    var out = ObjectWriter()
    out.member("status", "accepted")
    out.member("operationId", operation)
    out.member("conversationId", target.id(1))
    out.member("currentGeneration", String(channels.all[position].talk.generation))
    out.end()
    return .bare(out.bytes).with(operation: operation)
  }

  private mutating func setModel(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(openConversation: target, at: now)
    let operation = try beginOperation(
      "session/set_model", on: channels.all[position].facts, for: target, at: now)
    try channels.change(position) { $0.talk.model = target.text("modelOverrideId") }
    return .nothing.with(operation: operation)
  }
}

extension Outcome {
  /// The same with the header that names the operation of the runtime.
  fileprivate func with(operation: String) -> Outcome {
    var outcome = self
    outcome.headers.append(("x-beeos-operation-id", operation))
    return outcome
  }
}
