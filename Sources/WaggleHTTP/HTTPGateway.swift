import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
package import WaggleCatalogue
package import WaggleTime
package import WaggleValues

/// The gateway to a real API: one call becomes one HTTP request, and its answer a reply or a fault.
///
/// What comes in is a checked call and the strand that makes it; what goes out is what the catalogue
/// reads from the answer, or a fault that says whether the server may have acted. The room knows
/// nothing of pages, repeats and budgets, and nothing of what operations mean beyond whether they
/// change something.
///
///     let gateway = try HTTPGateway(
///       endpoint: .standard, key: key, version: "1.0.0", environment: { lookUp($0) })
///     let reply = try gateway.send(call, on: strand)
///
/// - The event loop starts with the first call, for a script without calls must not pay for it.
/// - The strand parks while the event loop works, so all waiting obeys tokens. A cancelled read
///   ends at once. A change that has gone out waits for its answer whatever happens, but for the
///   deadline of a `timeout` and a forced cancel; then its outcome is unknown.
/// - The key goes to the endpoint's origin and nowhere else. The contract has no redirects; a read
///   follows some within the origin, any other is a fault that names where it points.
/// - An answer that breaks off, stalls, or is no HTTP is a fault of its own. Nothing is sent twice.
package final class HTTPGateway: Gateway {
  /// Where the calls go.
  package let endpoint: Endpoint
  let key: BearerKey
  private let advice: String
  let tap: WireTap?
  private let agent: String
  let limits: HTTPLimits
  let proxy: ProxyRoute?
  let engine: HTTPEngine

  /// Makes a gateway that sends nothing yet.
  ///
  /// - Parameters:
  ///   - endpoint: Where the calls go.
  ///   - key: What is sent with each call; a call without one is a fault.
  ///   - advice: What such a fault says to do.
  ///   - version: The version of Waggle, which the API is told.
  ///   - environment: Names a proxy and trusted roots.
  ///   - limits: How long and how much.
  ///   - tap: Told of each exchange; nil where nobody listens.
  /// - Throws: Why a key, a proxy or roots cannot be used.
  package init(
    endpoint: Endpoint, key: Secret?, advice: String = "set BEEOS_API_KEY, or pass `--sandbox`",
    version: String, environment: (String) -> String?, limits: HTTPLimits = HTTPLimits(),
    tap: WireTap? = nil
  ) throws(SetupFault) {
    self.advice = advice
    self.tap = tap
    self.endpoint = endpoint
    self.key = BearerKey(key)
    self.limits = limits
    agent = "waggle/\(version)"
    let roots = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
    if endpoint.isSecure, let roots, !HTTPGateway.isReadableFile(roots) {
      throw .unreadableRoots(roots)
    }
    proxy = try ProxyRoute.choose(for: endpoint, environment: environment)
    engine = HTTPEngine(for: endpoint, limits: limits, proxy: proxy, certificates: roots)
  }

  /// Makes a gateway of one whose connections and settings it shares.
  private init(_ other: HTTPGateway, key: BearerKey) {
    endpoint = other.endpoint
    self.key = key
    advice = other.advice
    tap = other.tap
    agent = other.agent
    limits = other.limits
    proxy = other.proxy
    engine = other.engine
  }

  /// The same gateway with another key; connections and settings are shared.
  package func keyed(by key: Secret) -> HTTPGateway { HTTPGateway(self, key: BearerKey(key)) }

  /// Makes the call and parks the strand until its answer is there.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let answer = try exchange(call.wireRequest(), of: call, on: strand)
    let now = strand.now
    do { return try Reply(decoding: answer, of: call, at: now) } catch {
      // What is no reply is shown: it is read again without the key, should it hold it. A reply is
      // not searched, for it is as large as a page and shows data alone.
      return try Reply(decoding: key.masked(in: answer), of: call, at: now)
    }
  }

  /// Sends a request and gives the answer, whatever its status; a read is sent on within the origin.
  func exchange(
    _ wire: WireRequest, of call: Call, on strand: Strand
  ) throws(CallFault) -> WireResponse {
    var wire = wire
    for _ in 0...Self.mostRedirects {
      let answer = try toldExchange(wire, of: call, on: strand)
      guard 300...399 ~= answer.status else { return answer }
      guard call.operation.effect == .read, let next = endpoint.following(answer, of: wire) else {
        throw .redirected(call, answer, from: endpoint)
      }
      wire = next
    }
    throw .redirectedWithoutEnd(call, from: endpoint, most: Self.mostRedirects)
  }

  /// How often a read is sent on.
  private static let mostRedirects = 5

  /// One exchange, of which who listens is told.
  private func toldExchange(
    _ wire: WireRequest, of call: Call, on strand: Strand
  ) throws(CallFault) -> WireResponse {
    let begun = strand.now
    var answer: WireResponse?
    defer { if tap != nil { tell(call, wire, answer, from: begun, to: strand.now) } }
    let came = try exchangeOnce(wire, of: call, on: strand)
    answer = came
    return came
  }

  /// Tells who listens of an exchange.
  func tell(
    _ call: Call, _ wire: WireRequest, _ answer: WireResponse?, from begun: Instant,
    to ended: Instant
  ) {
    tap?(
      WireExchange(
        call, base: endpoint.origin + endpoint.prefix, request: wire,
        response: answer.map(key.masked), begun: begun, ended: ended))
  }

  private func exchangeOnce(
    _ wire: WireRequest, of call: Call, on strand: Strand
  ) throws(CallFault) -> WireResponse {
    let request = try makeRequest(wire, of: call)
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    let exchange = HTTPExchange(limit: limits.answerBytes, clock: strand.strands)
    let task = engine.client.execute(request: request, delegate: exchange)
    task.futureResult.whenComplete { exchange.end($0) }
    let wake = wait(for: exchange, of: call, under: shield, on: strand)
    if wake != .completed {
      task.cancel()
      try settle(exchange, after: wake, of: call, on: strand)
    }
    return try read(exchange, of: call)
  }

  /// Parks until the exchange ends or the strand is to stop; a change under way outlasts Ctrl-C.
  func wait(
    for exchange: HTTPExchange, of call: Call, under shield: Token, on strand: Strand
  ) -> Wake {
    let due = strand.now.advanced(by: limits.whole)
    guard call.operation.effect != .read else {
      return park(for: exchange, until: due, on: strand)
    }
    return strand.insist(under: shield) { park(for: exchange, until: due, on: strand) }
  }

  /// Parks until a moment, or until the server has been silent for too long.
  private func park(for exchange: HTTPExchange, until due: Instant, on strand: Strand) -> Wake {
    while true {
      let start = exchange.isSent ? exchange.heard : strand.now
      let patience = start.advanced(by: limits.silence)
      let wake = strand.park(until: min(due, patience), for: exchange.completion)
      guard wake == .time, strand.now < due else { return wake }
      if exchange.isSent, exchange.heard.advanced(by: limits.silence) <= strand.now { return wake }
    }
  }

  /// Gives up on an exchange that was told to end, unless its answer came in the meantime.
  ///
  /// Whether a request has gone out is certain only when the event loop is done with it. That takes
  /// microseconds and nothing may cut it short, so the strand waits for it under a token of its own.
  func settle(
    _ exchange: HTTPExchange, after wake: Wake, of call: Call, on strand: Strand
  ) throws(CallFault) {
    let due = strand.now.advanced(by: 1_000_000_000)
    let end = strand.under(Token()) { strand.park(until: due, for: exchange.completion) }
    if end == .completed, exchange.failure == nil { return }
    let isSent = exchange.isSent || end != .completed
    if case .cancelled(let reason) = wake { throw .cancelled(call, reason, wasSent: isSent) }
    let answer = end == .completed ? exchange.answer : WireResponse(status: 0)
    throw .transport(
      isSent ? .silent : .connectTimeout, call, answer, at: endpoint, by: proxy, limits: limits)
  }

  /// The request with its credential; throws where there is none, or no address can be made.
  func makeRequest(
    _ wire: WireRequest, of call: Call
  ) throws(CallFault) -> HTTPClient.Request {
    let authorization: String
    switch key {
    case .sound(let header): authorization = header
    case .missing: throw .noKey(call, at: endpoint, advice)
    case .unusable(let reason): throw .unusableKey(call, reason)
    }
    var headers = HTTPHeaders()
    headers.reserveCapacity(wire.headers.count + 4)
    headers.add(name: "authorization", value: authorization)
    headers.add(name: "user-agent", value: agent)
    for (name, value) in wire.headers { headers.add(name: name, value: value) }
    let query = wire.query.isEmpty ? "" : "?" + wire.query
    do {
      return try HTTPClient.Request(
        url: endpoint.origin + endpoint.prefix + wire.path + query,
        method: HTTPMethod(rawValue: wire.method), headers: headers,
        body: wire.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: wire.body)))
    } catch {
      throw .unsendable(call)
    }
  }

  /// Whether roots of trust can be read: what cannot is passed over without a word further down.
  private static func isReadableFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
      && access(path, R_OK) == 0
  }

  private func read(
    _ exchange: HTTPExchange, of call: Call
  ) throws(CallFault) -> WireResponse {
    let answer = exchange.answer
    if let error = exchange.failure {
      let failure = TransportFailure(
        error, isSent: exchange.isSent, isAnswering: answer.status != 0)
      throw .transport(failure, call, answer, at: endpoint, by: proxy, limits: limits)
    }
    return key.maskedHeaders(of: answer)
  }
}
