import WaggleCatalogue
import WaggleTime

/// A world's stream as the body of an answer: the strand parks until the moment that the world names.
final class SandboxStream: ReplyStream {
  private let call: Call
  private let stream: any WorldStream

  init(_ stream: any WorldStream, of call: Call) {
    self.stream = stream
    self.call = call
  }

  deinit { stream.close() }

  func next(on strand: Strand) throws(CallFault) -> [UInt8]? {
    while true {
      if let reason = strand.cancellation { throw .cancelled(call, reason, wasSent: true) }
      switch stream.next(at: strand.now) {
      case .bytes(let bytes): return bytes
      case .ended: return nil
      case .cut: throw .streamLost(call, "the connection was lost")
      case .waitUntil(let moment):
        // A moment that is not ahead would be asked for again and again without any time going by.
        let due = max(moment, strand.now.advanced(by: 1_000_000))
        if case .cancelled(let reason) = strand.park(until: due) {
          throw .cancelled(call, reason, wasSent: true)
        }
      }
    }
  }

  func close() { stream.close() }
}
