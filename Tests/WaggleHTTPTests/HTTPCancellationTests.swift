import Testing
import WaggleCatalogue
import WaggleTime

@testable import WaggleHTTP

@Suite("A call that is to stop")
struct HTTPCancellationTests {
  private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

  @Test("a cancelled read ends at once, and its connection with it")
  func read() throws {
    let token = Token()
    let closed = Completion()
    let server = LoopbackServer { peer in
      peer.readRequest()
      token.cancel(.interrupted)
      peer.hold()
      closed.complete()
    }
    let caller = try Caller(port: server.port)
    let fault = try #require(caller.fault(token: token))
    #expect(fault.cause == .cancelled(.interrupted))
    #expect(!fault.isOutcomeUnknown)
    let wake = caller.strands.main(token: Token()) { $0.park(for: closed) }
    #expect(wake == .completed)
  }

  @Test("a change under way gets its answer after the first Ctrl-C")
  func change() throws {
    let token = Token()
    let server = LoopbackServer { peer in
      peer.readRequest()
      token.cancel(.interrupted)
      peer.send(Self.answer)
    }
    let answer = try Caller(port: server.port).exchange(Caller.change, token: token).get()
    #expect(answer.status == 200)
  }

  @Test("a second Ctrl-C ends a change, whose outcome is then unknown")
  func forced() throws {
    let token = Token()
    let server = LoopbackServer { peer in
      peer.readRequest()
      token.cancel(.interrupted)
      token.force(.interrupted)
      peer.hold()
    }
    let fault = try #require(try Caller(port: server.port).fault(Caller.change, token: token))
    #expect(fault.cause == .cancelled(.interrupted))
    #expect(fault.isOutcomeUnknown)
  }

  @Test("a deadline ends a change that is under way, whose outcome is then unknown")
  func deadline() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.hold()
    }
    let caller = try Caller(port: server.port)
    let token = Token().child(deadline: caller.strands.now.advanced(by: 1_000_000_000))
    let fault = try #require(caller.fault(Caller.change, token: token))
    #expect(fault.cause == .cancelled(.deadline(token: token.id)))
    #expect(fault.isOutcomeUnknown)
  }

  @Test("what is cancelled before it begins is not sent")
  func before() throws {
    let server = LoopbackServer { $0.hold() }
    let token = Token()
    token.cancel(.terminated)
    let fault = try #require(try Caller(port: server.port).fault(Caller.change, token: token))
    #expect(fault.cause == .cancelled(.terminated))
    #expect(!fault.isOutcomeUnknown)
    #expect(server.connections == 0)
  }
}
