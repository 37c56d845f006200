import Testing
import WaggleCatalogue
import WaggleValues

@testable import WaggleSandbox

@Suite("Runtimes of a world")
struct WorldRuntimeTests {
  private static let uuid = "0b0b0b0b-1111-4222-8333-444444444444"

  /// Sends a method to a runtime.
  private func call(
    _ visitor: Visitor, _ id: String, _ method: String, _ params: String = "{}",
    operation: String? = nil
  ) throws -> (status: Int, json: Value, header: String?) {
    var headers = [(name: "authorization", value: "Bearer \(visitor.world.key)")]
    if let operation { headers.append(("x-beeos-operation-id", operation)) }
    let response = try #require(
      visitor.raw(
        "POST", "/api/v1/instances/\(id)/methods",
        body: #"{"jsonrpc":"2.0","id":{"n":1},"method":"\#(method)","params":\#(params)}"#,
        headers: headers))
    var reader = JSONReader()
    let json = try reader.read(response.body)
    return (response.status, json, response.header("x-beeos-operation-id"))
  }

  /// The id of an operation that was begun.
  private func begin(_ visitor: Visitor, _ id: String, _ params: String = "{}") throws -> String {
    let (status, json, header) = try call(visitor, id, "models/list", params)
    let operation = try #require(json["operationId"]?.plainText)
    #expect(status == 202 && header == operation && json["id"]?.json() == #"{"n":1}"#)
    return operation
  }

  private func status(_ visitor: Visitor, _ id: String, _ operation: String) throws -> String {
    let (status, json) = try visitor.ask("GET", "/api/v1/instances/\(id)/operations/\(operation)")
    return json["status"]?.plainText ?? "\(status)"
  }

  /// A method, its parameters, and the code with which it is refused; nil where it is begun.
  static let methods: [(String, String, String?)] = [
    ("models/list", "{}", nil), ("skills/list", "{}", nil), ("cron/list", "{}", nil),
    ("cron/status", "{}", nil), ("cron/runs", "{}", nil), ("mcp/list", #"{"x":1}"#, nil),
    ("skills/install", "{}", "METHOD_NOT_SUPPORTED"), ("nonsense", "{}", "METHOD_NOT_SUPPORTED"),
    ("session/clear", "{}", "METHOD_NOT_SUPPORTED"), ("agent/create", "{}", "USE_AGENTS_API"),
    ("models/list", #"{"platformAgentId":"\#(uuid)"}"#, "UNAUTHORIZED_TARGET"),
    ("models/list", #"{"outcome":"perhaps"}"#, "INVALID_INVOCATION"),
    ("models/list", #"{"outcome":1}"#, "INVALID_INVOCATION"),
    ("models/list", #"{"refusal":"nothing"}"#, "INVALID_INVOCATION"),
  ]

  @Test("methods that read are begun, and others are refused by 200", arguments: methods)
  func refusals(method: String, params: String, code: String?) throws {
    let visitor = Visitor()
    let id = try visitor.instance("linux")
    let (status, json, _) = try call(visitor, id, method, params)
    #expect(status == (code == nil ? 202 : 200))
    #expect(json["error"]?["message"]?.plainText == code)
    #expect(json["jsonrpc"]?.plainText == "2.0" && json["id"]?.json() == #"{"n":1}"#)
  }

  @Test("each of the runtime's codes can be asked for")
  func codes() throws {
    let visitor = Visitor()
    let id = try visitor.instance("linux")
    for code in RuntimeCode.allCases {
      let (status, json, _) = try call(visitor, id, "x", #"{"refusal":"\#(code.rawValue)"}"#)
      #expect(status == 200 && json["error"]?["message"]?.plainText == code.rawValue)
      #expect(json["error"]?["code"]?.plainText == "\(code.number)")
    }
    let offline = try visitor.instance("linux", isOnline: false)
    let (_, json, _) = try call(visitor, offline, "models/list")
    #expect(json["error"]?["message"]?.plainText == "INSTANCE_OFFLINE")
  }

  @Test("an operation goes its way and gives what it found")
  func way() throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    let operation = try begin(visitor, id)
    var states: [String] = []
    for _ in 0..<20 {
      let state = try status(visitor, id, operation)
      if states.last != state { states.append(state) }
      visitor.pass(milliseconds: 100)
    }
    #expect(
      states == ["queued", "running", "runtime_committed", "projection_pending", "succeeded"])
    let (_, json) = try visitor.ask("GET", "/api/v1/instances/\(id)/operations/\(operation)")
    #expect(json["result"]?["models"] != nil && json["capability"]?.plainText == "models")
    #expect(json["sequence"]?.json() == #""7""#)
  }

  @Test("each outcome can be asked for", arguments: RuntimeOperation.End.allCases)
  func outcomes(end: RuntimeOperation.End) throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    let operation = try begin(visitor, id, #"{"outcome":"\#(end.rawValue)"}"#)
    visitor.pass(milliseconds: 10_000)
    #expect(try status(visitor, id, operation) == end.rawValue)
  }

  @Test("those under way are listed page by page, newest first")
  func list() throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    let path = "/api/v1/instances/\(id)/operations"
    let ids = try (0..<5).map { _ in try begin(visitor, id, #"{"outcome":"stuck"}"#) }
    _ = try begin(visitor, id)
    visitor.pass(milliseconds: 10_000)
    var found: [String] = []
    var cursor: String?
    repeat {
      let more = cursor.map { "&cursor=\($0)" } ?? ""
      let (_, json) = try visitor.ask("GET", path, query: "status=active&limit=2" + more)
      guard case .list(let list)? = json["operations"] else { return }
      #expect(list.elements.count <= 2)
      found += list.elements.compactMap { $0["id"]?.plainText }
      cursor = json["nextCursor"]?.plainText
    } while cursor != nil
    #expect(found == ids.reversed())
    let bad = [
      ("", "400 validation_error missing_param status"),
      ("status=done", "400 validation_error invalid_param status"),
      ("status=active&cursor=x", "400 validation_error invalid_param cursor"),
      ("status=active&cursor=op-0", "400 validation_error invalid_param cursor"),
      ("status=active&cursor=op-7", "400 validation_error invalid_param cursor"),
      ("status=active&limit=0", "400 validation_error invalid_param limit"),
      ("status=active&limit=201", "400 validation_error invalid_param limit"),
    ]
    for (query, verdict) in bad {
      #expect(try visitor.verdict("GET", path, query: query) == verdict)
    }
  }

  @Test("an operation is stopped while it can be, and refused without an envelope after that")
  func cancel() throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    func cancel(_ operation: String, key: String? = "k") throws -> String {
      var headers = [(name: "authorization", value: "Bearer \(visitor.world.key)")]
      if let key { headers.append(("idempotency-key", key + operation)) }
      let response = try #require(
        visitor.raw(
          "POST", "/api/v1/instances/\(id)/operations/\(operation)/cancel", headers: headers))
      return "\(response.status) " + String(decoding: response.body, as: UTF8.self)
    }
    let first = try begin(visitor, id)
    #expect(try cancel(first, key: nil).hasPrefix("400 "))
    #expect(
      try cancel(first) == #"202 {"status":"cancel_requested","operationId":"\#(first)"}"#)
    visitor.pass(milliseconds: 300)
    #expect(try status(visitor, id, first) == "cancelled")
    let second = try begin(visitor, id)
    visitor.pass(milliseconds: 1_000)
    #expect(
      try cancel(second)
        == #"409 {"code":"OPERATION_NOT_CANCELLABLE","operationId":"\#(second)","httpStatus":409}"#)
    #expect(try cancel(Self.uuid).hasPrefix("404 "))
  }

  @Test("the log goes on behind the event that was seen last, and no further than it is")
  func events() throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    let operation = try begin(visitor, id)
    func events(_ last: String?) throws -> String {
      var headers = [(name: "authorization", value: "Bearer \(visitor.world.key)")]
      if let last { headers.append(("last-event-id", last)) }
      let path = "/api/v1/instances/\(id)/operations/\(operation)/events"
      let response = try #require(visitor.raw("GET", path, headers: headers))
      let body = String(decoding: response.body, as: UTF8.self)
      guard response.status == 200 else { return "\(response.status) \(body)" }
      #expect(response.header("content-type") == "text/event-stream")
      return body.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { $0.dropFirst(4) }
        .joined(separator: " ")
    }
    #expect(try events(nil) == "")
    visitor.pass(milliseconds: 600)
    #expect(try events(nil) == "1 2")
    #expect(try events("1") == "2")
    #expect(try events("2") == "")
    #expect(
      try events("3")
        == #"409 {"code":"OPERATION_CURSOR_AHEAD","operationId":"\#(operation)","cursor":"3","#
        + #""lastSequence":"2","httpStatus":409}"#)
    for cursor in ["", "x", "-1", "01", "1.0"] {
      #expect(try events(cursor).hasPrefix("400 "))
    }
    let far = String(repeating: "9", count: 40)
    #expect(try events(far).hasPrefix("409 "))
    visitor.pass(milliseconds: 9_000)
    #expect(try events("2") == "3 4 5 6 7")
  }

  @Test("changes of a conversation are operations of the runtime of its agent's instance")
  func conversations() throws {
    var visitor = Visitor()
    let id = try visitor.instance("linux")
    let (_, agents) = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=\(id)")
    guard case .list(let list)? = agents["data"] else { return }
    let agent = try #require(list.elements.first?["id"]?.plainText)
    let path = "/api/v1/agents/\(agent)/conversations"
    let (_, opened) = try visitor.ask("POST", path, body: "{}")
    let conversation = try #require(opened["data"]?["conversation_id"]?.plainText)
    func clear(_ key: String) throws -> (status: Int, json: Value) {
      try visitor.ask(
        "POST", "\(path)/\(conversation)/clear",
        headers: [
          ("authorization", "Bearer \(visitor.world.key)"), ("idempotency-key", key),
          ("x-beeos-operation-id", Self.uuid),
        ])
    }
    let (status, cleared) = try clear("k")
    #expect(status == 202 && cleared["operationId"]?.plainText == Self.uuid)
    #expect(try clear("k").json.json() == cleared.json())
    #expect(try clear("another").status == 409)
    visitor.pass(milliseconds: 5_000)
    let (_, operation) = try visitor.ask("GET", "/api/v1/instances/\(id)/operations/\(Self.uuid)")
    #expect(operation["method"]?.plainText == "session/clear")
    #expect(operation["status"]?.plainText == "succeeded")
    #expect(operation["target"]?["scope"]?.plainText == "conversation")
    let target = operation["target"]?["conversationId"]?.plainText
    #expect(target.map { "ch-" + $0 } == conversation)
  }

  @Test("a request to cancel cannot itself be cancelled")
  func cancelOfCancel() throws {
    let visitor = Visitor()
    let id = try visitor.instance("linux")
    let (_, agents) = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=\(id)")
    guard case .list(let list)? = agents["data"] else { return }
    let path = "/api/v1/agents/\(try #require(list.elements.first?["id"]?.plainText))/conversations"
    let (_, opened) = try visitor.ask("POST", path, body: "{}")
    let talk = path + "/\(try #require(opened["data"]?["conversation_id"]?.plainText))"
    let (_, sent) = try visitor.ask("POST", talk + "/messages", body: #"{"message":"hello"}"#)
    let message = try #require(sent["data"]?["message_id"]?.plainText)
    let (status, accepted) = try visitor.ask(
      "POST", talk + "/cancel", body: #"{"target_message_id":"\#(message)"}"#)
    let operation = try #require(accepted["data"]?["operation_id"]?.plainText)
    #expect(status == 202)
    let key = [
      (name: "authorization", value: "Bearer \(visitor.world.key)"),
      (name: "idempotency-key", value: "k"),
    ]
    #expect(
      try visitor.verdict(
        "POST", "/api/v1/instances/\(id)/operations/\(operation)/cancel", headers: key)
        == "422 api_error conflict.invalid_state")
  }

  @Test("a client's own id names the operation, once")
  func ownID() throws {
    let visitor = Visitor()
    let id = try visitor.instance("linux")
    for _ in 0..<2 {
      let (status, json, _) = try call(visitor, id, "models/list", operation: Self.uuid)
      #expect(status == 202 && json["operationId"]?.plainText == Self.uuid)
    }
    let (status, json, _) = try call(visitor, id, "skills/list", operation: Self.uuid)
    #expect(status == 200 && json["error"]?["message"]?.plainText == "IDEMPOTENCY_CONFLICT")
  }

  @Test("an operation is found at its own instance alone, by its own owner")
  func foreign() throws {
    let visitor = Visitor()
    let (id, phone) = (try visitor.instance("linux"), try visitor.instance("android"))
    let operation = try begin(visitor, id)
    #expect(try status(visitor, phone, operation) == "404")
    let other = [(name: "authorization", value: "Bearer \(visitor.world.otherKey)")]
    #expect(
      try visitor.verdict(
        "GET", "/api/v1/instances/\(id)/operations/\(operation)", headers: other)
        == "404 not_found_error agent_not_found")
  }

  @Test("a session's ticket has the form of a JWT, and is another one each time")
  func sessions() throws {
    let visitor = Visitor()
    let id = try visitor.instance("linux")
    let (_, agents) = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=\(id)")
    guard case .list(let list)? = agents["data"] else { return }
    let agent = try #require(list.elements.first?["id"]?.plainText)
    func open(_ kind: String, _ more: String = "", agent: String) throws -> (Int, Value) {
      try visitor.ask(
        "POST", "/api/v1/instances/\(id)/\(kind)-sessions",
        body: #"{"platformAgentId":"\#(agent)"\#(more)}"#)
    }
    let (status, terminal) = try open("terminal", agent: agent)
    let parts = try #require(terminal["ticket"]?.plainText).split(separator: ".")
    #expect(status == 201 && parts.count == 3)
    #expect(parts[0] == "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InNhbmRib3gifQ")
    let earlier = try #require(terminal["terminalId"]?.plainText)
    let (again, resumed) = try open(
      "terminal", #","resumeTerminalId":"\#(earlier)""#, agent: agent)
    #expect(again == 201 && resumed["terminalId"]?.plainText == earlier)
    #expect(resumed["ticket"]?.plainText != terminal["ticket"]?.plainText)
    let conversation = #","conversationId":"\#(Self.uuid)""#
    #expect(try open("canvas", conversation, agent: agent).0 == 201)
    #expect(try open("canvas", agent: agent).0 == 400)
    #expect(try open("canvas", conversation + #","canvasId":"-x""#, agent: agent).0 == 400)
    #expect(try open("terminal", #","new":1"#, agent: agent).0 == 400)
    #expect(try open("terminal", agent: "nobody").0 == 400)
    #expect(try open("terminal", #","resumeTerminalId":"\#(Self.uuid)""#, agent: agent).0 == 404)
    #expect(try open("terminal", agent: Self.uuid).0 == 404)
  }

  @Test("base64 has no padding and letters fit for addresses")
  func base64() {
    let cases: [([UInt8], String)] = [
      ([], ""), ([0xFB], "-w"), ([0xFB, 0xFF], "-_8"), ([0xFB, 0xFF, 0xBF], "-_-_"),
      (Array("bees".utf8), "YmVlcw"),
    ]
    for (bytes, text) in cases { #expect(Ticket.base64URL(bytes) == text) }
  }
}
