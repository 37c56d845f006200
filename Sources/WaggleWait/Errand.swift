import WaggleTime

/// One call that looks, given out by a `Schedule` to whichever strand is awake.
package struct Errand: Equatable, Sendable {
  /// What is asked for.
  package enum What: Equatable, Sendable {
    /// That page of the list, `Schedule.pageSize` records long, counted from 0.
    case page(Int)
    /// The subject of that id.
    case get(String)
    /// That page of a roll, counted from 0.
    case roll(String, page: Int)
  }

  /// The type of the subjects.
  package let type: String
  /// What is asked for.
  package let what: What
  /// The place at which the page of a roll begins, where its pages have no numbers.
  package let place: String?
  /// Who came before the call was sent, and may therefore take its answer for the truth.
  let number: Int
  /// When it was given out.
  let begun: Instant
  /// Whether it asks for one subject alone.
  var isGet: Bool { if case .get = what { true } else { false } }
}
