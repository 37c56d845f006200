import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct TaskTests {
  @Test("a task is queued, then runs, then is completed with its text as the result")
  func script() throws {
    var visitor = Visitor()
    let path = try visitor.task("count the bees")
    var states = [try visitor.read(path, "status")]
    for _ in 0..<40 {
      visitor.pass(milliseconds: 100)
      let state = try visitor.read(path, "status")
      if states.last != state { states.append(state) }
    }
    #expect(states == ["queued", "running", "completed"])
    #expect(try visitor.read(path, "result").contains("heard: count the bees"))
    #expect(try visitor.read(path, "error", "completed_at") != "- -")
    #expect(
      try visitor.rows(path + "/messages", "messages", "type") == ["chat_message", "agent_reply"])
    #expect(
      try visitor.rows(path + "/messages", "messages", "stop_reason").last == "end_turn")
  }

  @Test(
    "what a task comes to is ordered by words in brackets or by its metadata",
    arguments: [
      ("[say 42] how many?", "completed", "42"), ("[fail] x", "failed", "-"),
      ("[refuse] x", "rejected", "-"), ("[lost] x", "failed", "-"),
      ("[ask] x", "input_required", "-"),
      ("[auth] x", "auth_required", "-"), ("[hang] x", "running", "-"),
      ("[slow] x", "running", "-"), ("[slow 2s] [say y]", "completed", "y"),
      ("[bees] [say a [b] c", "completed", nil), ("are you healthy?", "completed", nil),
    ] as [(String, String, String?)])
  func endings(message: String, status: String, result: String?) throws {
    var visitor = Visitor()
    let path = try visitor.task(message)
    visitor.pass(milliseconds: 5_000)
    #expect(try visitor.read(path, "status") == status)
    if let result { #expect(try visitor.read(path, "result") == result) }
    let word = message.dropFirst().prefix { $0 != "]" }
    guard message.hasPrefix("["), !word.contains(" "), word != "bees" else { return }
    let other = try visitor.task("x", #","metadata":{"sandbox":"\#(word)"}"#)
    visitor.pass(milliseconds: 5_000)
    #expect(try visitor.read(other, "status") == status)
  }

  @Test("a pause is answered by what it asks for, and the task goes on")
  func pauses() throws {
    var visitor = Visitor()
    let path = try visitor.task("[ask] [auth] plan my day")
    visitor.pass(milliseconds: 3_000)
    let conflict = "409 conflict_error conflict"
    #expect(
      try visitor.verdict("POST", path + "/continue", body: #"{"auth_grant":true}"#) == conflict)
    #expect(try visitor.verdict("POST", path + "/continue", body: #"{"input":"swim"}"#) == "200")
    #expect(try visitor.read(path, "status") == "input_required")
    #expect(try visitor.verdict("POST", path + "/continue", body: #"{"input":"swim"}"#) == conflict)
    visitor.pass(milliseconds: 3_000)
    #expect(try visitor.read(path, "status") == "auth_required")
    #expect(try visitor.verdict("POST", path + "/continue", body: #"{"auth_grant":true}"#) == "200")
    visitor.pass(milliseconds: 3_000)
    #expect(try visitor.read(path, "status") == "completed")
    #expect(try visitor.read(path, "result").contains("Then you said: swim"))
    #expect(
      try visitor.rows(path + "/messages", "messages", "type") == [
        "chat_message", "agent.input_required", "user.continue", "agent.auth_required",
        "user.auth_grant", "agent_reply",
      ])
    #expect(try visitor.verdict("POST", path + "/continue") == conflict)
  }

  @Test("a task that is canceled stays so, and one that has ended otherwise cannot be")
  func cancel() throws {
    var visitor = Visitor()
    let path = try visitor.task("[slow] x")
    visitor.pass(milliseconds: 40_000)
    #expect(try visitor.verdict("POST", path + "/cancel", body: #"{"reason":"enough"}"#) == "200")
    #expect(try visitor.read(path, "status") == "canceled")
    #expect(try visitor.verdict("POST", path + "/cancel") == "200")
    #expect(
      try visitor.rows(path + "/messages", "messages", "state")
        == ["completed", "completed", "cancelled"])
    let other = try visitor.task("x")
    visitor.pass(milliseconds: 5_000)
    #expect(try visitor.verdict("POST", other + "/cancel") == "409 conflict_error conflict")
  }

  @Test("a task whose deadline comes first times out")
  func deadline() throws {
    var visitor = Visitor()
    let path = try visitor.task("[slow] x", #","deadline_ms":10000"#)
    visitor.pass(milliseconds: 9_999)
    #expect(try visitor.read(path, "status") == "running")
    visitor.pass(milliseconds: 1)
    #expect(try visitor.read(path, "status") == "timeout")
    let quick = try visitor.task("x", #","deadline_ms":10000"#)
    visitor.pass(milliseconds: 20_000)
    #expect(try visitor.read(quick, "status") == "completed")
  }

  @Test("an agent whose instance is stopped is lost to its task")
  func lost() throws {
    var visitor = Visitor()
    let path = try visitor.task("[slow] x")
    let instance = try #require(
      try visitor.ask("GET", path.agentPath)
        .json["data"]?["instanceId"]?.plainText)
    _ = visitor.raw("POST", "/api/v1/instances/\(instance)/stop")
    visitor.pass(milliseconds: 5_000)
    #expect(try visitor.read(path, "status", "error") == "failed the agent was lost")
  }

  @Test("lists hold the open ones, or those of a state, newest first and page by page")
  func lists() throws {
    var visitor = Visitor()
    var ids: [String] = []
    for number in 0..<7 { ids.append(try visitor.task("[hang] \(number)").lastPart) }
    let over = try visitor.task("x").lastPart
    visitor.pass(milliseconds: 5_000)
    let path = "/api/v1/tasks"
    func tasks(_ query: String) throws -> [String] {
      try visitor.rows(path, "tasks", "task_id", query: query)
    }
    #expect(try tasks("") == ids.reversed())
    #expect(try tasks("state=closed") == [over])
    #expect(try tasks("state=all") == [over] + ids.reversed())
    #expect(try tasks("state=open&instance_id=instance_99").isEmpty)
    let first = try visitor.ask("GET", path, query: "limit=3").json
    let cursor = try #require(first["data"]?["next_since"]?.plainText)
    _ = try visitor.task("[hang] late")
    #expect(try tasks("limit=3&since=\(cursor)") == ids.reversed().dropFirst(3).prefix(3) + [])
    let bad = "400 validation_error invalid_param since"
    for since in ["x", "1-abc", "99999999999999999999-a", cursor + "0"] {
      #expect(try visitor.verdict("GET", path, query: "since=\(since)") == bad)
    }
    #expect(
      try visitor.verdict("GET", path, query: "state=none")
        == "400 validation_error invalid_param state")
  }

  @Test("messages are paged by offset, each as it is now; pieces of thought only where asked for")
  func messages() throws {
    var visitor = Visitor()
    let path = try visitor.task("x") + "/messages"
    visitor.pass(milliseconds: 5_000)
    let whole = try visitor.ask("GET", path).json["data"]
    #expect(whole?["has_more"]?.plainText == "false")
    let first = try visitor.ask("GET", path, query: "limit=1").json["data"]
    #expect(first?["has_more"]?.plainText == "true")
    #expect(first?["next_since"]?.plainText == "1")
    #expect(first?["latest_offset"]?.plainText == whole?["latest_offset"]?.plainText)
    #expect(try visitor.rows(path, "messages", "type", query: "since=1") == ["agent_reply"])
    for yes in ["true", "1", "YES"] {
      #expect(
        try visitor.rows(path, "messages", "type", query: "include_deltas=\(yes)") == [
          "chat_message", "agent_thought_chunk", "agent_reply",
        ])
    }
    #expect(try visitor.rows(path, "messages", "type", query: "include_deltas=on").count == 2)
  }
}

extension String {
  /// The last part of a path.
  var lastPart: String { String(split(separator: "/").last ?? "") }

  /// The path of the agent in the path of a task.
  fileprivate var agentPath: String { "/" + split(separator: "/").prefix(4).joined(separator: "/") }
}
