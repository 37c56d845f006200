import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct KeyTests {
  @Test("the same key and payload give the same task, another payload a conflict, for a day")
  func bodyKey() throws {
    var visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())/tasks"
    func create(_ message: String, _ key: String) throws -> String? {
      let (status, json) = try visitor.ask(
        "POST", path, body: #"{"message":"\#(message)","idempotency_key":"\#(key)"}"#)
      return json["data"]?["task_id"]?.plainText ?? "\(status)"
    }
    let first = try create("x", "k")
    #expect(try create("x", "k") == first)
    #expect(try create("y", "k") == "409")
    #expect(try create("x", "l") != first)
    visitor.pass(milliseconds: 86_399_999)
    #expect(try create("x", "k") == first)
    visitor.pass(milliseconds: 1)
    #expect(try create("x", "k") != first)
  }

  @Test("a key in a header makes one conversation of two sendings, even of a lost reply")
  func headerKey() throws {
    let visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())/conversations"
    func create(_ body: String) -> WireResponse? {
      visitor.raw(
        "POST", path, body: body,
        headers: [("authorization", "Bearer \(visitor.world.key)"), ("idempotency-key", "k")])
    }
    #expect(create("{}")?.body == create("{ }")?.body)
    #expect(create(#"{"title":"x"}"#)?.status == 409)
    #expect(try visitor.rows(path, "conversations", "title").count == 1)
  }

  @Test("an answer that is still to come is told at its moment, whichever sending asks")
  func waiting() throws {
    var visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())/invoke"
    let request = WireRequest(
      method: "POST", path: path, headers: [("authorization", "Bearer \(visitor.world.key)")],
      body: Array(#"{"message":"[slow 9s] x","idempotency_key":"k"}"#.utf8))
    #expect(visitor.world.handle(request, at: visitor.now).latency == 9_000_000_000)
    visitor.pass(milliseconds: 4_000)
    #expect(visitor.world.handle(request, at: visitor.now).latency == 5_000_000_000)
    visitor.pass(milliseconds: 6_000)
    #expect(visitor.world.handle(request, at: visitor.now).latency == 150_000_000)
    #expect(try visitor.rows("/api/v1/tasks", "tasks", "task_id", query: "state=all").count == 1)
  }
}
