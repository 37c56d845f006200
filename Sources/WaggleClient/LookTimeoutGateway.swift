package import WaggleCatalogue
package import WaggleTime

/// Gives up looks of waits that are not answered soon, so that one that hangs does not keep all
/// others from being made.
///
/// A look is repeated in any case, so it need not wait as long as another call. What is given up is
/// a lost answer to the wait. An API that is slow as a whole is given more time: twice as much after
/// a look that was given up while no other was answered, and four times what the last answer took. It stands below the
/// budget: a look that waits for its turn is not late.
package final class LookTimeoutGateway: Gateway {
  /// How long a look is waited for at least, in nanoseconds: 5 s.
  package static let shortest = 5_000_000_000
  /// How long at most, in nanoseconds: 2 minutes.
  package static let longest = 120_000_000_000

  private struct Patience {
    var limit = LookTimeoutGateway.shortest
    /// When a look was answered last.
    var answeredAt = Instant(nanoseconds: .min)

    mutating func answered(after took: Int, at now: Instant) {
      limit = min(max(4 * took, shortest), longest)
      answeredAt = now
    }

    /// Where others were answered meanwhile it is not the API that is slow.
    mutating func ended(after limit: Int, begun: Instant) {
      if answeredAt < begun { self.limit = max(self.limit, min(2 * limit, longest)) }
    }
  }

  private let gateway: any Gateway
  private let patience = Guarded(Patience())

  /// Limits the looks that go through a gateway.
  package init(_ gateway: any Gateway) { self.gateway = gateway }

  /// Sends a call; a look that is not answered in time fails with `answer_timeout`.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    guard call.isLook else { return try gateway.send(call, on: strand) }
    let limit = patience.withLock { $0.limit }
    let begun = strand.now
    let token = strand.token.child(deadline: begun.advanced(by: limit))
    do throws(CallFault) {
      let reply = try strand.under(token) { () throws(CallFault) in
        try gateway.send(call, on: strand)
      }
      let now = strand.now
      patience.withLock { $0.answered(after: now.nanoseconds &- begun.nanoseconds, at: now) }
      return reply
    } catch {
      guard error.cause == .cancelled(.deadline(token: token.id)) else { throw error }
      patience.withLock { $0.ended(after: limit, begun: begun) }
      throw .unanswered(call, after: limit)
    }
  }

  /// Opens a stream; no look does.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    try gateway.open(call, on: strand)
  }
}
