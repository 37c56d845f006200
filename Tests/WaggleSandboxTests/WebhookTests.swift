import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct WebhookTests {
  private static let secret = "0123456789abcdef"

  /// Registers an address for a task; gives the webhook's path.
  private func register(_ visitor: Visitor, _ task: String, _ url: String) throws -> String {
    let (status, json) = try visitor.ask(
      "POST", task + "/webhooks", body: #"{"url":"\#(url)","secret":"\#(Self.secret)"}"#)
    #expect(status == 201)
    return "\(task)/webhooks/\(try #require(json["data"]?["webhook_id"]?.plainText))"
  }

  /// A delivery's state, attempts and last answer.
  private func state(_ visitor: Visitor, _ webhook: String) throws -> String {
    let (_, json) = try visitor.ask("GET", webhook + "/deliveries")
    guard case .list(let list)? = json["data"]?["deliveries"] else { return "-" }
    return list.elements.map { row in
      ["status", "attempt_num", "last_response_status"].compactMap { row[$0]?.plainText }
        .joined(separator: " ")
    }.joined(separator: ", ")
  }

  @Test(
    "what is no address or no secret is refused",
    arguments: [
      (#"{"url":"https://a.example/x"}"#, "201"), (#"{"url":"http://a.example"}"#, "201"),
      (#"{"url":"/x"}"#, "400 validation_error invalid_param url"),
      (#"{"url":"ftp://a.example"}"#, "400 validation_error invalid_param url"),
      (#"{"url":"https://"}"#, "400 validation_error invalid_param url"),
      ("{}", "400 validation_error missing_param url"),
      (
        #"{"url":"https://a.example","secret":"short"}"#,
        "400 validation_error invalid_param secret"
      ),
      (#"{"url":"https://a.example","secret":""}"#, "201"),
    ])
  func registering(body: String, verdict: String) throws {
    let visitor = Visitor()
    let task = try visitor.task("x")
    #expect(try visitor.verdict("POST", task + "/webhooks", body: body) == verdict)
  }

  @Test("an address is one webhook of a task, keeps its secret, and is gone when it is deleted")
  func once() throws {
    let visitor = Visitor()
    let task = try visitor.task("x")
    let first = try register(visitor, task, "https://a.example/x")
    let again = try visitor.ask(
      "POST", task + "/webhooks", body: #"{"url":"https://a.example/x","secret":""}"#
    ).json
    #expect(again["data"]?["webhook_id"]?.plainText == first.lastPart)
    #expect(again["data"]?["has_secret"]?.plainText == "true")
    #expect(again["data"]?["secret"] == nil)
    _ = try register(visitor, task, "https://b.example/x")
    #expect(try visitor.rows(task + "/webhooks", "webhooks", "url").count == 2)
    #expect(visitor.raw("DELETE", first)?.status == 204)
    #expect(try visitor.verdict("DELETE", first) == "404 not_found_error agent_not_found")
    #expect(try visitor.rows(task + "/webhooks", "webhooks", "url") == ["https://b.example/x"])
  }

  @Test("a webhook is told of the end alone, and tried again after its pauses until it is dead")
  func retries() throws {
    var visitor = Visitor()
    let task = try visitor.task("x")
    let webhook = try register(visitor, task, "https://a.example/x")
    #expect(visitor.world.takeLetters(at: visitor.now).isEmpty)
    visitor.pass(milliseconds: 5_000)
    for (attempt, pause) in [60, 300, 1_800, 7_200, 43_200, 0].enumerated() {
      let letter = try #require(visitor.world.takeLetters(at: visitor.now).first)
      #expect(visitor.world.takeLetters(at: visitor.now).isEmpty)
      visitor.world.note(Receipt(letter: letter.id, status: 503), at: visitor.now)
      let status = attempt < 5 ? "failed" : "dead_letter"
      #expect(try state(visitor, webhook) == "\(status) \(attempt + 1) 503")
      visitor.pass(milliseconds: pause * 1000 - 1)
      #expect(visitor.world.takeLetters(at: visitor.now).isEmpty)
      visitor.pass(milliseconds: 1)
    }
    visitor.pass(milliseconds: 86_400)
    #expect(visitor.world.takeLetters(at: visitor.now).isEmpty)
  }

  @Test("what failed is delivered again on request, as a delivery of its own")
  func redelivery() throws {
    var visitor = Visitor()
    let task = try visitor.task("x")
    let webhook = try register(visitor, task, "https://a.example/x")
    visitor.pass(milliseconds: 5_000)
    let letter = try #require(visitor.world.takeLetters(at: visitor.now).first)
    let path = "\(webhook)/deliveries/\(letter.id)/redeliver"
    #expect(try visitor.verdict("POST", path) == "409 conflict_error conflict.invalid_state")
    visitor.world.note(Receipt(letter: letter.id, status: nil, error: "no"), at: visitor.now)
    #expect(try visitor.verdict("POST", path) == "202")
    #expect(try state(visitor, webhook) == "pending 0 0, failed 1 0")
    #expect(
      try visitor.verdict("POST", "\(webhook)/deliveries/del-x/redeliver")
        == "404 not_found_error not_found")
    #expect(
      try visitor.rows(webhook + "/deliveries", "deliveries", "status", query: "limit=0") == [
        "pending"
      ])
    #expect(
      try visitor.rows(webhook + "/deliveries", "deliveries", "status", query: "limit=900").count
        == 2)
  }
}
