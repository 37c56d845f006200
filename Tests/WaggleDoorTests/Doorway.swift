import Testing
import WaggleSandbox
import WaggleTime

@testable import WaggleDoor

/// A door to a small world, for as long as a test runs.
struct Doorway {
  let world: World
  let door: Door

  /// Opens a door, lets a test at it, and closes it again.
  static func open(
    faults: [FaultSpec] = [], limits: DoorLimits = DoorLimits(), instances: Int = 3,
    _ body: (Doorway, Strand) throws -> Void
  ) throws {
    let strands = WallStrands(seed: 1)
    let world = World(seed: 7, instances: instances, faults: faults, start: strands.now)
    let outcome: Result<Void, any Error> = strands.main(token: Token()) { strand in
      Result {
        let door = try Door.open(world, port: 0, limits: limits, on: strand)
        defer { door.close(on: strand) }
        try body(Doorway(world: world, door: door), strand)
      }
    }
    try outcome.get()
  }

  /// A new connection to the door.
  func client() throws -> RawClient { try #require(RawClient(port: door.port)) }

  /// A request for the list of instances, or another to the same path.
  func list(method: String = "GET", more: String = "") -> String {
    "\(method) /api/v1/instances HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(world.key)\r\n"
      + more + "\r\n"
  }

  /// A request for a new instance; its head may say more.
  func deploy(more: String = "") -> (head: String, body: String) {
    let body = #"{"name":"bee","agentFramework":"openclaw"}"#
    return (list(method: "POST", more: more + "Content-Length: \(body.utf8.count)\r\n"), body)
  }

  /// Whether the door still answers as it should.
  func isSound() throws -> Bool {
    let client = try client()
    client.send(list())
    return client.readAnswer().hasPrefix("HTTP/1.1 200 OK\r\n")
  }

  /// How many instances there are.
  func count() throws -> Int {
    let client = try client()
    client.send(list())
    let answer = client.readAnswer()
    let total = answer.split(separator: "\"total\":").last?.prefix { $0.isNumber }
    return total.flatMap { Int($0) } ?? 0
  }
}
