import WaggleCatalogue
import WaggleValues

/// The work of the runtime's operations.
///
/// Lists and states of skills, models, jobs and MCP servers are read; nothing else is done, as with
/// a gateway that is a little older than its contract. Two members of `params`, which the contract
/// leaves open, choose what happens: `outcome` is one of the contract's outcomes, or `stuck` for an
/// operation that never ends; `refusal` is the code with which the method is refused at once.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func runtimeWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "getRuntimeCapabilities": try capabilities(target, at: now)
    case "invokeRuntimeMethod": try invokeMethod(target, at: now)
    case "listRuntimeOperations": try listOperations(target, at: now)
    case "getRuntimeOperation": .bare(try runtimeOperation(target, at: now).json(at: now))
    case "streamRuntimeOperationEvents": try operationEvents(target, at: now)
    case "cancelRuntimeOperation": try cancelOperation(target, at: now)
    case "createTerminalSession": try terminalSession(target, at: now)
    case "createCanvasSession": try canvasSession(target, at: now)
    default: nil
    }
  }

  private static let methods = [
    "skills/list", "models/list", "cron/list", "cron/status", "cron/runs", "mcp/list",
  ]
  /// The most operations on a page where nothing is said.
  private static let usualOperations = 50

  /// Begins the operation that carries out a change of a conversation, and succeeds.
  ///
  /// - Returns: Its id: the one that the caller wants, where it wants one that is free.
  mutating func beginOperation(
    _ method: String, on conversation: Channel.Facts, for target: Target, at now: Int
  ) throws(Refusal) -> String {
    let wanted = target.headers["x-beeos-operation-id"]?.lowercased()
    if let wanted, runtime[wanted] != nil { throw .operationExists(wanted) }
    return runtime.begin(
      method, .conversation(conversation.id, agent: conversation.agentID),
      on: fleet.instances[conversation.agent].id, for: target.caller, id: wanted,
      slowness: faults.slowness, draws: draws, at: now
    ).id
  }

  private mutating func capabilities(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    var out = ObjectWriter()
    out.member("instanceId", fleet.instances[position].id)
    out.member("contractRevision", "1.1.0")
    out.member("activeRuntimeEpoch", "\(max(fleet.instances[position].departures, 1))")
    out.member("capabilities", ["skills", "models", "cron", "mcp", "conversation.control"])
    out.member("methods", Self.methods)
    out.end()
    return .bare(out.bytes)
  }

  // MARK: Methods

  private mutating func invokeMethod(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    guard target.text("jsonrpc") == "2.0" else { throw .bad("jsonrpc", "2.0") }
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let instance = fleet.instances[position]
    let method = target.text("method") ?? ""
    let params = target.body.record("params") ?? Record()
    if let code = refusal(of: method, params, on: instance) { return Self.refused(target, code) }
    let wanted = target.headers["x-beeos-operation-id"]?.lowercased()
    if let wanted, let earlier = runtime[wanted] {
      let isSame = earlier.instanceID == instance.id && earlier.method == method
      return isSame ? Self.accepted(target, earlier) : Self.refused(target, .idempotencyConflict)
    }
    guard let plan = plan(params, draws.of("runtime \(instance.id)")) else {
      return Self.refused(target, .invalidInvocation)
    }
    let agent = params["platformAgentId"]?.revealedText
    let operation = runtime.begin(
      method, agent.map { .agent($0) } ?? .instance, on: instance.id, for: target.caller,
      id: wanted, result: Self.result(of: method, on: instance), plan: plan,
      slowness: faults.slowness, draws: draws, at: now)
    return Self.accepted(target, operation)
  }

  /// Why a method is not begun; nil where it is.
  private func refusal(
    of method: String, _ params: Record, on instance: Instance
  ) -> RuntimeCode? {
    if let wanted = params["refusal"] {
      return wanted.revealedText.flatMap(RuntimeCode.init) ?? .invalidInvocation
    }
    if method.hasPrefix("agent/") { return .useAgentsAPI }
    guard Self.methods.contains(method) else { return .methodNotSupported }
    if let agent = params["platformAgentId"], agent.revealedText != instance.agentID {
      return .unauthorizedTarget
    }
    return instance.isReachable ? nil : .instanceOffline
  }

  /// What is to become of an operation; nil for an outcome that does not exist.
  private func plan(_ params: Record, _ draws: Draws) -> RuntimePlan? {
    guard let outcome = params["outcome"] else {
      let share = draws.share("fate", runtime.count)
      if share < faults.doomed { return .to(.failed) }
      return share - faults.doomed < faults.stuck ? .stuck : .to(.succeeded)
    }
    guard let text = outcome.revealedText else { return nil }
    if text == "stuck" { return .stuck }
    return RuntimeOperation.End(rawValue: text).map { .to($0) }
  }

  /// What a method finds.
  private static func result(of method: String, on instance: Instance) -> [UInt8] {
    var out = ObjectWriter()
    switch method {
    case "models/list":
      out.member("models", jsons: Offers.modelList(of: instance.facts.framework))
    case "skills/list": out.member("skills", ["browse", "summarise", "translate"])
    case "mcp/list": out.member("servers", instance.facts.mcpServers?.keys ?? [])
    case "cron/status": out.member("running", true)
    case "cron/runs": out.member("runs", jsons: [])
    default: out.member("jobs", jsons: [])
    }
    out.end()
    return out.bytes
  }

  private static func accepted(_ target: Target, _ operation: RuntimeOperation) -> Outcome {
    var out = ObjectWriter()
    out.member("jsonrpc", "2.0")
    out.member("id", target.body["id"] ?? .null)
    out.member("operationId", operation.id)
    out.member("status", "accepted")
    out.end()
    var outcome = Outcome.bare(out.bytes)
    outcome.headers = [("x-beeos-operation-id", operation.id)]
    return outcome
  }

  private static func refused(_ target: Target, _ code: RuntimeCode) -> Outcome {
    var error = ObjectWriter()
    error.member("code", code.number)
    error.member("message", code.rawValue)
    error.end()
    var out = ObjectWriter()
    out.member("jsonrpc", "2.0")
    out.member("id", target.body["id"] ?? .null)
    out.member("error", json: error.bytes)
    out.end()
    var outcome = Outcome.bare(out.bytes)
    outcome.status = 200
    return outcome
  }

  // MARK: Operations

  /// Those under way, newest first; the cursor is the number before which the next page begins.
  private mutating func listOperations(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    guard let status = target.queryText("status") else { throw .missing("status") }
    guard status == "active" else { throw .bad("status", "active") }
    var before = Int.max
    if let cursor = target.queryText("cursor") {
      guard cursor.hasPrefix("op-"), let number = Int(cursor.dropFirst(3)),
        cursor == "op-\(number)",
        (1...max(runtime.count, 1)).contains(number)
      else { throw .bad("cursor", "one that a page gave") }
      before = number
    }
    let limit = target.queryNumber("limit") ?? Self.usualOperations
    let all = runtime.active(on: fleet.instances[position].id, before: before, at: now)
    let page = all.prefix(limit)
    var out = ObjectWriter()
    out.member("operations", jsons: page.map { $0.json(at: now) })
    if page.count < all.count, let last = page.last {
      out.member("nextCursor", "op-\(last.number)")
    }
    out.end()
    return .bare(out.bytes)
  }

  /// The operation of a path, which belongs to the instance of the path.
  mutating func runtimeOperation(
    _ target: Target, at now: Int
  ) throws(Refusal) -> RuntimeOperation {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    guard let operation = runtime[target.id(1).lowercased()],
      operation.instanceID == fleet.instances[position].id
    else { throw .notFound(target.id(1), "operation") }
    return operation
  }

  /// What happened after the event that the caller saw last, and what still happens.
  private mutating func operationEvents(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let operation = try runtimeOperation(target, at: now)
    let cursor = target.headers["last-event-id"] ?? "0"
    let isNumber = cursor == "0" || !cursor.hasPrefix("0")
    guard !cursor.isEmpty, isNumber, cursor.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
      throw .bad("Last-Event-ID", "the id of an event")
    }
    let last = operation.log(at: now).count
    guard let sequence = Int(cursor), sequence <= last else {
      throw .cursorAhead(operation.id, cursor: cursor, last: last)
    }
    return .stream(RuntimeFeed(operation: operation.id, sequence: sequence))
  }

  private mutating func cancelOperation(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let operation = try runtimeOperation(target, at: now)
    guard operation.method != "session/cancel" else { throw .cancelOfCancel(operation.id) }
    guard runtime.cancel(operation.id, at: now, slowness: faults.slowness) else {
      throw .notCancellable(operation.id)
    }
    var out = ObjectWriter()
    out.member("status", "cancel_requested")
    out.member("operationId", operation.id)
    out.end()
    var outcome = Outcome.bare(out.bytes)
    outcome.headers = [("x-beeos-operation-id", operation.id)]
    return outcome
  }
}
