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

extension Value {
  /// A field of a record; nil for anything else.
  subscript(field: String) -> Value? {
    if case .record(let record) = self { record[field] } else { nil }
  }
}
