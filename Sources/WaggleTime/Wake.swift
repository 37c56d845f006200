/// How a park ended.
package enum Wake: Equatable, Sendable {
  /// What was waited for came; it wins a tie against the two others.
  case completed
  /// The moment asked for came.
  case time
  /// The token says that the strand is to stop: its deadline came, or somebody cancelled it.
  case cancelled(Cancellation)
  /// Virtual clock only: every strand is parked and none for a moment, so nothing can ever wake one.
  case deadlock
}
