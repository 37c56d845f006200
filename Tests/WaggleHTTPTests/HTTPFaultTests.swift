import NIOConcurrencyHelpers
import Testing
import WaggleCatalogue
import WaggleTime

@testable import WaggleHTTP

@Suite("What goes wrong between a call and its answer")
struct HTTPFaultTests {
  static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: req_7\r\nContent-Length: 29\r\n\r\n"
  static let answer = Array((head + #"{"success":true,"data":"yes"}"#).utf8)

  /// What comes of a call whose answer a script treats at each of its offsets, in order.
  ///
  /// Each has a gateway of its own: what is left on a connection must not meet the next call.
  private func outcomes(
    _ operation: Operation, silence: Int? = nil,
    _ script: @escaping @Sendable (Peer, Int) -> Void
  ) throws -> [Result<WireResponse, CallFault>] {
    let server = LoopbackServer { peer in
      while peer.readRequest() { script(peer, peer.lastNumber) }
    }
    var limits = HTTPLimits.short
    if let silence { limits.silence = silence }
    let callers = try Self.answer.map { _ in try Caller(port: server.port, limits: limits) }
    let results = NIOLockedValueBox<[Int: Result<WireResponse, CallFault>]>([:])
    WallStrands(seed: 1).main(token: Token()) { strand in
      strand.parallel(
        rounds: Self.answer.count, width: 32, token: strand.token, name: { "\($0)" }
      ) { offset, strand in
        let result = callers[offset].exchange(operation, query: "n=\(offset)", on: strand)
        results.withLockedValue { $0[offset] = result }
        return true
      }
    }
    return results.withLockedValue { results in Self.answer.indices.compactMap { results[$0] } }
  }

  /// The code of a fault, or the status of an answer.
  private func code(_ result: Result<WireResponse, CallFault>) -> String {
    switch result {
    case .success(let answer): "\(answer.status)"
    case .failure(let fault): fault.code
    }
  }

  @Test(
    "an answer cut at any offset is a fault, and a change's outcome unknown", arguments: [0, 1])
  func cut(which: Int) throws {
    let operation = [Caller.read, Caller.change][which]
    let results = try outcomes(operation) { peer, offset in
      peer.send(Self.answer.prefix(offset))
      peer.close()
    }
    #expect(results.count == Self.answer.count)
    for (offset, result) in results.enumerated() {
      let fault = try #require(result.fault)
      let isAnswering = offset >= Self.head.utf8.count
      #expect(fault.cause == (isAnswering ? .malformed : .lost))
      #expect(fault.code == (isAnswering ? "malformed_answer" : "lost_answer"))
      #expect(fault.status == (isAnswering ? 200 : nil))
      #expect(fault.requestID == (isAnswering ? "req_7" : nil))
      #expect(fault.isOutcomeUnknown == (which == 1))
      #expect(fault.operation == operation.id)
    }
  }

  @Test("a connection reset at any offset of the answer is a fault")
  func reset() throws {
    let results = try outcomes(Caller.change) { peer, offset in
      peer.send(Self.answer.prefix(offset))
      peer.reset()
    }
    #expect(results.count == Self.answer.count)
    for result in results {
      let fault = try #require(result.fault)
      #expect(["lost_answer", "malformed_answer"].contains(fault.code))
      #expect(fault.isOutcomeUnknown)
    }
  }

  @Test("a server that falls silent at any offset is given up on")
  func stall() throws {
    let results = try outcomes(Caller.change, silence: 50_000_000) { peer, offset in
      peer.send(Self.answer.prefix(offset))
      peer.hold()
    }
    #expect(results.map(code) == Self.answer.map { _ in "answer_timeout" })
    for case .failure(let fault) in results {
      #expect(fault.cause == .lost && fault.isOutcomeUnknown)
    }
  }

  @Test("any byte changed gives an answer or a defined fault", arguments: [0x00, 0x0A, 0x30, 0xFF])
  func corrupt(byte: Int) throws {
    let results = try outcomes(Caller.read, silence: 2_000_000_000) { peer, offset in
      var bytes = Self.answer
      bytes[offset] = UInt8(byte)
      peer.send(bytes)
    }
    #expect(results.count == Self.answer.count)
    for (offset, result) in results.enumerated() {
      guard let fault = result.fault else {
        let isChanged = offset < Self.head.utf8.count || Self.answer[offset] == UInt8(byte)
        #expect(isChanged || (try? result.get().body) != Array(Self.answer.suffix(29)))
        continue
      }
      #expect(offset < Self.head.utf8.count)
      #expect(
        ["malformed_answer", "lost_answer", "answer_timeout", "redirected"].contains(fault.code),
        "offset \(offset): \(fault.code)")
    }
  }

  @Test("any status a server can write gives an answer or a defined fault")
  func statuses() throws {
    let server = LoopbackServer { peer in
      guard peer.readRequest() else { return }
      let status = String(1_000 + peer.lastNumber).dropFirst()
      peer.send("HTTP/1.1 \(status) X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
    }
    let caller = try Caller(port: server.port)
    let codes = NIOLockedValueBox<[Int: String]>([:])
    caller.strands.main(token: Token()) { strand in
      strand.parallel(rounds: 1_000, width: 16, token: strand.token, name: { "\($0)" }) {
        status, strand in
        let result = caller.exchange(Caller.read, query: "n=\(status)", on: strand)
        codes.withLockedValue { $0[status] = code(result) }
        return true
      }
    }
    let expected = (0..<1_000).map { status in
      switch status {
      case 0...99: "malformed_answer"
      case 101: "101"
      case 100...199: "malformed_answer or lost_answer"
      case 300...399: "redirected"
      default: "\(status)"
      }
    }
    let actual = codes.withLockedValue { codes in
      (0..<1_000).map { status in
        let code = codes[status] ?? "none"
        let isEither = ["malformed_answer", "lost_answer"].contains(code)
        return 102...199 ~= status || status == 100
          ? (isEither ? "malformed_answer or lost_answer" : code) : code
      }
    }
    #expect(actual == expected)
  }

  @Test("bytes that are no HTTP are a fault of their own")
  func garbage() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("SSH-2.0-OpenSSH_9.2\r\n\r\n")
      peer.hold()
    }
    let fault = try #require(try Caller(port: server.port).fault(Caller.change))
    #expect(fault.cause == .malformed)
    #expect(fault.message.contains("is not HTTP"))
    #expect(fault.isOutcomeUnknown)
  }

