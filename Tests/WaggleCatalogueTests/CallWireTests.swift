import Testing
import WaggleValues

@testable import WaggleCatalogue

@Suite struct CallWireTests {
  private func call(
    _ id: String, path: [String] = [], query: [(name: String, value: Value)] = [],
    body: Record? = nil
  ) throws -> Call {
    Call(
      try #require(Catalogue.beeOS.operation(id: id)), path: path, query: query, body: body)
  }

  @Test(
    "an id goes into the path whatever it holds",
    arguments: [
      ("instance_7", "instance_7"), ("a/b", "a%2Fb"), ("a b+c", "a%20b%2Bc"),
      ("a?b#c", "a%3Fb%23c"),
      ("%2F", "%252F"), ("é🐝", "%C3%A9%F0%9F%90%9D"), ("-._~", "-._~"), ("\u{0}\u{7F}", "%00%7F"),
    ])
  func paths(id: String, segment: String) throws {
    let request = try call("startInstance", path: [id]).wireRequest()
    #expect(request.method == "POST")
    #expect(request.path == "/api/v1/instances/\(segment)/start")
    #expect(request.query == "" && request.body == [])
    #expect(request.headers.map { "\($0.name): \($0.value)" } == ["accept: application/json"])
  }

  @Test("query parameters keep their order and are encoded")
  func query() throws {
    let request = try call(
      "listInstances",
      query: [
        ("search", .text("a&b=c d")), ("page", .int(2)), ("status", .text("running")),
        ("clusterId", .secret(Secret("ü"))),
      ]
    ).wireRequest()
    #expect(request.path == "/api/v1/instances")
    #expect(request.query == "search=a%26b%3Dc%20d&page=2&status=running&clusterId=%C3%BC")
  }

  @Test("a body is JSON with its secrets as they are")
  func body() throws {
    let record = try Record([
      ("name", .text("a \"b\"\n")), ("variantId", .secret(Secret("v"))), ("models", .list(List())),
    ])
    let request = try call("deployInstance", body: record).wireRequest()
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"name":"a \"b\"\n","variantId":"v","models":[]}"#)
    #expect(
      request.headers.map { "\($0.name): \($0.value)" }
        == ["accept: application/json", "content-type: application/json"])
  }
}
