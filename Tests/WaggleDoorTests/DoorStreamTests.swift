import Testing
import WaggleCatalogue
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

@Suite("Streams through the door")
struct DoorStreamTests {
  /// Makes a task and gives the path of its events.
  private func events(of message: String, _ way: Doorway) throws -> String {
    let agent = try way.field("id", "GET", "/api/v1/agents", wanting: "active")
    let path = "/api/v1/agents/\(agent)/tasks"
    let task = try way.field("task_id", "POST", path, body: #"{"message":"\#(message)"}"#)
    return "\(path)/\(task)/events"
  }

  @Test("a stream comes in chunks, each when it is there, and the connection is good for more")
  func whole() throws {
    try Doorway.open { way, _ in
      let path = try events(of: "[slow 300ms] [say hello there]", way)
      let client = try way.client()
      client.send(way.request("GET", path))
      let head = client.read(until: "\r\n\r\n").lowercased()
      #expect(head.hasPrefix("http/1.1 200 ok\r\n"))
      #expect(head.contains("\r\ncontent-type: text/event-stream"))
      #expect(head.contains("\r\ntransfer-encoding: chunked\r\n"))
      #expect(!head.contains("content-length"))
      let body = client.read(until: "\r\n0\r\n\r\n")
      #expect(body.contains(#""body":"hello there""#))
      #expect(body.contains("event: end\n"))
      client.send(way.list())
      #expect(client.readAnswer().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test("what keeps a stream from beginning is an answer as any other")
  func refused() throws {
    try Doorway.open { way, _ in
      let agent = try way.field("id", "GET", "/api/v1/agents", wanting: "active")
      let client = try way.client()
      client.send(way.request("GET", "/api/v1/agents/\(agent)/tasks/nothing/events"))
      #expect(client.readAnswer().hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    }
  }

  @Test("a client that goes away in the middle leaves its place to another")
  func gone() throws {
    var limits = DoorLimits()
    limits.connections = 2
    try Doorway.open(limits: limits) { way, _ in
      let path = try events(of: "[hang]", way)
      for _ in 0..<5 {
        let client = try way.client()
        client.send(way.request("GET", path))
        _ = client.read(until: "chat_message")
        client.close()
      }
      let last = try way.client()
      last.send(way.request("GET", path))
      #expect(last.read(until: "chat_message").hasSuffix("chat_message"))
    }
  }

  @Test("a door that closes ends the streams that it gives")
  func closing() throws {
    var limits = DoorLimits()
    limits.closing = 120_000_000_000
    try Doorway.open(limits: limits) { way, strand in
      let path = try events(of: "[hang]", way)
      let client = try way.client()
      client.send(way.request("GET", path))
      _ = client.read(until: "chat_message")
      let begun = strand.now
      way.door.close(on: strand)
      #expect(client.readToEnd() != nil)
      #expect(strand.now.nanoseconds - begun.nanoseconds < limits.closing)
    }
  }

  @Test("a stream that breaks off has no end")
  func cut() throws {
    try Doorway.open(faults: [.cutStream(1)]) { way, _ in
      let path = try events(of: "[slow 300ms] [say hello there]", way)
      let client = try way.client()
      client.send(way.request("GET", path))
      let all = try #require(client.readToEnd())
      #expect(all.contains("chat_message"))
      #expect(!all.hasSuffix("0\r\n\r\n"))
    }
  }
}

extension Doorway {
  /// A request with the world's key.
  fileprivate func request(_ method: String, _ path: String, body: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(world.key)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// A text field of the answer to a request: of the record that also holds a word, else the first.
  fileprivate func field(
    _ name: String, _ method: String, _ path: String, body: String = "", wanting word: String = ""
  ) throws -> String {
    let client = try client()
    client.send(request(method, path, body: body))
    let records = client.readAnswer().split(separator: "},{")
    let record = records.first { $0.contains("\"\(word)\"") } ?? records.first
    return String(
      record?.split(separator: "\"\(name)\":\"").dropFirst().first?.prefix { $0 != "\"" } ?? "")
  }
}
