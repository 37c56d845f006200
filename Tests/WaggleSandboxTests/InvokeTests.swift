import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct InvokeTests {
  private func invoke(_ visitor: Visitor, _ message: String, _ more: String = "") throws -> String {
    let body = #"{"message":"\#(message)"\#(more)}"#
    let path = "/api/v1/agents/\(try visitor.agent())/invoke"
    let verdict = try visitor.verdict("POST", path, body: body)
    guard verdict == "200" else { return verdict }
    let (_, json) = try visitor.ask("POST", path, body: body)
    return ["text", "is_error"].compactMap { json["data"]?[$0]?.plainText }.joined(separator: " ")
  }

  @Test(
    "an agent answers, fails in its answer, or the call is refused",
    arguments: [
      ("[say well, thank you]", "", "well, thank you false"),
      ("[fail]", "", "the agent failed: it was told to, or out of luck true"),
      ("[refuse] x", "", "I must not do that. true"),
      ("[ask] x", "", "the agent asks for input true"),
      ("[reject] x", "", "409 conflict_error task_rejected"),
      ("[busy] x", "", "409 conflict_error conflict"),
      ("[offline] x", "", "503 api_error agent_offline"),
      ("[unavailable] x", "", "503 api_error agent_service_unavailable"),
      ("[hang] x", "", "504 api_error service_timeout"),
      ("[slow 110s] [say a]", "", "a false"),
      ("[slow 116s] x", "", "504 api_error service_timeout"),
      ("[slow 5s] x", #","timeout_ms":4000"#, "504 api_error service_timeout"),
      ("[slow 5s] [say a]", #","timeout_ms":900000"#, "a false"),
      ("[say a]", #","timeout_ms":0"#, "504 api_error service_timeout"),
      ("[say a]", #","context_id":"ch-1""#, "404 not_found_error agent_not_found"),
    ])
  func answers(message: String, more: String, result: String) throws {
    #expect(try invoke(Visitor(), message, more) == result)
  }

  @Test("an answer takes as long as the agent, and one that is waited for too long the whole wait")
  func latency() throws {
    let visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())/invoke"
    func latency(_ body: String) -> Int {
      let request = WireRequest(
        method: "POST", path: path, headers: [("authorization", "Bearer \(visitor.world.key)")],
        body: Array(body.utf8))
      return visitor.world.handle(request, at: visitor.now).latency / 1_000_000
    }
    #expect((1500..<2500).contains(latency(#"{"message":"x"}"#)))
    #expect(latency(#"{"message":"[slow 30s] x"}"#) == 30_000)
    #expect(latency(#"{"message":"[hang]","timeout_ms":1}"#) == 100)
    #expect(latency(#"{"message":"[hang]"}"#) == 115_000)
  }

  @Test(
    "what is done meanwhile decides the answer, soon", arguments: [true, false])
  func cancelled(isStream: Bool) throws {
    var visitor = Visitor()
    let agent = try visitor.agent()
    var request = WireRequest(
      method: "POST", path: "/api/v1/agents/\(agent)/invoke",
      headers: [("authorization", "Bearer \(visitor.world.key)")],
      body: Array(#"{"message":"[slow 60s] x"}"#.utf8))
    if isStream { request.headers.append(("accept", "text/event-stream")) }
    let opening = visitor.world.open(request, at: visitor.now)
    visitor.pass(milliseconds: 5_000)
    let task = try #require(try visitor.rows("/api/v1/tasks", "tasks", "task_id").first)
    let path = "/api/v1/agents/\(agent)/tasks/\(task)/cancel"
    #expect(try visitor.verdict("POST", path, body: "{}") == "200")
    visitor.pass(milliseconds: 500)
    switch opening {
    case .pending(let reply):
      #expect(!isStream)
      guard case .answer(let answer) = reply.next(at: visitor.now) else {
        Issue.record("there is no answer yet")
        return
      }
      let body = String(decoding: try #require(answer.response).body, as: UTF8.self)
      #expect(body.contains(#""text":"the task was canceled""#))
      #expect(body.contains(#""is_error":true"#))
    case .stream(let head, _, let stream):
      #expect(isStream)
      let answer = World.whole(head, 0, stream, at: visitor.now)
      let body = String(decoding: try #require(answer.response).body, as: UTF8.self)
      #expect(body.contains(#""error":"the task was canceled","code":"agent_reply_error"}"#))
    case .answer: Issue.record("it was decided when it was asked")
    }
  }

  @Test("an agent whose instance stops meanwhile is lost")
  func stopped() throws {
    var visitor = Visitor()
    let agent = try visitor.agent()
    let request = WireRequest(
      method: "POST", path: "/api/v1/agents/\(agent)/invoke",
      headers: [("authorization", "Bearer \(visitor.world.key)")],
      body: Array(#"{"message":"[slow 60s] x"}"#.utf8))
    guard case .pending(let reply) = visitor.world.open(request, at: visitor.now) else {
      Issue.record("it was decided when it was asked")
      return
    }
    let (_, json) = try visitor.ask("GET", "/api/v1/agents/\(agent)")
    let instance = try #require(json["data"]?["instanceId"]?.plainText)
    #expect(try visitor.verdict("POST", "/api/v1/instances/\(instance)/stop") == "200")
    visitor.pass(milliseconds: 30_000)
    guard case .answer(let answer) = reply.next(at: visitor.now) else {
      Issue.record("there is no answer yet")
      return
    }
    let body = String(decoding: try #require(answer.response).body, as: UTF8.self)
    #expect(body.contains(#""text":"the agent was lost""#))
  }

  @Test("after a wait that was too long the agent goes on, and its task can be read")
  func goesOn() throws {
    var visitor = Visitor()
    _ = try invoke(visitor, "[slow 5s] [say done]", #","timeout_ms":1000"#)
    visitor.pass(milliseconds: 6_000)
    let task = try #require(
      try visitor.rows("/api/v1/tasks", "tasks", "task_id", query: "state=closed").first)
    #expect(
      try visitor.read("/api/v1/agents/\(visitor.agent())/tasks/\(task)", "status", "result")
        == "completed done")
  }

  @Test("an agent that has enough to do is busy, and one whose instance is stopped is offline")
  func busy() throws {
    let visitor = Visitor()
    for _ in 0..<8 { _ = try visitor.task("[hang]") }
    #expect(try invoke(visitor, "x") == "409 conflict_error conflict")
    let stopped = try #require(try visitor.ids("status=stopped").first)
    let agents = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=\(stopped)").json
    guard case .list(let list)? = agents["data"] else { return }
    let agent = list.elements.first?["id"]?.plainText ?? ""
    #expect(
      try visitor.verdict("POST", "/api/v1/agents/\(agent)/invoke", body: #"{"message":"x"}"#)
        == "503 api_error agent_offline")
  }

  @Test("a stream of an answer gives thoughts, pieces that join to the text, and one end")
  func stream() throws {
    var visitor = Visitor()
    let events = try visitor.events(
      "POST", "/api/v1/agents/\(visitor.agent())/invoke", body: #"{"message":"[say abcdefgh]"}"#)
    #expect(events.count == 6)
    #expect(events.first == #"{"type":"reasoning","text":"reading: "}"#)
    #expect(
      events.dropFirst().prefix(4) == [
        #"{"type":"delta","text":"ab"}"#, #"{"type":"delta","text":"cd"}"#,
        #"{"type":"delta","text":"ef"}"#, #"{"type":"delta","text":"gh"}"#,
      ])
    #expect(events.last?.hasPrefix(#"{"type":"done","text":"abcdefgh","context_id":"ch-"#) == true)
  }

  @Test(
    "a stream of what is no answer ends with the reason",
    arguments: [
      ("[fail]", #""code":"agent_reply_error"}"#), ("[refuse]", #""code":"agent_rejected"}"#),
      ("[lost]", #""code":"agent_reply_error"}"#), ("[hang]", #""code":"service_timeout"}"#),
      ("[ask]", #""code":"input_required"}"#),
    ])
  func streamEnds(message: String, end: String) throws {
    var visitor = Visitor()
    let events = try visitor.events(
      "POST", "/api/v1/agents/\(visitor.agent())/invoke", body: #"{"message":"\#(message)"}"#)
    #expect(events.last?.hasSuffix(end) == true)
    #expect(events.last?.contains(#""is_error":true"#) == true)
    #expect(events.contains { $0.contains(#""status_code":504"#) } == (message == "[hang]"))
  }
}
