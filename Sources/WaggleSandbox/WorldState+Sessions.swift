/// The sessions at terminals and canvases that a world gave tickets for.
struct SessionBook: Sendable {
  /// The instance of each terminal, by the terminal's id.
  var terminals: [String: String] = [:]
  /// How many tickets there were.
  var tickets = 0
}

/// The work of sessions at terminals and canvases: a ticket is given, and nothing behind it.
extension WorldState {
  mutating func terminalSession(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let instance = try instanceOfSession(target, at: now)
    if let earlier = target.text("resumeTerminalId")?.lowercased() {
      guard sessions.terminals[earlier] == instance.id else { throw .notFound(earlier, "terminal") }
      return session("terminal", "terminalId", earlier, of: instance, target, at: now)
    }
    let id = draws.uuid("terminal", sessions.terminals.count)
    sessions.terminals[id] = instance.id
    return session("terminal", "terminalId", id, of: instance, target, at: now)
  }

  mutating func canvasSession(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let instance = try instanceOfSession(target, at: now)
    let id = target.text("canvasId") ?? "canvas-\(sessions.tickets + 1)"
    return session("canvas", "canvasId", id, of: instance, target, at: now)
  }

  /// The instance, which must be online, and whose agent must be the one that is named.
  private mutating func instanceOfSession(
    _ target: Target, at now: Int
  ) throws(Refusal) -> Instance {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let instance = fleet.instances[position]
    let agent = target.text("platformAgentId")?.lowercased() ?? ""
    guard instance.hasAgent, agent == instance.agentID else { throw .notFound(agent, "agent") }
    guard instance.isReachable else { throw .agentOffline(instance.agentID) }
    return instance
  }

  private mutating func session(
    _ kind: String, _ name: String, _ id: String, of instance: Instance, _ target: Target,
    at now: Int
  ) -> Outcome {
    sessions.tickets += 1
    let session = draws.uuid("session", sessions.tickets)
    let ticket = Ticket(
      session: session, kind: kind, instance: instance.id, owner: target.caller, at: now, draws)
    var out = ObjectWriter()
    out.member("sessionId", session)
    out.member(name, id)
    out.member("platformAgentId", instance.agentID)
    out.member("conversationId", target.text("conversationId"))
    out.member("ticket", ticket.text)
    out.member("url", "wss://\(instance.id).bees.example/\(kind)")
    out.member("expiresAt", time: now + Ticket.life)
    out.end()
    return .bare(out.bytes)
  }
}
