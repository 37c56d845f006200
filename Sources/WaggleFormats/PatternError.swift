/// Why a pattern is none, or could not be tried on a text.
package struct PatternError: Error, Sendable, Equatable {
  /// What went wrong.
  package enum Cause: Sendable, Equatable {
    /// It breaks off or contradicts itself at an offset in UTF-8; the reason is PCRE2's.
    case invalid(offset: Int, reason: String)
    /// A search took more steps or memory than it may; the number is PCRE2's.
    case tooHard(Int32)
  }

  /// The pattern.
  package let pattern: String
  /// What went wrong.
  package let cause: Cause

  /// The error as one sentence without a full stop.
  package var message: String {
    let isLong = pattern.utf8.count > 200
    let pattern = isLong ? String(pattern.unicodeScalars.prefix(100)) + "…" : pattern
    return switch cause {
    case .invalid(let offset, let reason):
      "the pattern `\(pattern)` is not a regular expression: \(reason), at byte \(offset)"
    case .tooHard:
      "the pattern `\(pattern)` takes too many steps on this text; "
        + "a repetition inside a repetition, as in `(a+)+`, is the usual cause"
    }
  }
}
