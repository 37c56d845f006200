package import WaggleCatalogue
package import WaggleTime

/// Makes a call again where that may be done and could help, as `RetryMachine` says.
///
/// It stands above the circuit and the budget, so that tries pay for themselves, and below the
/// limits of a run, which count a call once. A `wait` does not look through it: its next round is
/// the repeat, at the pace that the script asked for, and a try inside of one look would hold up
/// the looks at all other subjects.
package final class RetryingGateway: Gateway {
  /// What is told before a pause: never a key, a body or a query.
  package struct Pause: Sendable {
    /// `GET`, `POST`, ….
    package let method: String
    /// The path with its ids filled in.
    package let path: String
    /// Our or the API's error code for what failed.
    package let code: String
    /// How often it was tried so far.
    package let tries: Int
    /// How long nothing is done, in nanoseconds.
    package let nanoseconds: Int
    /// When the pause begins.
    package let begun: Instant
  }

  private let gateway: any Gateway
  private let tell: (@Sendable (Pause) -> Void)?

  /// Repeats the calls of a gateway and tells of each pause, if somebody listens.
  package init(_ gateway: any Gateway, tell: (@Sendable (Pause) -> Void)? = nil) {
    self.gateway = gateway
    self.tell = tell
  }

  /// Makes the call until it succeeds or may not be repeated; parks the strand in between.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    try repeating(call, on: strand) { () throws(CallFault) in
      try gateway.send(call, on: strand)
    }
  }

  /// Opens the stream of a call, in as many tries; one that has begun goes its own way.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try repeating(call, on: strand) { () throws(CallFault) in
      try gateway.open(call, on: strand)
    }
  }

  private func repeating<R>(
    _ call: Call, on strand: Strand, _ attempt: () throws(CallFault) -> R
  ) throws(CallFault) -> R {
    var machine = RetryMachine(call, at: strand.now, deadline: strand.token.deadline)
    while true {
      do throws(CallFault) {
        return try attempt()
      } catch {
        let jitter = { strand.draw(in: 0..<1) }
        switch machine.failed(error, at: strand.now, jitter: jitter()) {
        case .fail(let fault): throw fault
        case .park(let moment):
          let now = strand.now
          tell?(
            Pause(
              method: call.operation.method, path: call.filledPath, code: error.code,
              tries: machine.tries, nanoseconds: moment.nanoseconds &- now.nanoseconds, begun: now))
          if case .cancelled(let reason) = strand.park(until: moment) {
            throw .cancelled(call, reason, wasSent: machine.isOutcomeUnknown)
          }
        }
      }
    }
  }
}
