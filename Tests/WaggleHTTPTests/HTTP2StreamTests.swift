import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

@testable import WaggleHTTP

@Suite("A stream over HTTP/2")
struct HTTP2StreamTests {
  private func caller(of server: SecureServer) throws -> Caller {
    try Caller(
      port: server.port, scheme: "https", environment: ["SSL_CERT_FILE": server.certificateFile])
  }

  private static func server(_ script: @escaping SecureServer.Script) throws -> SecureServer {
    try SecureServer(certifiedFor: "127.0.0.1", offersHTTP2: true, script: script)
  }

  @Test("comes piece by piece, and other calls go beside it over the same connection")
  func pieces() throws {
    let first = Completion()
    let stream = NIOLockedValueBox<(any Channel)?>(nil)
    let server = try Self.server { channel, head in
      guard head.uri.hasPrefix("/api/v1/things?n=") else {
        stream.withLockedValue { $0 = channel }
        channel.sendStreamHead()
        return channel.send("one".utf8)
      }
      SecureServer.answerNothing(channel, head)
      first.complete()
    }
    let caller = try caller(of: server)
    try caller.strands.main(token: Token()) { strand throws(CallFault) in
      let open = try caller.gateway.open(Call(Caller.read), on: strand)
      #expect(try open.next(on: strand) == Array("one".utf8))
      let beside = caller.exchange(Caller.read, query: "n=1", body: "", on: strand)
      #expect((try? beside.get().status) == 200)
      #expect(strand.park(for: first) == .completed)
      let channel = stream.withLockedValue { $0 }
      channel?.send("two".utf8)
      #expect(try open.next(on: strand) == Array("two".utf8))
      channel?.send(.end(nil))
      #expect(try open.next(on: strand) == nil)
    }
    #expect(server.versions == [2, 2])
    #expect(server.connections == 1)
  }

  // Every third byte: more than 200 resets in half a minute are an attack to the client's library.
  @Test(
    "is the same for a reset behind every third byte",
    arguments: [EventLog.task, .conversation, .runtime])
  func reset(_ log: EventLog) throws {
    let server = try Self.server(of: log) { $0.close(promise: nil) }
    let stories = try log.stories(through: caller(of: server), apart: 3)
    let whole = try #require(stories.first)
    #expect(whole.count > 2)
    #expect(whole.last == "end")
    for story in stories { #expect(story == whole) }
    #expect(server.versions.allSatisfy { $0 == 2 })
    #expect(server.versions.count >= 2 * stories.count - 1)
  }

  @Test("is the same when its connection is lost with all that it carries")
  func lostConnection() throws {
    let log = EventLog.task
    let server = try Self.server(of: log) { $0.parent?.close(promise: nil) }
    let caller = try caller(of: server)
    let length = log.bytes(behind: 0).count
    let calls = try stride(from: length, through: 0, by: -length / 4).map { try log.call($0) }
    let stories = caller.strands.main(token: Token()) { strand in
      calls.map { log.walk($0, through: caller.gateway, on: strand) }
    }
    #expect(stories[0].last == "end")
    for story in stories { #expect(story == stories[0]) }
    #expect(server.connections > 1)
  }

  /// Serves a log: the first stream of walk n gets n bytes and is cut.
  private static func server(
    of log: EventLog, _ cutOff: @escaping @Sendable (any Channel) -> Void
  ) throws -> SecureServer {
    let cut = Guarded<Set<Int>>([])
    return try server { channel, head in
      let request = head.uri + head.headers.map { "\n\($0.name): \($0.value)" }.joined()
      let bytes = log.bytes(behind: EventLog.place(in: request))
      let number = EventLog.walk(in: request)
      channel.sendStreamHead()
      let isFirst = number.map { number in cut.withLock { $0.insert(number).inserted } } ?? false
      guard let number, isFirst, number < bytes.count else {
        channel.send(bytes)
        return channel.send(.end(nil))
      }
      channel.send(bytes.prefix(number))
      cutOff(channel)
    }
  }

  @Test("ends at once when its strand is to stop, and only it, of what the connection carries")
  func cancelled() throws {
    let token = Token()
    let gone = Completion()
    let server = try Self.server { channel, head in
      guard head.uri.hasPrefix("/api/v1/things?n=") else {
        channel.sendStreamHead()
        channel.send("one".utf8)
        channel.closeFuture.whenComplete { _ in gone.complete() }
        return token.cancel(.interrupted)
      }
      SecureServer.answerNothing(channel, head)
    }
    let caller = try caller(of: server)
    let fault = caller.strands.main(token: token) { strand -> CallFault? in
      do throws(CallFault) {
        let open = try caller.gateway.open(Call(Caller.read), on: strand)
        while try open.next(on: strand) != nil {}
        return nil
      } catch {
        return error
      }
    }
    #expect(fault?.cause == .cancelled(.interrupted))
    _ = caller.strands.main(token: Token()) { $0.park(for: gone) }
    #expect(try caller.exchange(query: "n=1").get().status == 200)
    #expect(server.versions == [2, 2])
    #expect(server.connections == 1)
  }
}
