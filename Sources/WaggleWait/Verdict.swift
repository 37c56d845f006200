/// What a judge says of a look.
package enum Verdict: Equatable, Sendable {
  /// The condition holds.
  case reached
  /// It does not hold, and may yet.
  case notYet
  /// `fail-if` holds.
  case failed
}
