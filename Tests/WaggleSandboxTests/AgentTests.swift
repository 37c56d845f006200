import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct AgentTests {
  @Test("a list for one instance says how far its runtime has told of its agents")
  func projection() throws {
    let visitor = Visitor()
    let id = try #require(try visitor.ids("status=running").first)
    let (_, one) = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=\(id)")
    let projection = try #require(one["projection"])
    #expect(projection["syncState"]?.plainText == "synced")
    #expect(projection["canonicalHash"]?.plainText.utf8.count == 64)
    let (_, all) = try visitor.ask("GET", "/api/v1/agents")
    #expect(all["projection"] == nil)
  }

  @Test("each instance that has run has one agent, the same each time")
  func agents() throws {
    let visitor = Visitor()
    let (_, json) = try visitor.ask("GET", "/api/v1/agents", query: "limit=100")
    #expect(json["total"]?.plainText == "24")
    guard case .list(let list)? = json["data"] else { return }
    let states = list.elements.map { $0["status"]?.plainText == "active" }
    #expect(states.first == true && states.last == false)
    let again = try Visitor().ask("GET", "/api/v1/agents", query: "limit=100").json
    #expect(again.json() == json.json())
    #expect(Set(list.elements.compactMap { $0["id"]?.plainText }).count == 24)
  }

  @Test("an agent appears when its instance first runs, and stays while it is stopped")
  func appears() throws {
    var visitor = Visitor()
    let id = try visitor.deploy()
    let query = "instance_id=\(id)"
    func total() throws -> String? {
      try visitor.ask("GET", "/api/v1/agents", query: query).json["total"]?.plainText
    }
    #expect(try total() == "0")
    _ = try visitor.step()
    #expect(try total() == "0")
    _ = try visitor.step()
    #expect(try total() == "1")
    _ = visitor.raw("POST", "/api/v1/instances/\(id)/stop")
    visitor.pass(milliseconds: 5_000)
    #expect(try total() == "1")
    let (_, json) = try visitor.ask("GET", "/api/v1/agents", query: query + "&status=active")
    #expect(json["total"]?.plainText == "0")
    _ = visitor.raw("DELETE", "/api/v1/instances/\(id)")
    visitor.pass(milliseconds: 120_000)
    #expect(try total() == "0")
  }

  @Test(
    "agents are paged by offset, with the total",
    arguments: [
      ("", 20), ("limit=5", 5), ("limit=5&offset=22", 2), ("offset=24", 0),
      ("offset=2147483647", 0),
      ("limit=2147483647", 24),
    ])
  func pages(query: String, count: Int) throws {
    let (_, json) = try Visitor().ask("GET", "/api/v1/agents", query: query)
    guard case .list(let list)? = json["data"] else { return }
    #expect(list.count == count)
    #expect(json["total"]?.plainText == "24")
  }

  @Test(
    "what is no page or no filter is refused",
    arguments: [
      ("limit=0", "400 validation_error invalid_param limit"),
      ("limit=-1", "400 validation_error invalid_param limit"),
      ("offset=-1", "400 validation_error invalid_param offset"),
      ("limit=2147483648", "400 validation_error invalid_param limit"),
      ("instance_id=a&instanceId=b", "400 validation_error invalid_param instanceId"),
    ])
  func noPages(query: String, verdict: String) throws {
    #expect(try Visitor().verdict("GET", "/api/v1/agents", query: query) == verdict)
  }

  @Test(
    "what an owner may set is set, and nothing else",
    arguments: [
      (#"{"visibility":"public"}"#, "200"), (#"{"mcpEnabled":false}"#, "200"),
      (#"{"mcp_enabled":false,"mcpEnabled":false}"#, "200"),
      ("{}", "400 validation_error invalid_param body"),
      (#"{"visibility":"secret"}"#, "400 validation_error invalid_param visibility"),
      (#"{"name":"x"}"#, "400 validation_error invalid_param name"),
      (
        #"{"mcp_enabled":true,"mcpEnabled":false}"#,
        "400 validation_error invalid_param mcp_enabled"
      ),
      (#"{"mcpEnabled":"yes"}"#, "400 validation_error invalid_param mcpEnabled"),
      ("", "400 invalid_request_error invalid_json"), ("[]", "400 validation_error invalid_body"),
    ])
  func update(body: String, verdict: String) throws {
    let visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())"
    #expect(try visitor.verdict("PATCH", path, body: body) == verdict)
    guard verdict == "200" else { return }
    let changed = try visitor.read(path, "visibility", "mcpEnabled")
    #expect(changed == (body.contains("public") ? "public true" : "private false"))
  }

  @Test("an agent is never deleted, and a stranger's is not even there")
  func delete() throws {
    let visitor = Visitor()
    let path = "/api/v1/agents/\(try visitor.agent())"
    #expect(try visitor.verdict("DELETE", path) == "409 conflict_error conflict")
    #expect(
      try visitor.verdict("DELETE", "/api/v1/agents/nobody")
        == "404 not_found_error agent_not_found")
  }
}
