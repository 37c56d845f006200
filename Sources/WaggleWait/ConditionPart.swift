/// A part of the condition of a wait, and what it was at a look: a line of `why`.
package struct ConditionPart: Equatable, Sendable {
  /// What a part may turn out to be.
  package enum Truth: Sendable { case yes, no, unknown }

  /// The part, as it is written.
  package let text: String
  /// In how many other parts it stands.
  package let depth: Int
  /// What it is.
  package let truth: Truth
  /// What was seen that decides it: `status is stopped`; nil for a whole of parts.
  package let seen: String?

  /// Makes a part.
  package init(text: String, depth: Int, truth: Truth, seen: String?) {
    self.text = text
    self.depth = depth
    self.truth = truth
    self.seen = seen
  }
}
