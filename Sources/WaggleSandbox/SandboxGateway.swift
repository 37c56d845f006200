package import WaggleCatalogue
package import WaggleTime

/// The way to a world in this process: a call goes in as the bytes of a request, as over a socket.
///
/// The world acts at once and the strand parks for as long as the answer takes. A read ends at once
/// when its strand is cancelled. A change that is under way gets its answer, as over HTTP, but for
/// the deadline of a `timeout` and a forced cancel; then its fault says that the outcome is unknown.
package final class SandboxGateway: Gateway {
  /// The world behind it.
  package let world: World
  private let tap: WireTap?
  /// Where it is, as an address has to say.
  private static let base = "http://sandbox"

  /// What takes the world's letters out; nil for nobody, so that they wait.
  let courier: (any Courier)?

  /// Makes a gateway to a world, whose key it holds; who listens is told of each exchange.
  ///
  /// Under the virtual clock letters are taken out when a call comes or `deliver` is asked for, each at
  /// its moment and in the same order in each run; else by the courier, as they come due.
  package init(_ world: World, courier: (any Courier)? = nil, tap: WireTap? = nil) {
    self.world = world
    self.courier = courier
    self.tap = tap
  }

  /// Makes the call and parks the strand until its answer is there.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    deliver(on: strand)
    let begun = strand.now
    let request = call.wireRequest()
    let response = try answered(
      world.open(keyed(request), at: begun), for: call, under: shield, on: strand)
    tell(call, request, response, from: begun, to: strand.now)
    guard let response else { throw .lost(call) }
    return try Reply(decoding: response, of: call, at: strand.now)
  }

  /// Opens a stream and parks the strand until the head of its answer is there.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    deliver(on: strand)
    let begun = strand.now
    let request = call.wireRequest()
    let opening = world.open(keyed(request), at: begun)
    switch opening {
    case .answer, .pending:
      let response = try answered(opening, for: call, under: shield, on: strand)
      tell(call, request, response, from: begun, to: strand.now)
      guard let response else { throw .lost(call) }
      return try call.wholeReply(in: response, at: strand.now)
    case .stream(let head, let latency, let stream):
      let body = SandboxStream(stream, of: call)
      try wait(latency, for: call, under: shield, on: strand)
      guard head.isEventStream else {
        tell(call, request, head, from: begun, to: strand.now)
        return try call.wholeReply(in: head, at: strand.now)
      }
      guard tap != nil else { return body }
      return KeptStream(body, clock: strand.strands) { [self] bytes, ended in
        var answer = head
        answer.body = bytes
        tell(call, request, answer, from: begun, to: ended)
      }
    }
  }

  /// The answer as a whole, the strand parked until it is there; nil where the connection is lost.
  private func answered(
    _ opening: World.Opening, for call: Call, under shield: Token, on strand: Strand
  ) throws(CallFault) -> WireResponse? {
    switch opening {
    case .answer(let answer):
      try wait(answer.latency, for: call, under: shield, on: strand)
      return answer.response
    case .stream(let head, let latency, let stream):
      let answer = World.whole(head, latency, stream, at: strand.now)
      try wait(latency, for: call, under: shield, on: strand)
      return answer.response
    case .pending(let reply):
      while true {
        switch reply.next(at: strand.now) {
        case .answer(let answer): return answer.response
        case .waitUntil(let moment):
          let pause = max(moment.nanoseconds - strand.now.nanoseconds, 1_000_000)
          try wait(pause, for: call, under: shield, on: strand)
        }
      }
    }
  }

  /// Tells who listens of an exchange.
  private func tell(
    _ call: Call, _ request: WireRequest, _ response: WireResponse?, from begun: Instant,
    to ended: Instant
  ) {
    tap?(
      WireExchange(
        call, base: Self.base, request: request, response: response, begun: begun, ended: ended))
  }

  private func keyed(_ request: WireRequest) -> WireRequest {
    var request = request
    request.headers.append(("authorization", "Bearer " + world.key))
    return request
  }

  func wait(
    _ latency: Int, for call: Call, under shield: Token, on strand: Strand
  ) throws(CallFault) {
    let due = strand.now.advanced(by: latency)
    let isRead = call.operation.effect == .read
    func park() -> Wake { strand.park(until: due) }
    let wake = isRead ? park() : strand.insist(under: shield, park)
    if case .cancelled(let reason) = wake { throw .cancelled(call, reason, wasSent: true) }
  }
}
