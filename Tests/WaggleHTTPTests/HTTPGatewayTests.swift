import Testing
import WaggleCatalogue
import WaggleTime

@testable import WaggleHTTP

@Suite("The HTTP gateway")
struct HTTPGatewayTests {
  static let answer = """
    HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: req_7\r\n\
    Content-Length: 29\r\n\r\n{"success":true,"data":"yes"}
    """

  @Test("a request carries the key, the agent, the query and the body as they are")
  func request() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(Self.answer)
      peer.hold()
    }
    let outcome = try Caller(port: server.port).exchange(
      Caller.change, query: "search=a%26b%2Fc%2B&page=0", body: #"{"name":"bee"}"#)
    let answer = try outcome.get()
    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self) == #"{"success":true,"data":"yes"}"#)
    #expect(answer.headers.map(\.name) == ["content-type", "x-request-id", "content-length"])
    #expect(
      server.requests == [
        """
        POST /api/v1/things?search=a%26b%2Fc%2B&page=0 HTTP/1.1\r\n\
        authorization: Bearer oag_0123\r\nuser-agent: waggle/9.9\r\n\
        host: 127.0.0.1:\(server.port)\r\nContent-Length: 14\r\n\r\n{"name":"bee"}
        """
      ])
  }

  @Test("a key that the server echoes is in no fault and no header")
  func echoedKey() throws {
    let body = #"{"success":false,"error":{"code":"c","message":"no: Bearer oag_0123"}}"#
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(
        "HTTP/1.1 401 No\r\nX-Request-Id: oag_0123\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
          + body)
    }
    let caller = try Caller(port: server.port)
    let fault = caller.strands.main(token: Token()) { strand in
      #expect(throws: CallFault.self) { try caller.gateway.send(Call(Caller.read), on: strand) }
    }
    #expect(fault?.message == "no: Bearer ••••")
    #expect(fault?.requestID == "••••")
  }

  @Test("a path before /api/v1 and escapes in it are kept")
  func prefix() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(Self.answer)
    }
    let endpoint = try Endpoint("http://localhost:\(server.port)/a%2Fb/", from: "--api-url")
    _ = try Caller(endpoint: endpoint).exchange().get()
    #expect(server.requests.first?.hasPrefix("GET /a%2Fb/api/v1/things HTTP/1.1\r\n") == true)
  }

  @Test("calls one after another share a connection")
  func keepAlive() throws {
    let server = LoopbackServer { peer in
      while peer.readRequest() { peer.send(Self.answer) }
    }
    let caller = try Caller(port: server.port)
    for _ in 0..<5 { _ = try caller.exchange().get() }
    #expect(server.connections == 1)
    #expect(server.requests.count == 5)
  }

  @Test("many strands call at once")
  func parallel() throws {
    let server = LoopbackServer { peer in
      while peer.readRequest() { peer.send(Self.answer) }
    }
    let caller = try Caller(port: server.port)
    caller.strands.main(token: Token()) { strand in
      strand.parallel(rounds: 200, width: 32, token: strand.token, name: { "\($0)" }) { _, strand in
        (try? caller.exchange(Caller.read, on: strand).get()) != nil
      }
    }
    #expect(server.requests.count == 200)
    #expect(server.connections <= 32)
  }

  @Test(
    "a key that cannot stand in a header is refused and nothing is sent",
    arguments: [
      ("oag_1\n", "it holds a line break"), ("oag_1\r\nX: y", "it holds a line break"),
      ("oag 1", "it holds a space or a control character"),
      ("oag_\u{7F}", "it holds a space or a control character"),
      ("öag", "it holds a character outside ASCII"),
      (String(repeating: "k", count: 8_193), "it is longer than 8192 bytes"),
      ("oag_012", "it is shorter than 8 characters"),
    ])
  func badKey(key: String, reason: String) throws {
    let server = LoopbackServer { $0.hold() }
    let fault = try #require(try Caller(port: server.port, key: key).fault())
    #expect(fault.cause == .unreachable)
    #expect(fault.message == "the key cannot be sent: \(reason); nothing was sent")
    #expect(server.connections == 0)
  }

  @Test("without a key nothing is sent, and the fault says what to set", arguments: [nil, ""])
  func noKey(key: String?) throws {
    let server = LoopbackServer { $0.hold() }
    let fault = try #require(try Caller(port: server.port, key: key).fault())
    #expect(fault.code == "no_credential")
    #expect(fault.message.contains("BEEOS_API_KEY"))
    #expect(server.connections == 0)
  }

  @Test(
    "a redirect is a fault and the key stays where it belongs",
    arguments: [301, 302, 303, 307, 308])
  func redirect(status: Int) throws {
    let other = LoopbackServer { $0.hold() }
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(
        """
        HTTP/1.1 \(status) Moved\r\nLocation: http://127.0.0.1:\(other.port)/api\r\n\
        Content-Length: 0\r\n\r\n
        """)
      peer.hold()
    }
    let fault = try #require(try Caller(port: server.port).fault(Caller.change))
    #expect(fault.code == "redirected")
    #expect(fault.status == status)
    #expect(fault.message.contains(" on to http://127.0.0.1:\(other.port);"))
    #expect(fault.isOutcomeUnknown == (status == 303))
    #expect(server.requests.count == 1)
    #expect(other.connections == 0)
  }

  @Test("a redirect to a place that is no address is not repeated on the screen")
  func oddRedirect() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 302 F\r\nLocation: \u{1B}[2Jx\r\nContent-Length: 0\r\n\r\n")
    }
    let fault = try #require(try Caller(port: server.port).fault())
    #expect(!fault.message.contains("\u{1B}"))
  }
}
