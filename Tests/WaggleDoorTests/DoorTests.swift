import Testing
import WaggleSandbox
import WaggleTime

@testable import WaggleDoor

@Suite("The sandbox's door")
struct DoorTests {
  @Test("answers a request with a key, and one without by 401")
  func keys() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(way.list())
      let answer = client.readAnswer()
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.contains(#""total":3"#))
      client.send("GET /api/v1/instances HTTP/1.1\r\nHost: x\r\n\r\n")
      let refusal = client.readAnswer()
      #expect(refusal.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
      #expect(refusal.contains(#""success":false"#))
    }
  }

  @Test("answers pipelined requests in their order")
  func pipelined() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(way.list() + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" + way.list())
      let statuses = (0..<3).map { _ in String(client.readAnswer().prefix(12)) }
      #expect(statuses == ["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"])
    }
  }

  @Test("gives no body to HEAD")
  func head() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(way.list(method: "HEAD", more: "Connection: close\r\n"))
      let answer = try #require(client.readToEnd())
      #expect(answer.hasPrefix("HTTP/1.1 "))
      #expect(answer.hasSuffix("\r\n\r\n"))
    }
  }

  @Test("takes the path of a whole address")
  func absolute() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send("GET http://x" + way.list().dropFirst(4))
      #expect(client.readAnswer().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test("says 100 to a client that asks before it sends a body")
  func expects() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      let (head, body) = way.deploy(more: "Expect: 100-continue\r\n")
      client.send(head)
      #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
      client.send(body)
      #expect(client.readAnswer().hasPrefix("HTTP/1.1 201 Created\r\n"))
    }
  }

  @Test("refuses a body that is too large without reading it all")
  func tooLarge() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(way.list(method: "POST", more: "Content-Length: 50000000\r\n"))
      client.send(repeatElement(0x20, count: 2 << 20))
      let answer = client.readAnswer()
      #expect(answer.hasPrefix("HTTP/1.1 413 Payload Too Large\r\n"))
      #expect(answer.lowercased().contains("connection: close\r\n"))
      #expect(answer.contains("payload_too_large"))
      #expect(try way.isSound())
    }
  }

  @Test("answers a client that has closed its own direction, and closes then")
  func halfClosed() throws {
    try Doorway.open { way, _ in
      let client = try way.client()
      client.send(way.list())
      client.finishSending()
      let answer = try #require(client.readToEnd())
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.hasSuffix("}"))
    }
  }

  @Test("acts on a change whose answer it loses")
  func lostReply() throws {
    try Doorway.open(faults: [.lostReply(1)]) { way, _ in
      let client = try way.client()
      let (head, body) = way.deploy()
      client.send(head + body)
      #expect(client.readToEnd() == "")
      let reader = try way.client()
      reader.send(way.list())
      #expect(reader.readAnswer().contains(#""total":4"#))
    }
  }

  @Test("does not open on a port that is taken")
  func taken() throws {
    try Doorway.open { way, strand in
      #expect(throws: DoorFault.portTaken(way.door.port)) {
        try Door.open(way.world, port: way.door.port, on: strand)
      }
    }
  }

  @Test("gives the answers under way when it closes, and takes nobody in after that")
  func closes() throws {
    try Doorway.open { way, strand in
      let idle = try way.client()
      idle.send(way.list())
      _ = idle.readAnswer()
      let busy = try way.client()
      let (head, body) = way.deploy(more: "Expect: 100-continue\r\n")
      busy.send(head)
      _ = busy.read(until: "\r\n\r\n")
      busy.send(body)
      while try way.count() < 4 {}
      way.door.close(on: strand)
      #expect(busy.readAnswer().hasPrefix("HTTP/1.1 201 Created\r\n"))
      #expect(busy.readToEnd() == "")
      #expect(idle.readToEnd() == "")
      #expect(RawClient(port: way.door.port) == nil)
    }
  }
}
