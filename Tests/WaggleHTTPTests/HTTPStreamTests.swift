import NIOConcurrencyHelpers
import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

@testable import WaggleHTTP

@Suite("An answer that comes piece by piece")
struct HTTPStreamTests {
  private static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"

  private static func chunk(_ text: String) -> String {
    "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
  }

  /// What a reader gets until the end: the bytes as text, then `end` or the code of the fault.
  private func story(
    _ operation: Operation = Caller.read, limits: HTTPLimits = .short, token: Token = Token(),
    _ script: @escaping @Sendable (Peer) -> Void
  ) throws -> (text: String, end: String, fault: CallFault?) {
    let server = LoopbackServer { peer in
      peer.readRequest()
      script(peer)
    }
    let caller = try Caller(port: server.port, limits: limits)
    return caller.strands.main(token: token) { strand in
      var text = ""
      do throws(CallFault) {
        var call = Call(operation)
        call.wantsStream = true
        let stream = try caller.gateway.open(call, on: strand)
        while let bytes = try stream.next(on: strand) {
          text += String(decoding: bytes, as: UTF8.self)
        }
        return (text, "end", nil)
      } catch {
        return (text, error.code, error)
      }
    }
  }

  @Test("is read to its orderly end, and asked for as a stream of events")
  func whole() throws {
    let asked = NIOLockedValueBox("")
    let server = LoopbackServer { peer in
      while peer.readRequest() { peer.send(Self.head + Self.chunk("data: 1\n\n") + "0\r\n\r\n") }
    }
    let caller = try Caller(port: server.port)
    let text = try caller.strands.main(token: Token()) { strand throws(CallFault) in
      var call = Call(Caller.read)
      call.wantsStream = true
      var text: [UInt8] = []
      let stream = try caller.gateway.open(call, on: strand)
      while let bytes = try stream.next(on: strand) { text += bytes }
      return String(decoding: text, as: UTF8.self)
    }
    asked.withLockedValue { $0 = server.requests.first ?? "" }
    #expect(text == "data: 1\n\n")
    #expect(asked.withLockedValue { $0 }.lowercased().contains("\r\naccept: text/event-stream\r\n"))
    #expect(server.connections == 1)
  }

