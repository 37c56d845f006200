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

/// A thread of script code: the main one, a round of a parallel loop, an element fanned out.
///
/// Everything that takes time parks here, and nothing else blocks, sleeps or reads a clock: that is
/// what lets the virtual clock run the same script in no time, the same on every run. A strand is
/// confined to its thread; only its token and its completions are touched from elsewhere.
package final class Strand: @unchecked Sendable {
  /// Whose work this is, as a prefix of effect keys: `step "start"/for#1[17]`; empty for the main one.
  package let key: String
  /// The clock and the threads of the run.
  package let strands: any Strands
  /// What says when to stop; replaced for the time of a body by `under`.
  package internal(set) var token: Token
  /// What the evaluator keeps for each strand (inline caches, a value stack); nothing else looks.
  package var local: AnyObject?
  /// Counts the draws, so that each gives another number.
  var draws: UInt64 = 0

  init(key: String, strands: any Strands, token: Token) {
    self.key = key
    self.strands = strands
    self.token = token
  }
}
