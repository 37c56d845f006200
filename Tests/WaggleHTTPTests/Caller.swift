import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleHTTP

/// Makes calls of a gateway on a strand of its own, with times short enough for a test.
struct Caller {
  let gateway: HTTPGateway
  let strands = WallStrands(seed: 1)

  static let read = Operation(
    id: "listThings", group: "things", action: "list", method: "GET", path: "/api/v1/things",
    summary: "list things", success: Success(200, .text), effect: .read, replay: .safe,
    example: "things list")

  static let change = Operation(
    id: "startThing", group: "things", action: "start", method: "POST", path: "/api/v1/things",
    summary: "start a thing", success: Success(200, .text), effect: .change, replay: .unsafe,
    example: "things start")

  init(
    port: Int, scheme: String = "http", key: String? = "oag_0123", limits: HTTPLimits = .short,
    environment: [String: String] = [:]
  ) throws {
    let endpoint = try Endpoint("\(scheme)://127.0.0.1:\(port)", from: "--api-url")
    try self.init(endpoint: endpoint, key: key, limits: limits, environment: environment)
  }

  init(
    endpoint: Endpoint, key: String? = "oag_0123", limits: HTTPLimits = .short,
    environment: [String: String] = [:]
  ) throws {
    gateway = try HTTPGateway(
      endpoint: endpoint, key: key.map(Secret.init), version: "9.9",
      environment: { environment[$0] }, limits: limits)
  }

  /// The outcome of a request: the answer, or the fault.
  func exchange(
    _ operation: Operation = Caller.read, query: String = "", body: String = "",
    token: Token = Token()
  ) -> Result<WireResponse, CallFault> {
    strands.main(token: token) { strand in
      exchange(operation, query: query, body: body, on: strand)
    }
  }

  func exchange(
    _ operation: Operation, query: String = "", body: String = "", on strand: Strand
  ) -> Result<WireResponse, CallFault> {
    let request = WireRequest(
      method: operation.method, path: operation.path, query: query, body: Array(body.utf8))
    return Result { () throws(CallFault) in
      try gateway.exchange(request, of: Call(operation), on: strand)
    }
  }

  /// The fault of a request; nil where it got an answer.
  func fault(_ operation: Operation = Caller.read, token: Token = Token()) -> CallFault? {
    guard case .failure(let fault) = exchange(operation, token: token) else { return nil }
    return fault
  }
}

extension HTTPLimits {
  /// Long enough for a busy machine, short enough for a test that must not reach them.
  static var short: HTTPLimits {
    var limits = HTTPLimits()
    limits.connect = 10_000_000_000
    limits.silence = 20_000_000_000
    limits.whole = 30_000_000_000
    return limits
  }
}
