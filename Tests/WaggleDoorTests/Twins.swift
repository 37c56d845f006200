import Testing
import WaggleCatalogue
import WaggleSandbox
import WaggleTime

@testable import WaggleDoor

/// Two worlds of one seed, one in the process and one behind a door: whatever is asked of both, in
/// bytes, both are to answer alike.
struct Twins {
  static let start = Instant(nanoseconds: 1_750_000_000_000_000_000)

  let near: World
  let far: World
  let door: Door
  let clock: VirtualStrands

  /// Lets a test at both, for as long as it runs.
  static func open(
    faults: [FaultSpec] = [], instances: Int = 24, _ body: (Twins) throws -> Void
  ) throws {
    let clock = VirtualStrands(seed: 1, start: start)
    let near = World(seed: 7, instances: instances, faults: faults, start: start)
    let far = World(seed: 7, instances: instances, faults: faults, start: start)
    let outcome: Result<Void, any Error> = WallStrands(seed: 1).main(token: Token()) { strand in
      Result {
        let door = try Door.open(far, port: 0, clock: clock, on: strand)
        defer { door.close(on: strand) }
        near.stand(at: door.address)
        try body(Twins(near: near, far: far, door: door, clock: clock))
      }
    }
    try outcome.get()
  }

  /// Lets time pass in both.
  func pass(seconds: Int) {
    clock.main(token: Token()) { _ = $0.sleep(nanoseconds: seconds * 1_000_000_000) }
  }

  /// Asks both and gives what both say: the status and the body, nothing where the answer is lost.
  func ask(_ requests: [WireRequest]) throws -> [String] {
    var answers: [String] = []
    // At once over HTTP, since each answer takes its time there.
    for begin in stride(from: 0, to: requests.count, by: 50) {
      let some = requests[begin..<min(begin + 50, requests.count)]
      let clients = try some.map { request in
        let client = try #require(RawClient(port: door.port))
        client.send(bytes(of: request))
        return client
      }
      for (request, client) in zip(some, clients) {
        let direct = near.handle(keyed(request), at: clock.now).response.map {
          "\($0.status) " + String(decoding: $0.body, as: UTF8.self)
        }
        let came = try #require(client.readBytesToEnd(), "\(request.method) \(request.path) hangs")
        #expect(Self.told(came) == direct ?? "", "\(request.method) \(request.path)")
        answers.append(direct ?? "")
      }
    }
    return answers
  }

  /// Asks both for one thing.
  func ask(_ method: String, _ path: String, query: String = "", body: String = "") throws -> String
  {
    let request = WireRequest(
      method: method, path: "/api/v1" + path, query: query, body: Array(body.utf8))
    return try #require(try ask([request]).first)
  }

  private func keyed(_ request: WireRequest) -> WireRequest {
    var request = request
    request.headers.append(("authorization", "Bearer \(near.key)"))
    return request
  }

  private func bytes(of request: WireRequest) -> [UInt8] {
    let query = request.query.isEmpty ? "" : "?" + request.query
    let fields = keyed(request).headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    let head =
      "\(request.method) \(request.path)\(query) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
      + "Content-Length: \(request.body.count)\r\n\(fields)\r\n"
    return Array(head.utf8) + request.body
  }

  /// The status and the body of the bytes of an answer, whether or not it comes in chunks.
  private static func told(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return "" }
    let (head, body) = (parts[0], parts[1])
    let status = head.split(separator: " ").dropFirst().first ?? ""
    guard head.lowercased().contains("transfer-encoding: chunked") else {
      return "\(status) \(body)"
    }
    // Every other line is a chunk's size, for the sandbox's events have no carriage returns.
    let lines = body.split(separator: "\r\n", omittingEmptySubsequences: false)
    return "\(status) " + stride(from: 1, to: lines.count, by: 2).map { lines[$0] }.joined()
  }
}
