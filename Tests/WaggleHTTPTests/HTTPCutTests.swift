import NIOConcurrencyHelpers
import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleHTTP

/// Every form of answer that the contract has, cut at each of its bytes on its way over a socket.
@Suite("An answer that is cut, whatever its form")
struct HTTPCutTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int
    let head: String
    /// What follows the head, with its framing.
    let body: String
    var isEnveloped = true
    /// What it is to be; an empty body is a value of `any`, as for `call` it must be.
    var shape = Success.Form.object

    var bytes: [UInt8] { Array((head + body).utf8) }
    var testDescription: String { name }
  }

  private static func head(_ status: Int, _ framing: String) -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nX-Request-Id: req_7\r\n"
      + framing + "\r\n"
  }

  private static func counted(
    _ name: String, _ status: Int, _ body: String, isEnveloped: Bool = true,
    shape: Success.Form = .object
  ) -> Form {
    Form(
      name: name, status: status, head: head(status, "Content-Length: \(body.utf8.count)\r\n"),
      body: body, isEnveloped: isEnveloped, shape: shape)
  }

  /// In pieces of a few bytes.
  private static func chunked(
    _ name: String, _ status: Int, _ body: String, isEnveloped: Bool = true,
    shape: Success.Form = .object
  ) -> Form {
    var rest = Array(body.utf8)[...]
    var framed = ""
    while !rest.isEmpty {
      let piece = rest.prefix(11)
      rest = rest.dropFirst(11)
      framed +=
        String(piece.count, radix: 16) + "\r\n" + String(decoding: piece, as: UTF8.self) + "\r\n"
    }
    return Form(
      name: name, status: status, head: head(status, "Transfer-Encoding: chunked\r\n"),
      body: framed + "0\r\n\r\n", isEnveloped: isEnveloped, shape: shape)
  }

  private static let record = #"{"success":true,"data":{"id":"a","n":1234}}"#
  private static let list = #"{"success":true,"data":[{"id":"a"},{"id":"b"}],"total":2}"#
  private static let bare = #"{"id":"a","n":1234}"#
  private static let error =
    #"{"success":false,"error":{"code":"agent_not_found","message":"no such thing"}}"#

  static let forms = [
    counted("an enveloped record", 200, record), chunked("the same in chunks", 200, record),
    Form(
      name: "the same up to the connection's end", status: 200, head: head(200, ""), body: record),
    counted("a list", 200, list, shape: .any), chunked("a list in chunks", 200, list, shape: .any),
    counted("a bare record", 200, bare, isEnveloped: false),
    chunked("a bare record in chunks", 200, bare, isEnveloped: false),
    counted("a refusal", 404, error), chunked("a refusal in chunks", 404, error),
    counted("a failure", 500, error), chunked("a failure in chunks", 503, error),
  ]

  private static func operation(_ form: Form, _ effect: CallEffect) -> WaggleCatalogue.Operation {
    Operation(
      id: "doThing", group: "things", action: "do", method: effect == .read ? "GET" : "POST",
      path: "/api/v1/things", summary: "do a thing",
      query: [Parameter("n", .int, help: "Which")],
      success: Success(200, form.shape, isEnveloped: form.isEnveloped), effect: effect,
      replay: .unsafe,
      example: "things do")
  }

  /// What comes of a call whose answer is cut in front of each of its bytes, and not at all.
  private func outcomes(
    _ form: Form, _ effect: CallEffect, _ cut: @escaping @Sendable (Peer) -> Void
  ) throws -> [Result<Reply, CallFault>] {
    let bytes = form.bytes
    let server = LoopbackServer { peer in
      while peer.readRequest() {
        peer.send(bytes.prefix(peer.lastNumber))
        cut(peer)
      }
    }
    let callers = try (0...bytes.count).map { _ in try Caller(port: server.port) }
    let operation = Self.operation(form, effect)
    let results = NIOLockedValueBox<[Int: Result<Reply, CallFault>]>([:])
    WallStrands(seed: 1).main(token: Token()) { strand in
      strand.parallel(
        rounds: bytes.count + 1, width: 32, token: strand.token, name: { "\($0)" }
      ) { offset, strand in
        let result = Result { () throws(CallFault) in
          let call = Call(operation, query: [("n", .int(offset))])
          return try callers[offset].gateway.send(call, on: strand)
        }
        results.withLockedValue { $0[offset] = result }
        return true
      }
    }
    return results.withLockedValue { results in (0...bytes.count).compactMap { results[$0] } }
  }

  @Test("is a fault that says so, and never a smaller value", arguments: forms, [false, true])
  func cut(form: Form, isReset: Bool) throws {
    for effect in [CallEffect.read, .change] {
      let results = try outcomes(form, effect) { isReset ? $0.reset() : $0.close() }
      #expect(results.count == form.bytes.count + 1)
      for (offset, result) in results.dropLast().enumerated() {
        guard case .failure(let fault) = result else {
          Issue.record("\(offset): \(result)")
          continue
        }
        let isAnswering = offset >= form.head.utf8.count
        if !isReset {
          #expect(fault.cause == (isAnswering ? .malformed : .lost), "\(offset): \(fault)")
          #expect(fault.status == (isAnswering ? form.status : nil), "\(offset)")
        }
        #expect(["malformed_answer", "lost_answer"].contains(fault.code), "\(offset): \(fault)")
        let isOpen = effect == .change && (fault.status.map { $0 >= 500 || $0 < 300 } ?? true)
        #expect(fault.isOutcomeUnknown == isOpen, "\(offset): \(fault)")
      }
      try judgeWhole(try #require(results.last), of: form, isReset: isReset)
    }
  }

  /// The answer that was not cut; a reset may overtake its last bytes.
  private func judgeWhole(
    _ result: Result<Reply, CallFault>, of form: Form, isReset: Bool
  ) throws {
    switch result {
    case .success(let reply):
      #expect(form.status == 200)
      let data = reply.data.json()
      #expect([#"{"id":"a","n":1234}"#, #"[{"id":"a"},{"id":"b"}]"#].contains(data))
    case .failure(let fault):
      let isOvertaken = isReset && ["malformed_answer", "lost_answer"].contains(fault.code)
      #expect(isOvertaken || form.status >= 400 && fault.code == "agent_not_found", "\(fault)")
    }
  }
}
