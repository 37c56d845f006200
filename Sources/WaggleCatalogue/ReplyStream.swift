package import WaggleTime
package import WaggleValues

/// The body of an answer that comes piece by piece: what a gateway gives for a stream it opened.
///
/// It is bytes as they arrive, cut anywhere; who reads them finds the frames. One strand reads it.
package protocol ReplyStream: AnyObject, Sendable {
  /// The answer as a whole, from a server that gave it at once instead of piece by piece; nil for a
  /// stream.
  var whole: Value? { get }
  /// Parks the strand until more has come.
  ///
  /// - Returns: The bytes, never none; nil where the server ended the body as it should.
  /// - Throws: `lost` where the connection broke or fell silent, `cancelled` where the strand was.
  func next(on strand: Strand) throws(CallFault) -> [UInt8]?
  /// Lets go of the connection, without waiting; from any thread, and again without effect.
  func close()
}

extension ReplyStream {
  /// A stream, unless it says otherwise.
  package var whole: Value? { nil }
}
