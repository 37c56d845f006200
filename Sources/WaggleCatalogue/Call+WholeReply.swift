package import WaggleTime
import WaggleValues

/// An answer that was there at once, in the place of a stream.
private final class WholeReply: ReplyStream {
  let whole: Value?

  init(_ whole: Value) { self.whole = whole }

  func next(on strand: Strand) throws(CallFault) -> [UInt8]? { nil }
  func close() {}
}

extension Call {
  /// What an answer that is no stream of events comes to.
  ///
  /// An operation that answers with either may be asked for a stream at a server that has none, and
  /// then the whole answer is as good.
  ///
  /// - Throws: The API's refusal, or a malformed answer where there is nothing but a stream.
  package func wholeReply(
    in response: WireResponse, at now: Instant
  ) throws(CallFault) -> any ReplyStream {
    guard (200..<300).contains(response.status), !operation.success.isStream, response.isJSON else {
      throw .unopened(self, response, at: now)
    }
    return WholeReply(try Reply(decoding: response, of: self, at: now).data)
  }
}

extension WireResponse {
  /// Whether the answer says that its body is JSON.
  fileprivate var isJSON: Bool {
    header("content-type")?.lowercased().hasPrefix("application/json") ?? false
  }
}
