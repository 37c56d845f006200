import Testing
import WaggleCatalogue
import WaggleHTTP
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

@Suite("Through the HTTP gateway and the door")
struct WholeWayTests {
  private static func call(
    _ id: String, path: [String] = [], query: [(name: String, value: Value)] = [],
    body: [(String, Value)]? = nil
  ) throws -> Call {
    var record = Record()
    for (name, value) in body ?? [] { try record.set(name, value) }
    return Call(
      try #require(Catalogue.beeOS.operation(id: id)), path: path, query: query,
      body: body == nil ? nil : record)
  }

  private static func gateway(_ door: Door, _ world: World) throws -> HTTPGateway {
    try HTTPGateway(
      endpoint: Endpoint(door.address, from: "door"), key: Secret(world.key), version: "1",
      environment: { _ in nil })
  }

  /// What a call comes to, in full, as text.
  private func told(_ gateway: some Gateway, _ call: Call, on strand: Strand) -> String {
    do throws(CallFault) {
      let reply = try gateway.send(call, on: strand)
      let total = reply.total.map { " of \($0)" } ?? ""
      return "\(reply.status)\(total) \(reply.requestID ?? "") \(reply.data.json())"
    } catch {
      return "\(error)"
    }
  }

  private static func calls() throws -> [Call] {
    [
      try call("listInstances"),
      try call("listInstances", query: [("page", .int(1)), ("pageSize", .int(7))]),
      try call("listInstances", query: [("search", .text("ä&b=c /?#+%"))]),
      try call("listInstances", query: [("pageSize", .int(500))]),
      try call("getInstance", path: ["instance_1"]),
      try call("getInstance", path: ["no/such?id#%20é"]),
      try call("getInstance", path: [".."]),
      try call("getDeviceInfo", path: ["instance_1"]),
      try call("stopInstance", path: ["instance_2"]),
      try call("startInstance", path: ["instance_2"]),
      try call("restartInstance", path: ["instance_3"]),
      try call(
        "deployInstance",
        body: [("name", .text("Bücher \u{1F41D} \"x\"\n")), ("agentFramework", .text("openclaw"))]),
      try call("deployInstance", body: [("name", .int(1))]),
      try call("destroyInstance", path: ["instance_4"]),
      try call("listInstances", query: [("status", .text("running"))]),
    ] + (try otherCalls())
  }

  /// Calls of the groups besides instances; some of them are refused.
  private static func otherCalls() throws -> [Call] {
    let point: [(String, Value)] = [("x", .int(7)), ("y", .int(7))]
    let method: [(String, Value)] = [
      ("jsonrpc", .text("2.0")), ("id", .int(1)), ("method", .text("models/list")),
      ("params", .record(Record())),
    ]
    return [
      try call("listProviders"),
      try call("listDeployRegions", query: [("providerId", .text("apiary"))]),
      try call("listDeployModels"),
      try call(
        "presignFileUpload", body: [("filename", .text("ü")), ("content_type", .text("a/b"))]),
      try call("presignFileUpload", body: [("filename", .text("ü")), ("content_type", .text(""))]),
      try call("getFile", path: ["file_1"]), try call("getFile", path: ["file_2"]),
    ]
      + (try (5...20).flatMap { number in
        let path = ["instance_\(number)"]
        return [
          try call("getComputerInfo", path: path), try call("getMobileInfo", path: path),
          try call("computerClick", path: path, body: point),
          try call("computerScreenshot", path: path),
          try call("mobileTap", path: path, body: point), try call("mobileGetUiTree", path: path),
          try call("getRuntimeCapabilities", path: path),
          try call("invokeRuntimeMethod", path: path, body: method),
          try call("listRuntimeOperations", path: path, query: [("status", .text("active"))]),
        ]
      })
  }

  @Test("calls get the replies and the faults that they get in process")
  func same() throws {
    let clock = VirtualStrands(seed: 1, start: Instant(nanoseconds: 1_750_000_000_000_000_000))
    let near = World(seed: 3, instances: 30, start: clock.now)
    let far = World(seed: 3, instances: 30, start: clock.now)
    let inProcess = SandboxGateway(near)
    let outcome: Result<Void, any Error> = WallStrands(seed: 1).main(token: Token()) { strand in
      Result {
        let door = try Door.open(far, port: 0, clock: clock, on: strand)
        defer { door.close(on: strand) }
        near.stand(at: door.address)
        let gateway = try Self.gateway(door, far)
        for call in try Self.calls() {
          let overHTTP = told(gateway, call, on: strand)
          let direct = clock.main(token: Token()) { told(inProcess, call, on: $0) }
          #expect(overHTTP == direct)
        }
      }
    }
    try outcome.get()
  }

