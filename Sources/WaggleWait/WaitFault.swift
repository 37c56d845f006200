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
    /// Whether a look ever showed it: `last` is what the script knew before, where not.
    package let wasSeen: Bool
    /// Why it is not there.
    package let reason: WaitReason

    /// Makes one.
    package init(id: String, last: Record?, wasSeen: Bool, reason: WaitReason) {
      self.id = id
      self.last = last
      self.wasSeen = wasSeen
      self.reason = reason
    }
  }

  /// What ended the wait.
  package let cause: Cause
  /// The subjects that are not there, in the given order; those that failed the wait say why.
  package let unmet: [Unmet]
  /// How many subjects there were.
  package let total: Int
  /// How many had to get there.
  package let needed: Int
  /// How many got there.
  package let reached: Int
  /// The message of the last look that failed, where looks were failing when the wait ended.
  package let trouble: String?

  /// Makes a fault.
  package init(
    cause: Cause, unmet: [Unmet], total: Int, needed: Int, reached: Int, trouble: String? = nil
  ) {
    self.cause = cause
    self.unmet = unmet
    self.total = total
    self.needed = needed
    self.reached = reached
    self.trouble = trouble
  }
}
