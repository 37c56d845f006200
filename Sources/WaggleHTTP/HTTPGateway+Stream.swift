package import WaggleCatalogue
package import WaggleTime

/// Answers that come piece by piece.
extension HTTPGateway {
  /// Opens a stream and parks the strand until its head is there.
  ///
  /// It may be silent for some minutes, for the API sends nothing while nothing happens; there is no
  /// limit to how long it lasts.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    let wire = call.wireRequest()
    let request = try makeRequest(wire, of: call)
    let begun = strand.now
    let shield = strand.changeShield()
    if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: false) }
    let stream = HTTPStream(
      request, of: call, to: endpoint.origin, limits: limits, with: engine.client,
      clock: strand.strands)
    do throws(CallFault) {
      let head = try head(of: stream, call, under: shield, on: strand)
      if head.isEventStream {
        guard tap != nil else { return stream }
        return KeptStream(stream, clock: strand.strands) { [self] body, ended in
          var answer = head
          answer.body = body
          tell(call, wire, answer, from: begun, to: ended)
        }
      }
      let answer = try whole(head, of: stream, call, on: strand)
      tell(call, wire, answer, from: begun, to: strand.now)
      if 300...399 ~= answer.status { throw .redirected(call, answer, from: endpoint) }
      return try call.wholeReply(in: key.masked(in: answer), at: strand.now)
    } catch {
      stream.close()
      throw error
    }
  }

  private func head(
    of stream: HTTPStream, _ call: Call, under shield: Token, on strand: Strand
  ) throws(CallFault) -> WireResponse {
    let due = strand.now.advanced(by: limits.silence)
    let isRead = call.operation.effect == .read
    func park() -> Wake { stream.wait(until: due, on: strand) { $0.head != nil } }
    let wake = isRead ? park() : strand.insist(under: shield, park)
    let now = stream.now
    if let head = now.head { return head }
    if case .cancelled(let reason) = wake { throw .cancelled(call, reason, wasSent: now.isSent) }
    guard case .failure(let error)? = now.end else {
      throw transport(now.isSent ? .silent : .connectTimeout, call)
    }
    throw transport(TransportFailure(error, isSent: now.isSent, isAnswering: false), call)
  }

  /// The whole of an answer that is no stream.
  private func whole(
    _ head: WireResponse, of stream: HTTPStream, _ call: Call, on strand: Strand
  ) throws(CallFault) -> WireResponse {
    var answer = head
    do throws(CallFault) {
      while let more = try stream.next(on: strand) {
        answer.body += more
        guard answer.body.count <= limits.answerBytes else { throw transport(.tooLarge, call) }
      }
    } catch {
      guard error.code == CallFault.lostStream else { throw error }
      throw .transport(
        .lostWithinAnswer, call, answer, at: endpoint, by: proxy, limits: limits)
    }
    return answer
  }

  private func transport(_ failure: TransportFailure, _ call: Call) -> CallFault {
    .transport(
      failure, call, WireResponse(status: 0), at: endpoint, by: proxy, limits: limits)
  }
}
