import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

/// Somebody who talks to a world in bytes and moves its time.
struct Visitor {
  /// 2026-05-14T18:00:00Z.
  static let start = Instant(nanoseconds: 1_778_781_600_000_000_000)

  let world: World
  var now = Visitor.start

  init(seed: UInt64 = 1, instances: Int = 24, faults: [FaultSpec] = []) {
    world = World(seed: seed, instances: instances, faults: faults, start: Visitor.start)
  }

  /// Sends a request with the world's key; the answer is nil where the connection is lost.
  func raw(
    _ method: String, _ path: String, query: String = "", body: String = "",
    headers: [(name: String, value: String)]? = nil
  ) -> WireResponse? {
    let request = WireRequest(
      method: method, path: path, query: query,
      headers: headers ?? [("authorization", "Bearer \(world.key)")], body: Array(body.utf8))
    return world.handle(request, at: now).response
  }

  /// Sends a request and reads the JSON of its answer.
  func ask(
    _ method: String, _ path: String, query: String = "", body: String = "",
    headers: [(name: String, value: String)]? = nil
  ) throws -> (status: Int, json: Value) {
    let response = try #require(raw(method, path, query: query, body: body, headers: headers))
    var reader = JSONReader()
    return (response.status, try reader.read(response.body))
  }

  /// A refusal as `status type code param`, and `200`, `201` for a success.
  func verdict(
    _ method: String, _ path: String, query: String = "", body: String = "",
    headers: [(name: String, value: String)]? = nil
  ) throws -> String {
    let (status, json) = try ask(method, path, query: query, body: body, headers: headers)
    guard let error = json["error"] else { return "\(status)" }
    let words = ["type", "code", "param"].compactMap { error[$0]?.plainText }
    return "\(status) " + words.joined(separator: " ")
  }

  /// An instance's fields as text, absent ones as `-`.
  func look(_ id: String, _ fields: String...) throws -> String {
    let (status, json) = try ask("GET", "/api/v1/instances/\(id)")
    guard let data = json["data"] else { return "\(status)" }
    return fields.map { data[$0]?.plainText ?? "-" }.joined(separator: " ")
  }

  /// The agent of a running instance that can be reached: that of the first one.
  func agent(_ place: Int = 0) throws -> String {
    let online = try ask("GET", "/api/v1/instances", query: "status=running&pageSize=200").json
    guard case .list(let list)? = online["data"] else { return "" }
    let ids = list.elements.filter { $0["connectivity"]?.plainText == "online" }
      .compactMap { $0["id"]?.plainText }
    let id = try #require(ids.dropFirst(place).first)
    let (_, json) = try ask("GET", "/api/v1/agents", query: "instance_id=\(id)")
    guard case .list(let agents)? = json["data"] else { return "" }
    return try #require(agents.elements.first?["id"]?.plainText)
  }

  /// Creates a task with a message; gives its path.
  func task(_ message: String, _ more: String = "") throws -> String {
    let agent = try agent()
    let (status, json) = try ask(
      "POST", "/api/v1/agents/\(agent)/tasks", body: #"{"message":"\#(message)"\#(more)}"#)
    #expect(status == 202)
    let id = try #require(json["data"]?["task_id"]?.plainText)
    return "/api/v1/agents/\(agent)/tasks/\(id)"
  }

  /// Opens a conversation; gives its path.
  func conversation() throws -> String {
    let agent = try agent()
    let (status, json) = try ask("POST", "/api/v1/agents/\(agent)/conversations", body: "{}")
    #expect(status == 201)
    let id = try #require(json["data"]?["conversation_id"]?.plainText)
    return "/api/v1/agents/\(agent)/conversations/\(id)"
  }

  /// Fields of what a path shows, as text, absent ones as `-`.
  func read(_ path: String, _ fields: String...) throws -> String {
    let (status, json) = try ask("GET", path)
    guard let data = json["data"] else { return "\(status)" }
    return fields.map { data[$0]?.plainText ?? "-" }.joined(separator: " ")
  }

  /// The rows of a list under a name in the data, a field of each.
  func rows(_ path: String, _ name: String, _ field: String, query: String = "") throws -> [String]
  {
    let (_, json) = try ask("GET", path, query: query)
    guard case .list(let list)? = json["data"]?[name] else { return [] }
    return list.elements.map { $0[field]?.plainText ?? "-" }
  }

  /// The events of a stream, as `event data`, each at its moment; moves time on until it ends.
  mutating func events(
    _ method: String, _ path: String, query: String = "", body: String = ""
  ) throws -> [String] {
    let request = WireRequest(
      method: method, path: path, query: query,
      headers: [
        ("authorization", "Bearer \(world.key)"), ("accept", "text/event-stream"),
      ], body: Array(body.utf8))
    guard case .stream(let head, _, let stream) = world.open(request, at: now) else {
      return ["no stream"]
    }
    #expect(head.header("content-type") == "text/event-stream")
    var bytes: [UInt8] = []
    for _ in 0..<10_000 {
      switch stream.next(at: now) {
      case .bytes(let piece): bytes += piece
      case .waitUntil(let moment):
        #expect(moment > now)
        now = moment
      case .ended: return String(decoding: bytes, as: UTF8.self).frames
      case .cut: return String(decoding: bytes, as: UTF8.self).frames + ["cut"]
      }
    }
    return String(decoding: bytes, as: UTF8.self).frames + ["never ended"]
  }

  /// Deploys a scout and gives its id.
  func deploy(_ name: String = "scout-x") throws -> String {
    let (_, json) = try ask(
      "POST", "/api/v1/instances", body: #"{"name":"\#(name)","variantId":"scout-standard"}"#)
    return try #require(json["data"]?["id"]?.plainText)
  }

  /// The ids of the instances that a query finds, on one page.
  func ids(_ query: String) throws -> [String] {
    let (_, json) = try ask("GET", "/api/v1/instances", query: query)
    guard case .list(let list)? = json["data"] else { return [] }
    return list.elements.compactMap { $0["id"]?.plainText }
  }

  /// Moves time on to the next thing that happens by itself; gives the milliseconds in between.
  mutating func step() throws -> Int {
    world.advance(to: now)
    let due = try #require(world.nextDue)
    defer { now = due }
    return (due.nanoseconds - now.nanoseconds) / 1_000_000
  }

  /// Moves time on.
  mutating func pass(milliseconds: Int) { now = now.advanced(by: milliseconds * 1_000_000) }
}

extension String {
  /// The frames of a stream's text, each `event data`, or `data` for one without a name.
  fileprivate var frames: [String] {
    split(separator: "\n\n").map { frame in
      frame.split(separator: "\n").map { line in
        String(line.drop { $0 != ":" }.dropFirst(2))
      }.joined(separator: " ")
    }
  }
}

extension Value {
  /// A field of a record; nil for anything else.
  subscript(field: String) -> Value? {
    if case .record(let record) = self { record[field] } else { nil }
  }
}
