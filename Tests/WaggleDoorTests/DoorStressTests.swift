import Glibc
import Testing
import WaggleSandbox
import WaggleTime

@testable import WaggleDoor

@Suite("A door under bad clients")
struct DoorStressTests {
  @Test("closes a connection on which nothing is asked, or not even a whole head comes")
  func idle() throws {
    var limits = DoorLimits()
    limits.idle = 50_000_000
    try Doorway.open(limits: limits) { way, _ in
      #expect(try way.client().readToEnd() == "")
      let client = try way.client()
      client.send("GET /api/v1/inst")
      #expect(client.readToEnd() == "")
    }
  }

  @Test("tells a client whose body does not come in time, and closes")
  func slowBody() throws {
    var limits = DoorLimits()
    limits.request = 50_000_000
    try Doorway.open(limits: limits) { way, _ in
      let client = try way.client()
      client.send(way.list(method: "POST", more: "Content-Length: 10\r\n") + "{")
      let answer = try #require(client.readToEnd())
      #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
      #expect(try way.isSound())
    }
  }

  @Test("closes a connection whose client does not read its answers")
  func notReading() throws {
    var limits = DoorLimits()
    limits.answer = 100_000_000
    try Doorway.open(limits: limits) { way, _ in
      let client = try way.client()
      client.send(way.list(method: "POST", more: "Content-Length: 99000000\r\n"))
      client.send(repeatElement(0x20, count: 3 << 20))
      client.send(repeatElement(0x20, count: 64))
      #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 413 ") != nil)
      #expect(try way.isSound())
    }
  }

  @Test("serves a thousand connections at once, and turns one more away")
  func thousand() throws {
    var files = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    files.rlim_cur = min(files.rlim_max, 4_096)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    try Doorway.open { way, _ in
      let clients = try (0..<1_000).map { _ in try way.client() }
      for client in clients { client.send(way.list()) }
      let sound = clients.filter { $0.readAnswer().hasPrefix("HTTP/1.1 200 OK\r\n") }
      #expect(sound.count == 1_000)
      let extra = try way.client()
      extra.send(way.list())
      #expect(extra.readToEnd() == "")
    }
  }

  @Test("is not brought down by garbage", arguments: 0..<8)
  func garbage(seed: Int) throws {
    try Doorway.open { way, _ in
      var noise = Noise(seed: UInt64(seed))
      let clients = try (0..<60).map { _ in try way.client() }
      for client in clients {
        client.send(noise.request(like: way.list(method: "POST", more: "Content-Length: 4\r\n")))
        client.finishSending()
      }
      for client in clients { #expect(client.readToEnd() != nil) }
      #expect(try way.isSound())
    }
  }

  @Test(
    "is not brought down by what is nearly HTTP",
    arguments: [
      "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /?%zz&&=&a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /api/v1/instances/%FF HTTP/1.0\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}\u{00}",
      "\r\n\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
      "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nxyz",
      "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 200_000) + "\r\n\r\n",
      "GET /" + String(repeating: "x", count: 200_000) + " HTTP/1.1\r\n\r\n",
    ])
  func odd(request: String) throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(request)
      client.finishSending()
      #expect(client.readToEnd() != nil)
      #expect(try way.isSound())
    }
  }

  @Test("is not brought down by clients that vanish within a request")
  func vanishing() throws {
    try Doorway.open { way, _ in
      let (head, body) = way.deploy()
      let request = Array((head + body).utf8)
      for length in 1...request.count {
        let client = try way.client()
        client.send(request.prefix(length))
        client.close()
      }
      #expect(try way.isSound())
    }
  }
}

/// Bytes that a seed decides: random ones, and requests with some bytes changed.
private struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func request(like text: String) -> [UInt8] {
    if next(4) == 0 { return (0..<next(2_000)).map { _ in UInt8(next(256)) } }
    var bytes = Array((text + "true" + text).utf8)
    for _ in 0...next(6) {
      let place = next(bytes.count)
      switch next(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8(next(256)), at: place)
      case 2: bytes[place] = [0x0D, 0x0A, 0x00, 0x3A, 0xFF][next(5)]
      default: bytes.removeLast(min(next(60), bytes.count - 1))
      }
    }
    return bytes
  }
}
