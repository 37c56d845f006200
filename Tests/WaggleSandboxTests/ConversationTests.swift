import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct ConversationTests {
  private func headers(
    _ visitor: Visitor, key: String? = nil
  ) -> [(name: String, value: String)] {
    let own = (name: "authorization", value: "Bearer \(visitor.world.key)")
    return [own] + (key.map { [("idempotency-key", $0)] } ?? [])
  }

  private func send(_ visitor: Visitor, _ path: String, _ message: String) throws -> String {
    let (status, json) = try visitor.ask(
      "POST", path + "/messages", body: #"{"message":"\#(message)"}"#)
    #expect(status == 202)
    return try #require(json["data"]?["message_id"]?.plainText)
  }

  @Test("several turns may be under way, and each answer names its message")
  func turns() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    let first = try send(visitor, path, "[slow 4s] [say one]")
    let second = try send(visitor, path, "[say two]")
    visitor.pass(milliseconds: 8_000)
    let rows = try visitor.ask("GET", path + "/messages").json["data"]?["messages"]
    guard case .list(let list)? = rows else { return }
    let replies = list.elements.compactMap { row in
      row["in_reply_to"].map { "\($0.plainText == first ? 1 : 2) \(row["body"]?.plainText ?? "")" }
    }
    #expect(replies == ["2 two", "1 one"])
    #expect(first != second)
  }

  @Test("what is closed takes nothing more, and is forgotten a day later")
  func closing() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    #expect(visitor.raw("DELETE", path)?.status == 204)
    #expect(visitor.raw("DELETE", path)?.body.isEmpty == false)
    let closed = "409 conflict_error conflict"
    #expect(try visitor.verdict("DELETE", path) == closed)
    #expect(try visitor.verdict("POST", path + "/messages", body: #"{"message":"x"}"#) == closed)
    #expect(
      try visitor.verdict(
        "PATCH", path, body: #"{"title":"x"}"#, headers: headers(visitor, key: "k")) == closed)
    #expect(try visitor.read(path, "state") == "closed")
    visitor.pass(milliseconds: 86_400_000)
    #expect(try visitor.read(path, "state") == "404")
  }

  @Test("a title needs a key, and is 1 to 256 characters and nothing else")
  func rename() throws {
    let visitor = Visitor()
    let path = try visitor.conversation()
    func verdict(_ body: String, _ key: String?) throws -> String {
      try visitor.verdict("PATCH", path, body: body, headers: headers(visitor, key: key))
    }
    #expect(try verdict(#"{"title":"Monday"}"#, "a") == "200")
    #expect(try visitor.read(path, "title") == "Monday")
    #expect(
      try verdict(#"{"title":"x"}"#, nil) == "400 validation_error missing_param Idempotency-Key")
    #expect(
      try verdict(#"{"title":"x"}"#, String(repeating: "k", count: 129))
        == "400 validation_error invalid_param Idempotency-Key")
    #expect(try verdict(#"{"title":""}"#, "b") == "400 validation_error invalid_param title")
    #expect(try verdict(#"{"title":"x","a":1}"#, "b") == "400 validation_error invalid_param a")
  }

  @Test("an answer under way can be stopped once, by the message that it answers")
  func cancel() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    let message = try send(visitor, path, "[slow] x")
    let body = #"{"target_message_id":"\#(message)"}"#
    let (status, json) = try visitor.ask("POST", path + "/cancel", body: body)
    #expect(status == 202)
    #expect(json["data"]?["status"]?.plainText == "accepted")
    #expect(
      try visitor.verdict("POST", path + "/cancel", body: body) == "409 conflict_error conflict")
    #expect(
      try visitor.verdict("POST", path + "/cancel", body: #"{"target_message_id":"x"}"#)
        == "404 not_found_error agent_not_found")
    visitor.pass(milliseconds: 1)
    #expect(try visitor.rows(path + "/messages", "messages", "state").last == "cancelled")
  }

  @Test("what is cleared is gone, and offsets go on")
  func clear() throws {
    var visitor = Visitor()
    let path = try visitor.conversation()
    _ = try send(visitor, path, "x")
    visitor.pass(milliseconds: 5_000)
    let before = try visitor.ask("GET", path + "/messages").json["data"]?["latest_offset"]
    let answer = try #require(
      visitor.raw("POST", path + "/clear", headers: headers(visitor, key: "k")))
    #expect(answer.status == 202)
    let operation = try #require(answer.header("x-beeos-operation-id"))
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.contains(#""operationId":"\#(operation)""#))
    #expect(text.contains(#""currentGeneration":"1""#))
    #expect(try visitor.rows(path + "/messages", "messages", "type").isEmpty)
    let after = try visitor.ask("GET", path + "/messages").json["data"]?["latest_offset"]
    #expect(before?.plainText == after?.plainText)
  }

  @Test("a model overrides the agent's own until it is null; the answer has no body")
  func model() throws {
    let visitor = Visitor()
    let path = try visitor.conversation()
    let usual = try visitor.read(path, "effectiveModelId")
    func set(_ model: String, _ key: String) -> WireResponse? {
      visitor.raw(
        "PUT", path + "/model", body: #"{"modelOverrideId":\#(model)}"#,
        headers: headers(visitor, key: key))
    }
    let answer = try #require(set(#""o3""#, "a"))
    #expect(answer.status == 202 && answer.body.isEmpty)
    #expect(answer.header("x-beeos-operation-id") != nil)
    #expect(try visitor.read(path, "modelOverrideId", "effectiveModelId") == "o3 o3")
    #expect(set("null", "b")?.status == 202)
    #expect(try visitor.read(path, "modelOverrideId", "effectiveModelId") == "- \(usual)")
    #expect(set("7", "c")?.status == 400)
  }

  @Test("a task is no conversation, and a conversation is no task")
  func kinds() throws {
    let visitor = Visitor()
    let task = try visitor.task("x")
    let conversation = try visitor.conversation()
    #expect(
      try visitor.verdict("GET", task.replacing("/tasks/", with: "/conversations/"))
        == "400 validation_error invalid_param convId")
    #expect(
      try visitor.verdict("GET", conversation.replacing("/conversations/", with: "/tasks/"))
        == "404 not_found_error agent_not_found")
  }
}
