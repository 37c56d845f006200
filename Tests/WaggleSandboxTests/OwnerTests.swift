import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct OwnerTests {
  /// What the other owner's key opens.
  private func theirs(_ visitor: Visitor) -> [(name: String, value: String)] {
    [("authorization", "Bearer \(visitor.world.otherKey)")]
  }

  /// The ids of the other owner's agents, newest first: private, unlisted, public.
  private func agents(_ visitor: Visitor) throws -> [String] {
    let (_, json) = try visitor.ask("GET", "/api/v1/agents", headers: theirs(visitor))
    guard case .list(let list)? = json["data"] else { return [] }
    return list.elements.compactMap { $0["id"]?.plainText }
  }

  @Test("two owners do not see each other's instances and agents in lists")
  func lists() throws {
    let visitor = Visitor()
    let (_, own) = try visitor.ask("GET", "/api/v1/instances")
    let (_, other) = try visitor.ask("GET", "/api/v1/instances", headers: theirs(visitor))
    #expect([own, other].map { $0["total"]?.plainText } == ["24", "3"])
    #expect(try agents(visitor).count == 3)
    let strange = try visitor.ask("GET", "/api/v1/agents", query: "instance_id=instance_9001").json
    #expect(strange["total"]?.plainText == "0")
  }

  @Test("what others own is as if it were not there, or forbidden by the fault")
  func foreign() throws {
    for (faults, verdict) in [
      ([], "404 not_found_error agent_not_found"),
      ([FaultSpec.forbidden], "403 permission_error forbidden"),
    ] {
      let visitor = Visitor(faults: faults)
      let agent = try #require(try agents(visitor).first)
      let task = try visitor.task("hello")
      let paths = [
        ("GET", "/api/v1/instances/instance_9001"), ("DELETE", "/api/v1/instances/instance_9001"),
        ("POST", "/api/v1/instances/instance_9002/start"), ("GET", "/api/v1/agents/\(agent)"),
        ("POST", "/api/v1/agents/\(agent)/invoke"), ("POST", "/api/v1/agents/\(agent)/tasks"),
        ("POST", "/api/v1/agents/\(agent)/conversations"),
      ]
      for (method, path) in paths {
        #expect(
          try visitor.verdict(method, path, body: #"{"message":"hello"}"#) == verdict, "\(path)")
      }
      #expect(try visitor.verdict("GET", task, headers: theirs(visitor)) == verdict)
    }
  }

  @Test("an agent that its owner opened can be called by all, and set by its owner alone")
  func open() throws {
    let visitor = Visitor()
    for agent in try agents(visitor).dropFirst() {
      let path = "/api/v1/agents/\(agent)"
      #expect(try visitor.verdict("GET", path) == "200")
      #expect(try visitor.verdict("DELETE", path) == "404 not_found_error agent_not_found")
      #expect(
        try visitor.verdict("PATCH", path, body: #"{"visibility":"private"}"#)
          == "404 not_found_error agent_not_found")
    }
  }

  @Test("each key has a rate of its own")
  func rates() throws {
    let visitor = Visitor(faults: [.rateLimit(count: 1, seconds: 60)])
    let path = "/api/v1/instances"
    #expect(try visitor.verdict("GET", path) == "200")
    #expect(try visitor.verdict("GET", path) == "429 rate_limit_error rate_limited")
    #expect(try visitor.verdict("GET", path, headers: theirs(visitor)) == "200")
  }
}
