package import WaggleTime

/// A stream that a world has opened: what it says, when somebody who knows the time asks.
///
/// It owns no clock: `next` lets happen what is due until a moment and gives what there is to say by
/// then. Whoever carries it to a client, a strand or a socket, waits until the moment it names. It
/// is asked by one reader at a time, on whatever thread.
package protocol WorldStream: AnyObject, Sendable {
  /// What comes next, as of now; asked again right after bytes, and at its moment after a wait.
  func next(at now: Instant) -> WorldStreamStep
  /// The client is gone: nothing more is asked.
  func close()
}

/// What a world's stream has to say.
package enum WorldStreamStep: Sendable, Equatable {
  /// These bytes, at once; never none.
  case bytes([UInt8])
  /// Nothing before this moment, which lies ahead.
  ///
  /// Where only another request can make it speak, a moment at which it is worth asking again.
  case waitUntil(Instant)
  /// The body is whole: an orderly end.
  case ended
  /// The connection breaks off here, in the middle of the body.
  case cut
}
