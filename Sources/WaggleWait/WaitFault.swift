package import WaggleValues

/// Why a `wait` did not get what it asked for: data, of which Render makes the words.
package struct WaitFault: Error, Sendable {
  /// What ended the wait.
  package enum Cause: Equatable, Sendable {
    /// The time was up, after so many nanoseconds.
    case timedOut(nanoseconds: Int)
    /// Too few subjects can still get there; the `code` of `$e`.
    case failed(Code)
  }

  /// The codes of a `wait_failed` error.
  package enum Code: String, Sendable {
    /// A subject ended or reported an error, or `fail-if` held.
    case failed
    /// Somebody sent a subject elsewhere.
    case overtaken
    /// A subject no longer exists.
    case gone
    /// A subject stayed as it was for longer than `stuck-after`.
    case stuck
  }

  /// A subject that is not there yet.
  package struct Unmet: Sendable {
    /// Its id.
    package let id: String
    /// The last thing seen or known of it; nil where nothing is.
    package let last: Record?
    /// The state in `last`, and what `ready` misses in it; nil where it says no state.
    package let state: String?
    /// Whether a look ever showed it: `last` is what the script knew before, where not.
    package let wasSeen: Bool
    /// Why it is not there.
    package let reason: WaitReason
    /// What was seen, besides its state, that keeps the condition from holding.
    package let obstacles: [String]

    /// Makes one.
    package init(
      id: String, last: Record?, state: String?, wasSeen: Bool, reason: WaitReason,
      obstacles: [String] = []
    ) {
      self.id = id
      self.last = last
      self.state = state
      self.wasSeen = wasSeen
      self.reason = reason
      self.obstacles = obstacles
    }
  }

  /// What ended the wait.
  package let cause: Cause
  /// The subjects that are not there, in the given order; those that failed the wait come first.
  package let unmet: [Unmet]
  /// How many subjects there were.
  package let total: Int
  /// How many had to get there.
  package let needed: Int
  /// How many got there.
  package let reached: Int
  /// The message of the last look that failed, where looks were failing when the wait ended.
  package let trouble: String?

  /// What was seen, of a wait without subjects, that kept its condition from holding.
  package let obstacles: [String]

  /// Of how many subjects it is said what keeps them.
  package static let mostExplained = 10

  /// Makes a fault.
  package init(
    cause: Cause, unmet: [Unmet], total: Int, needed: Int, reached: Int, trouble: String? = nil,
    obstacles: [String] = []
  ) {
    self.cause = cause
    self.unmet = unmet
    self.total = total
    self.needed = needed
    self.reached = reached
    self.trouble = trouble
    self.obstacles = obstacles
  }
}
