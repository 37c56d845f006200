import WaggleCatalogue
import WaggleValues

/// The work of the agents' operations but for talking to them.
///
/// Each instance has one agent, which appears when the instance first runs and goes when the
/// instance is gone.
extension WorldState {
  /// The most agents on a page where nothing is said.
  private static let usualAgents = 20

  /// Does the work of an operation of this group; nil for any other.
  mutating func agentWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "listAgents": try listAgents(target, at: now)
    case "getAgent": try getAgent(target, at: now)
    case "updateAgent": try updateAgent(target, at: now)
    case "deleteAgent": try deleteAgent(target, at: now)
    default: nil
    }
  }

  /// The position of the instance whose agent it is: the caller's own, or one that its owner opened
  /// to others.
  mutating func find(
    agent id: String, for caller: Owner, at now: Int
  ) throws(Refusal) -> Int {
    guard let position = fleet.position(ofAgent: id) else { throw .notFound(id, "agent") }
    fleet.settle(position, to: now)
    let instance = fleet.instances[position]
    guard !instance.isRemoved, instance.hasAgent else { throw .notFound(id, "agent") }
    guard instance.owner == caller || settings(ofAgent: position).isOpen else {
      throw foreign("agent", id)
    }
    return position
  }

  /// The position of an agent that the caller owns.
  private mutating func find(
    ownAgent id: String, for caller: Owner, at now: Int
  ) throws(Refusal) -> Int {
    let position = try find(agent: id, for: caller, at: now)
    guard fleet.instances[position].owner == caller else { throw foreign("agent", id) }
    return position
  }

  /// What is set on an agent.
  ///
  /// Of the other owner's three one is public and one unlisted.
  func settings(ofAgent position: Int) -> AgentSettings {
    if let settings = agents[position] { return settings }
    var settings = AgentSettings()
    let instance = fleet.instances[position]
    if instance.owner == .other {
      settings.visibility = [1: "public", 2: "unlisted"][instance.number % 10] ?? "private"
    }
    return settings
  }

  private func shown(agent position: Int) -> [UInt8] {
    fleet.instances[position].agentJSON(settings(ofAgent: position))
  }

  private mutating func getAgent(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(agent: target.id(), for: target.caller, at: now)
    return .data(shown(agent: position))
  }

  /// The caller's own: those that can be reached first, each part with the newest instances first.
  ///
  /// The contract leaves the order open, and the first of a list is what people ask first. A page
  /// behind the end is empty.
  private mutating func listAgents(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let limit = target.queryNumber("limit") ?? Self.usualAgents
    let offset = target.queryNumber("offset") ?? 0
    if limit < 1 { throw .bad("limit", "at least 1") }
    if offset < 0 { throw .bad("offset", "at least 0") }
    let instance = target.queryText("instance_id") ?? target.queryText("instanceId")
    if let alias = target.queryText("instanceId"), alias != instance {
      throw .bad("instanceId", "the same as instance_id")
    }
    fleet.advance(to: now)
    let status = target.queryText("status")
    let matching = fleet.instances.indices.reversed().filter { position in
      let one = fleet.instances[position]
      return one.owner == target.caller && one.hasAgent && !one.isRemoved
        && (instance == nil || instance == one.id) && (status == nil || status == one.agentStatus)
    }
    let reachable = matching.filter { fleet.instances[$0].isReachable }
    let others = matching.filter { !fleet.instances[$0].isReachable }
    let page = (reachable + others).dropFirst(offset).prefix(limit)
    return .list(
      page.map { shown(agent: $0) }, total: matching.count,
      projection: instance == nil ? nil : matching.first.flatMap(projection))
  }

  /// How far the runtime of one instance has told of its agents: there once it has run.
  private func projection(of position: Int) -> [UInt8]? {
    let instance = fleet.instances[position]
    guard let started = instance.startedAt else { return nil }
    let own = draws.of("projection \(instance.id)")
    var out = ObjectWriter()
    out.member("acceptedEpoch", "\(max(instance.departures, 1))")
    out.member("acceptedRevision", "1")
    out.member("canonicalHash", (0..<4).map { own.digits("hash", $0) }.joined())
    out.member("lastSyncedAt", time: started)
    out.member("syncState", "synced")
    out.member("agentsComplete", true)
    out.member("skillsComplete", true)
    out.end()
    return out.bytes
  }

  private mutating func updateAgent(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(ownAgent: target.id(), for: target.caller, at: now)
    var settings = settings(ofAgent: position)
    if let visibility = target.text("visibility") { settings.visibility = visibility }
    for name in ["mcp_enabled", "mcpEnabled"] {
      if case .bool(let flag)? = target.body[name] { settings.isOnMCP = flag }
    }
    settings.updatedAt = now
    agents[position] = settings
    return .data(shown(agent: position))
  }

  /// Never succeeds: an agent goes with its instance.
  private mutating func deleteAgent(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(ownAgent: target.id(), for: target.caller, at: now)
    throw .agentStays(fleet.instances[position].id)
  }
}