  @Test("gives each piece when it has come, while the server goes on")
  func pieces() throws {
    let first = Completion()
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(Self.head + Self.chunk("one"))
      _ = WallStrands(seed: 2).main(token: Token()) { $0.park(for: first) }
      peer.send(Self.chunk("two") + "0\r\n\r\n")
    }
    let caller = try Caller(port: server.port)
    try caller.strands.main(token: Token()) { strand throws(CallFault) in
      let stream = try caller.gateway.open(Call(Caller.read), on: strand)
      #expect(try stream.next(on: strand) == Array("one".utf8))
      first.complete()
      #expect(try stream.next(on: strand) == Array("two".utf8))
      #expect(try stream.next(on: strand) == nil)
      #expect(try stream.next(on: strand) == nil)
    }
  }

  @Test("cut anywhere in its body is lost, and what came before is there")
  func cut() throws {
    let body = Self.chunk("data: one\n\n") + Self.chunk("data: two\n\n")
    for length in 0...body.utf8.count {
      let told = try story { peer in
        peer.send(Self.head)
        peer.send(body.utf8.prefix(length))
      }
      #expect(told.end == "lost_stream")
      #expect("data: one\n\ndata: two\n\n".hasPrefix(told.text))
      #expect(told.fault?.cause == .lost)
      #expect(told.fault?.isOutcomeUnknown == false)
    }
    let change = try story(Caller.change) { $0.send(Self.head + Self.chunk("data: 1\n\n")) }
    #expect(change.fault?.isOutcomeUnknown == true)
    #expect(
      change.fault?.message.hasPrefix("the stream of `things start` must go on to its end, but the")
        == true)
  }

  @Test("that does not begin is the refusal that any call gets")
  func refused() throws {
    let body = #"{"success":false,"error":{"code":"agent_not_found","message":"no such task"}}"#
    let refused = try story { peer in
      peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    #expect(refused.end == "agent_not_found")
    #expect(refused.fault?.status == 404)
    let page = try story { peer in
      peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")
    }
    #expect(
      page.fault?.message
        == "the answer to `things list` (status 200) must be a stream of events, but it is `text/html`"
    )
    let moved = try story {
      $0.send("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    }
    #expect(moved.end == "redirected")
    #expect(try story { $0.close() }.end == "lost_answer")
    #expect(
      try story { $0.send("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n{") }.end
        == "malformed_answer")
  }

  @Test("that the server gives as a whole, for it knows no streams, is taken as it is")
  func plain() throws {
    let body = #"{"success":true,"data":{"text":"hi","context_id":"c","is_error":false}}"#
    let failed = body.replacing("false}}", with: "true}}")
    let server = LoopbackServer { peer in
      while peer.readRequest() {
        let body = peer.lastRequest.contains("/fails/") ? failed : body
        peer.send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)"
            + "\r\n\r\n\(body)")
      }
    }
    let caller = try Caller(port: server.port)
    let invoke = try #require(Catalogue.beeOS.operation(id: "invokeAgent"))
    let told = caller.strands.main(token: Token()) { strand in
      ["works", "fails"].map { agent in
        let call = Call(invoke, path: [agent], body: Record())
        do throws(CallFault) {
          let run = try StreamRun(
            opening: call, through: caller.gateway, again: caller.gateway, catalogue: .beeOS,
            warn: { _ in }, on: strand)
          let item = try run.next(on: strand)
          return "\(run.whole?.json() ?? "-") \(item == nil)"
        } catch {
          return error.code
        }
      }
    }
    #expect(
      told == [#"{"text":"hi","context_id":"c","is_error":false} true"#, "agent_reply_error"])
  }

  @Test("that falls silent is lost, however long it lasted")
  func silent() throws {
    var limits = HTTPLimits.short
    limits.streamSilence = 50_000_000
    let told = try story(limits: limits) { peer in
      peer.send(Self.head + Self.chunk("one"))
      peer.hold()
    }
    #expect(told.text == "one")
    #expect(told.fault?.message.hasSuffix("has fallen silent") == true)
  }

  @Test("ends at once when its strand is to stop, and the server hears of it")
  func cancelled() throws {
    let token = Token()
    let gone = Completion()
    let told = try story(token: token) { peer in
      peer.send(Self.head + Self.chunk("one"))
      token.cancel(.interrupted)
      peer.hold()
      gone.complete()
    }
    #expect(told.fault?.cause == .cancelled(.interrupted))
    _ = WallStrands(seed: 2).main(token: Token()) { $0.park(for: gone) }
  }

  @Test("is let go of by closing it, from wherever")
  func closed() throws {
    let gone = Completion()
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(Self.head + Self.chunk("one"))
      peer.hold()
      gone.complete()
    }
    let caller = try Caller(port: server.port)
    try caller.strands.main(token: Token()) { strand throws(CallFault) in
      let stream = try caller.gateway.open(Call(Caller.read), on: strand)
      _ = try stream.next(on: strand)
      stream.close()
      stream.close()
      _ = strand.park(for: gone)
    }
  }

  @Test("that comes faster than it is read makes the server wait")
  func pressure() throws {
    let sent = Completion()
    let whole = 64 << 20
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: \(whole)\r\n\r\n")
      for _ in 0..<64 { peer.send(repeatElement(0x20, count: 1 << 20)) }
      sent.complete()
    }
    var limits = HTTPLimits.short
    limits.streamBytes = 64 << 10
    let caller = try Caller(port: server.port, limits: limits)
    try caller.strands.main(token: Token()) { strand throws(CallFault) in
      let stream = try caller.gateway.open(Call(Caller.read), on: strand)
      #expect(strand.park(until: strand.now.advanced(by: 100_000_000), for: sent) == .time)
      var count = 0
      while let bytes = try stream.next(on: strand) {
        #expect(bytes.count < 2 << 20)
        count += bytes.count
      }
      #expect(count == whole)
    }
  }
}