  @Test(
    "an answer over the limit is given up, announced or not",
    arguments: ["Content-Length: 2000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"])
  func oversized(framing: String) throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 200 OK\r\n" + framing)
      for _ in 0..<200 {
        peer.send("2710\r\n" + String(repeating: "x", count: 10_000) + "\r\n")
      }
      peer.hold()
    }
    var limits = HTTPLimits.short
    limits.answerBytes = 1 << 20
    let fault = try #require(try Caller(port: server.port, limits: limits).fault())
    #expect(fault.cause == .malformed)
    #expect(fault.code == "oversized_answer")
    #expect(fault.message.hasSuffix("is larger than 1 MiB"))
  }

  @Test("an answer of the limit's size is read")
  func largest() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n")
      peer.send(String(repeating: "x", count: 1 << 20))
    }
    var limits = HTTPLimits.short
    limits.answerBytes = 1 << 20
    let answer = try Caller(port: server.port, limits: limits).exchange().get()
    #expect(answer.body.count == 1 << 20)
  }

  @Test("a server that drips its answer is given up on in the end")
  func drip() throws {
    let server = LoopbackServer { peer in
      peer.readRequest()
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
      while peer.drip() {}
    }
    var limits = HTTPLimits.short
    limits.whole = 1_000_000_000
    limits.answerBytes = .max
    let fault = try #require(try Caller(port: server.port, limits: limits).fault())
    #expect(fault.code == "answer_timeout")
  }

  @Test("a closed port is unreachable, and a change was not carried out")
  func closedPort() throws {
    let port = LoopbackServer.closedPort()
    let fault = try #require(try Caller(port: port).fault(Caller.change))
    #expect(fault.cause == .unreachable)
    #expect(fault.code == "connection_refused")
    #expect(fault.message == "nothing listens at http://127.0.0.1:\(port)")
    #expect(!fault.isOutcomeUnknown)
  }

  @Test("a name that does not resolve is unreachable")
  func unresolved() throws {
    let endpoint = try Endpoint("https://nowhere.invalid", from: "--api-url")
    let fault = try #require(try Caller(endpoint: endpoint).fault())
    #expect(fault.cause == .unreachable)
    #expect(fault.code == "host_not_found")
    #expect(fault.message == "the host of https://nowhere.invalid has no address")
  }
}

extension Result where Failure == CallFault {
  fileprivate var fault: CallFault? {
    guard case .failure(let fault) = self else { return nil }
    return fault
  }
}
