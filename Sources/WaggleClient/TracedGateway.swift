package import WaggleCatalogue
package import WaggleTime
import Synchronization

/// Counts the calls and tells of each, for `-v`, `status` and the progress of long work.
package final class TracedGateway: Gateway {
  /// What is told of a call: never a key, a body or a query.
  package struct Trace: Sendable {
    /// `GET`, `POST`, ….
    package let method: String
    /// The path with its ids filled in.
    package let path: String
    /// The HTTP status; nil without an answer.
    package let status: Int?
    /// Our or the API's error code; nil for a success.
    package let code: String?
    /// How long the call took, in nanoseconds of the run's clock.
    package let took: Int
    /// The request id of the answer.
    package let requestID: String?
    /// When the answer was there.
    package let ended: Instant
  }

  private let gateway: any Gateway
  private let tell: (@Sendable (Trace) -> Void)?
  private let count = Atomic(0)

  /// Counts a gateway's calls and tells of each, if somebody listens.
  package init(_ gateway: any Gateway, tell: (@Sendable (Trace) -> Void)? = nil) {
    self.gateway = gateway
    self.tell = tell
  }

  /// The calls made so far.
  package var calls: Int { count.load(ordering: .relaxed) }

  /// Sends the call, counts it and tells how it went.
  package func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    count.add(1, ordering: .relaxed)
    let begun = strand.now
    do throws(CallFault) {
      let reply = try gateway.send(call, on: strand)
      trace(call, strand, begun, status: reply.status, code: nil, requestID: reply.requestID)
      return reply
    } catch {
      trace(
        call, strand, begun, status: error.status, code: error.code, requestID: error.requestID)
      throw error
    }
  }

  /// Opens the stream, counts the call and tells how its beginning went.
  package func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    count.add(1, ordering: .relaxed)
    let begun = strand.now
    do throws(CallFault) {
      let stream = try gateway.open(call, on: strand)
      trace(call, strand, begun, status: call.operation.success.status, code: nil, requestID: nil)
      return stream
    } catch {
      trace(
        call, strand, begun, status: error.status, code: error.code, requestID: error.requestID)
      throw error
    }
  }

  private func trace(
    _ call: Call, _ strand: Strand, _ begun: Instant, status: Int?, code: String?,
    requestID: String?
  ) {
    guard let tell else { return }
    let ended = strand.now
    tell(
      Trace(
        method: call.operation.method, path: call.filledPath, status: status, code: code,
        took: ended.nanoseconds &- begun.nanoseconds, requestID: requestID, ended: ended))
  }
}

extension Call {
  /// The operation's path with the ids in the places of its `{…}`, as they are; without a query.
  var filledPath: String {
    var ids = shownPath.makeIterator()
    let parts = operation.path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.map { part in
      part.hasPrefix("{") ? ids.next() ?? String(part) : String(part)
    }.joined(separator: "/")
  }
}
