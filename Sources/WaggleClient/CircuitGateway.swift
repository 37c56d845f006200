package import WaggleCatalogue
package import WaggleTime

/// Stops asking a host that is down, as `CircuitMachine` says.
package final class CircuitGateway: Gateway {
  private struct Circuit {
    var machine = CircuitMachine()
    /// Happens when the host answers again; a new one for each outage.
    var closing = Completion()
  }

  private let gateway: any Gateway
  private let circuit = Guarded(Circuit())

  /// Watches over a gateway to one host.
  package init(_ gateway: any Gateway) { self.gateway = gateway }

  /// The way past an open circuit, for looks that keep a pace of their own.
  ///
  /// A `wait` looks seldom enough, and must see the host come back before its time is up. What comes
  /// of its looks counts.
  package var looking: any Gateway { LookingGateway(self) }

  /// Sends a call if the host is not known to be down; parks the strand while that is about to show.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try passing(call, on: strand) { () throws(CallFault) in try sendPast(call, on: strand) }
  }

  /// Opens the stream of a call on the same terms; how it goes on is no word on the host.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try passing(call, on: strand) { () throws(CallFault) in try openPast(call, on: strand) }
  }

  private func passing<R>(
    _ call: Call, on strand: Strand, _ attempt: () throws(CallFault) -> R
  ) throws(CallFault) -> R {
    while true {
      let (action, closing) = circuit.withLock { ($0.machine.asked(at: strand.now), $0.closing) }
      switch action {
      case .pass: return try attempt()
      case .park(let moment):
        if case .cancelled(let reason) = strand.park(until: moment, for: closing) {
          throw .cancelled(call, reason, wasSent: false)
        }
      case .refuse(let outage): throw .down(call, outage, at: strand.now)
      }
    }
  }

  /// Sends a call whatever the circuit says, and tells it what came.
  fileprivate func sendPast(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try noting(strand) { () throws(CallFault) in try gateway.send(call, on: strand) }
  }

  /// The same for a stream.
  fileprivate func openPast(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try noting(strand) { () throws(CallFault) in try gateway.open(call, on: strand) }
  }

  private func noting<R>(
    _ strand: Strand, _ attempt: () throws(CallFault) -> R
  ) throws(CallFault) -> R {
    do throws(CallFault) {
      let reply = try attempt()
      noteAnswer()
      return reply
    } catch {
      note(error, at: strand.now)
      throw error
    }
  }

  private func note(_ fault: CallFault, at now: Instant) {
    switch fault.cause {
    case .heldBack, .cancelled: return
    case .refused, .malformed, .unreachable, .lost:
      guard FailureTable.entry(for: fault).isOfHost else {
        if fault.status != nil { noteAnswer() }
        return
      }
      circuit.withLock { $0.machine.failed(fault.message, at: now) }
    }
  }

  private func noteAnswer() {
    let closing = circuit.withLock { circuit -> Completion? in
      let wasClosed = circuit.machine.isClosed
      circuit.machine.answered()
      guard !wasClosed else { return nil }
      defer { circuit.closing = Completion() }
      return circuit.closing
    }
    closing?.complete()
  }
}

/// Sends calls past a circuit that is open.
private final class LookingGateway: Gateway {
  private let circuit: CircuitGateway

  init(_ circuit: CircuitGateway) { self.circuit = circuit }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try circuit.sendPast(call, on: strand)
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try circuit.openPast(call, on: strand)
  }
}
