import Testing
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct WorldLifecycleTests {
  private func first(_ status: String, _ visitor: Visitor) throws -> String {
    try #require(try visitor.ids("status=\(status)").last)
  }

  private func state(_ id: String, _ visitor: Visitor) throws -> String {
    try visitor.look(id, "status", "desiredStatus", "connectivity")
  }

  private func order(_ verb: String, _ id: String, _ visitor: Visitor) throws -> String {
    try visitor.verdict("POST", "/api/v1/instances/\(id)/\(verb)")
  }

  @Test("a deployment goes pending, provisioning, running and online")
  func deployment() throws {
    var visitor = Visitor()
    let id = try visitor.deploy()
    #expect(id == "instance_25")
    #expect(try state(id, visitor) == "pending running unknown")
    #expect(
      try visitor.verdict("GET", "/api/v1/instances/\(id)/device/info")
        == "404 not_found_error agent_not_found")
    #expect((300..<1000).contains(try visitor.step()))
    #expect(try state(id, visitor) == "provisioning running unknown")
    #expect(try visitor.look(id, "startedAt", "msConnectionStatus") == "- unknown")
    #expect((2000..<6000).contains(try visitor.step()))
    #expect(try state(id, visitor) == "running running online")
    #expect(try visitor.look(id, "msConnectionStatus", "connectivityReason") == "connected -")
    let now = Timestamp(nanoseconds: visitor.now.nanoseconds).text
    #expect(
      try visitor.look(id, "startedAt", "statusEnteredAt", "updatedAt") == "\(now) \(now) \(now)")
    #expect(try visitor.look(id, "createdAt") == "2026-05-14T18:00:00Z")
    #expect(visitor.world.nextDue == nil)
    #expect(try visitor.verdict("GET", "/api/v1/instances/\(id)/device/info") == "200")
  }

  @Test("nothing happens a moment before it is due")
  func due() throws {
    var visitor = Visitor()
    let id = try visitor.deploy()
    let due = try #require(visitor.world.nextDue)
    visitor.now = due.advanced(by: -1)
    #expect(try state(id, visitor) == "pending running unknown")
    visitor.now = due
    #expect(try state(id, visitor) == "provisioning running unknown")
  }

  @Test("what is looked at late happened when it was due")
  func lateLook() throws {
    var (a, b) = (Visitor(), Visitor())
    let id = try a.deploy()
    _ = try b.deploy()
    _ = try a.step()
    _ = try a.step()
    let early = try a.look(id, "startedAt", "statusEnteredAt", "updatedAt")
    b.pass(milliseconds: 3_600_000)
    #expect(try b.look(id, "startedAt", "statusEnteredAt", "updatedAt") == early)
  }

  @Test("start turns the aim at once and the state later")
  func start() throws {
    var visitor = Visitor()
    let id = try first("stopped", visitor)
    let (_, answer) = try visitor.ask("POST", "/api/v1/instances/\(id)/start")
    #expect(answer["data"]?["status"]?.plainText == "stopped")
    #expect(answer["data"]?["desiredStatus"]?.plainText == "running")
    _ = try visitor.step()
    #expect(try state(id, visitor) == "provisioning running offline")
    _ = try visitor.step()
    #expect(try state(id, visitor) == "running running online")
  }

  @Test("start on running and stop on stopped change nothing")
  func alreadyThere() throws {
    let visitor = Visitor()
    for (status, verb) in [("running", "start"), ("stopped", "stop")] {
      let id = try first(status, visitor)
      let before = try visitor.look(id, "status", "desiredStatus", "updatedAt")
      #expect(try order(verb, id, visitor) == "200")
      #expect(try visitor.look(id, "status", "desiredStatus", "updatedAt") == before)
    }
    #expect(visitor.world.nextDue == nil)
  }

  @Test("stop is running until the next tick, then stopped and offline")
  func stop() throws {
    var visitor = Visitor()
    let id = try first("running", visitor)
    #expect(try order("stop", id, visitor) == "200")
    #expect(try visitor.look(id, "status", "desiredStatus") == "running stopped")
    #expect((300..<1000).contains(try visitor.step()))
    #expect(try state(id, visitor) == "stopped stopped offline")
    let now = Timestamp(nanoseconds: visitor.now.nanoseconds).text
    #expect(
      try visitor.look(id, "stoppedAt", "msConnectionStatus", "publicIp", "endpoint")
        == "\(now) unknown - ")
  }

  @Test("a start in time overtakes a stop, and the other way round")
  func changeOfMind() throws {
    var visitor = Visitor()
    let running = try first("running", visitor)
    _ = try order("stop", running, visitor)
    _ = try order("start", running, visitor)
    #expect(visitor.world.nextDue == nil)
    #expect(try visitor.look(running, "status", "desiredStatus") == "running running")
    let stopped = try first("stopped", visitor)
    _ = try order("start", stopped, visitor)
    _ = try order("stop", stopped, visitor)
    #expect(visitor.world.nextDue == nil)
    _ = try order("start", stopped, visitor)
    _ = try visitor.step()
    _ = try order("stop", stopped, visitor)
    _ = try visitor.step()
    #expect(try visitor.look(stopped, "status", "desiredStatus") == "stopped stopped")
  }

  @Test("restart leaves running at once and comes back with a new start")
  func restart() throws {
    var visitor = Visitor()
    let id = try first("running", visitor)
    let before = try visitor.look(id, "startedAt")
    #expect(try order("restart", id, visitor) == "200")
    #expect(try state(id, visitor) == "provisioning running offline")
    #expect((2000..<6000).contains(try visitor.step()))
    #expect(try state(id, visitor) == "running running online")
    #expect(try visitor.look(id, "startedAt") > before)
  }

  @Test("restart starts what is stopped, and leaves alone what is on its way")
  func restartElsewhere() throws {
    var visitor = Visitor()
    let id = try first("stopped", visitor)
    #expect(try order("restart", id, visitor) == "200")
    let due = visitor.world.nextDue
    #expect(try order("restart", id, visitor) == "200")
    #expect(visitor.world.nextDue == due)
    _ = try visitor.step()
    _ = try visitor.step()
    #expect(try state(id, visitor) == "running running online")
  }

  @Test("running time grows only while running")
  func runSeconds() throws {
    var visitor = Visitor()
    let id = try first("stopped", visitor)
    let before = try #require(Int(visitor.look(id, "totalRunSeconds")))
    visitor.pass(milliseconds: 60_000)
    #expect(try visitor.look(id, "totalRunSeconds") == "\(before)")
    _ = try order("start", id, visitor)
    _ = try visitor.step()
    _ = try visitor.step()
    #expect(try visitor.look(id, "totalRunSeconds") == "\(before)")
    visitor.pass(milliseconds: 90_000)
    #expect(
      Int(try visitor.look(id, "totalRunSeconds")).map { (89...91).contains($0 - before) } == true)
    _ = try order("stop", id, visitor)
    _ = try visitor.step()
    let after = try visitor.look(id, "totalRunSeconds")
    visitor.pass(milliseconds: 60_000)
    #expect(try visitor.look(id, "totalRunSeconds") == after)
  }

  @Test("destroy aims at terminated at once, is there a minute longer, then gone")
  func destroy() throws {
    var visitor = Visitor()
    let id = try first("running", visitor)
    let path = "/api/v1/instances/\(id)"
    let (status, json) = try visitor.ask("DELETE", path)
    #expect(status == 200 && json.json() == #"{"success":true,"data":"destroyed"}"#)
    #expect(try visitor.look(id, "status", "desiredStatus") == "running terminated")
    #expect(try visitor.verdict("DELETE", path) == "200")
    for verb in ["start", "stop", "restart"] {
      #expect(try order(verb, id, visitor) == "409 conflict_error conflict")
    }
    _ = try visitor.step()
    #expect(try state(id, visitor) == "terminated terminated offline")
    #expect(try visitor.verdict("DELETE", path) == "409 conflict_error conflict")
    #expect(try order("start", id, visitor) == "409 conflict_error conflict")
    #expect(try visitor.ids("status=terminated") == [id])
    #expect(try visitor.step() == 60_000)
    #expect(try state(id, visitor) == "404")
    #expect(try visitor.verdict("DELETE", path) == "404 not_found_error agent_not_found")
    #expect(try visitor.ids("pageSize=200").count == 23)
    #expect(try visitor.deploy() == "instance_25")
  }

  @Test("what a deployment says comes back, keys for other services left out")
  func deploymentFields() throws {
    let visitor = Visitor()
    let body = """
      {"name":"a\\u001b[31m","variantId":"courier-standard","preferredRegion":"ap-south-1",\
      "modelPrimary":"m1","models":["m1","m2"],"systemPrompt":"be brief","bridgeId":"b",\
      "clusterId":"c","mcpServers":{"x":{"url":"u"}},"providerConfig":{"a":1,"b":1},\
      "config":{"b":1.10,"apiKeys":{"openai":"k"},"apiKey":"k"}}
      """
    let (status, json) = try visitor.ask("POST", "/api/v1/instances", body: body)
    #expect(status == 201)
    let data = try #require(json["data"])
    #expect(data["name"]?.plainText == "a\u{1B}[31m")
    #expect(data["agentFramework"]?.plainText == "hermes")
    #expect(data["region"]?.plainText == "ap-south-1")
    #expect(data["models"]?.json() == #"["m1","m2"]"#)
    #expect(data["systemPrompt"]?.plainText == "be brief")
    #expect(data["mcpServers"]?.json() == #"{"x":{"url":"u"}}"#)
    #expect(data["providerConfig"]?.json() == #"{"a":1,"b":1.10}"#)
    #expect(data["bridgeId"]?.plainText == "b" && data["clusterId"]?.plainText == "c")
  }
}
