import Testing
import WaggleCatalogue

@testable import WaggleHTTP

/// A key goes to its own origin, and a read may be sent on within it.
@Suite struct RedirectTests {
  /// A server that sends each request on to where `location` says, until its number is `last`.
  private func server(
    last: Int, status: Int = 302, _ location: @escaping @Sendable (Int) -> String
  ) -> LoopbackServer {
    LoopbackServer { peer in
      while peer.readRequest() {
        if peer.lastNumber == last {
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        } else {
          let next = location(peer.lastNumber + 1)
          peer.send("HTTP/1.1 \(status) X\r\nLocation: \(next)\r\nContent-Length: 0\r\n\r\n")
        }
      }
    }
  }

  @Test("a read is sent on within the origin, with its key", arguments: [301, 302, 303, 307, 308])
  func sentOn(status: Int) throws {
    let server = server(last: 2, status: status) { "/api/v1/elsewhere?n=\($0)#part" }
    let answer = try Caller(port: server.port).exchange().get()
    #expect(answer.status == 200)
    let lines = server.requests.map { String($0.prefix { $0 != "\r\n" }) }
    #expect(
      lines == [
        "GET /api/v1/things HTTP/1.1", "GET /api/v1/elsewhere?n=1 HTTP/1.1",
        "GET /api/v1/elsewhere?n=2 HTTP/1.1",
      ])
    #expect(server.requests.allSatisfy { $0.contains("oag_0123") })
  }

  @Test("a read that is sent on without end stops after five times")
  func endless() throws {
    let server = server(last: -1) { "/api/v1/things?n=\($0)" }
    let fault = try #require(try Caller(port: server.port).fault())
    #expect(fault.code == "redirected")
    #expect(fault.message.hasSuffix("on more than 5 times"))
    #expect(server.requests.count == 6)
  }

  @Test("a change is sent on nowhere, within the origin neither", arguments: [301, 302, 307, 308])
  func change(status: Int) throws {
    let server = server(last: 1, status: status) { "/api/v1/things?n=\($0)" }
    let fault = try #require(try Caller(port: server.port).fault(Caller.change))
    #expect(fault.code == "redirected")
    #expect(fault.message.contains("a change is never sent on"))
    #expect(server.requests.count == 1)
  }

  @Test(
    "nothing is sent to another origin or out of what stands before /api/v1",
    arguments: [
      "https://127.0.0.1:PORT/api", "http://127.0.0.2:PORT/api", "http://127.0.0.1:1/api",
      "//127.0.0.2:PORT/api", "http://key@127.0.0.1:PORT/api", "/api/v1/things?n=1", "things",
      "file:///etc/passwd", "", "/gateway", "/gatewayother/x", "/gateway/a b",
    ])
  func elsewhere(location: String) throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 302 X\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
    }
    let endpoint = try Endpoint("http://127.0.0.1:\(server.port)/gateway", from: "--api-url")
    let fault = try #require(try Caller(endpoint: endpoint).fault())
    #expect(fault.code == "redirected")
    #expect(server.requests.count == 1)
  }
}
