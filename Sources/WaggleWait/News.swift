package import WaggleTime
package import WaggleValues

/// What a look showed to a wait.
package struct News: Sendable {
  /// What it showed.
  package enum What: Sendable {
    /// The fresh record.
    case found(Record)
    /// 404: the API does not have it.
    case missed
    /// No answer, or one that may pass: the message.
    case trouble(String)
  }

  /// The id of the subject.
  package let id: String
  /// What it showed.
  package let what: What
  /// When the answer came.
  package let moment: Instant

  /// Whether the look told nothing of the subject.
  var isTrouble: Bool { if case .trouble = what { true } else { false } }
}