  @Test("agents, tasks and conversations answer as they do in process")
  func talking() throws {
    let clock = VirtualStrands(seed: 1, start: Instant(nanoseconds: 1_750_000_000_000_000_000))
    let near = SandboxGateway(World(seed: 3, instances: 30, start: clock.now))
    let far = World(seed: 3, instances: 30, start: clock.now)
    let outcome: Result<Void, any Error> = WallStrands(seed: 1).main(token: Token()) { strand in
      Result {
        let door = try Door.open(far, port: 0, clock: clock, on: strand)
        defer { door.close(on: strand) }
        let gateway = try Self.gateway(door, far)
        func ask(
          _ id: String, _ path: [String], _ body: [(String, Value)]? = nil
        ) throws -> String {
          let call = try Self.call(id, path: path, body: body)
          let overHTTP = told(gateway, call, on: strand)
          let direct = clock.main(token: Token()) { told(near, call, on: $0) }
          #expect(overHTTP == direct, "\(id)")
          return direct
        }
        let agent = try ask("listAgents", []).value(of: "id")
        let message = [("message", Value.text("[say well] how are you?"))]
        let task = try ask("createTask", [agent], message).value(of: "task_id")
        let talk = try ask("createConversation", [agent], []).value(of: "conversation_id")
        let invoke = try Self.call("invokeAgent", path: [agent], body: message)
        let replies = Guarded<[String?]>([nil, nil])
        // What is waited for comes when the clock goes on, which only the call in process makes it do.
        strand.parallel(rounds: 2, width: 2, token: strand.token, name: { "\($0)" }) {
          round, strand in
          while round == 1, far.countOfTasks(at: clock.now) < 2 {
            strand.sleep(nanoseconds: 1_000_000)
          }
          let reply =
            round == 0
            ? told(gateway, invoke, on: strand)
            : clock.main(token: Token()) { told(near, invoke, on: $0) }
          replies.withLock { $0[round] = reply }
          return true
        }
        let (overHTTP, direct) = replies.withLock { ($0[0], $0[1]) }
        #expect(overHTTP != nil && overHTTP == direct)
        _ = try ask("sendConversationMessage", [agent, talk], message)
        _ = try ask("cancelTask", [agent, task], [])
        for id in ["getTask", "listTaskMessages", "continueTask"] {
          _ = try ask(id, [agent, task], id == "continueTask" ? [] : nil)
        }
        for id in ["getConversation", "listConversationMessages", "deleteConversation"] {
          _ = try ask(id, [agent, talk])
        }
        for id in ["getAgent", "deleteAgent", "listAgentTasks", "listConversations"] {
          _ = try ask(id, [agent])
        }
      }
    }
    try outcome.get()
  }

  @Test("answers that the world cuts or loses are faults")
  func faults() throws {
    try Doorway.open(faults: [.flaky(1)]) { way, strand in
      let gateway = try Self.gateway(way.door, way.world)
      let call = try Self.call("listInstances")
      var codes: Set<String> = []
      for _ in 0..<30 {
        do throws(CallFault) {
          _ = try gateway.send(call, on: strand)
        } catch {
          codes.insert(error.code)
        }
      }
      #expect(codes.isSuperset(of: ["malformed_answer", "lost_answer"]))
    }
  }
}

extension World {
  /// How many tasks its owner has, in whatever state.
  fileprivate func countOfTasks(at now: Instant) -> Int {
    let request = WireRequest(
      method: "GET", path: "/api/v1/tasks", query: "state=all",
      headers: [("authorization", "Bearer \(key)")])
    let body = handle(request, at: now).response.map { String(decoding: $0.body, as: UTF8.self) }
    return (body ?? "").split(separator: "\"task_id\"").count - 1
  }
}

extension String {
  /// The first text of a field in some JSON.
  fileprivate func value(of field: String) -> String {
    String(split(separator: "\"\(field)\":\"").dropFirst().first?.prefix { $0 != "\"" } ?? "")
  }
}
