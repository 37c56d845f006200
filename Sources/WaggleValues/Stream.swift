import Synchronization

/// What comes piece by piece and is walked once, by `for`: the events of a task, a growing reply.
///
/// A reference to something open, not data: it has no text, no JSON and no order, and no list and no
/// record holds it. Whoever opened it knows how to get its items; here it can only be taken for its
/// one walk and closed, which it is at the latest when nobody holds it any more.
@usableFromInline
package final class Stream: Sendable {
  /// Where its items come from.
  package let source: any StreamSource
  private let isTaken = Atomic(false)

  /// Makes a stream that nobody has walked.
  package init(_ source: any StreamSource) { self.source = source }

  deinit { source.close() }

  /// Claims its one walk; false where somebody has claimed it before.
  package func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

  /// Lets go of what is open; again without effect.
  package func close() { source.close() }
}

/// What is open behind a stream.
package protocol StreamSource: AnyObject, Sendable {
  /// Ends it, without waiting for anything; from any thread, and again without effect.
  func close()
}
