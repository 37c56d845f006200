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
  /// Whether it was asked; `seen` says why, where not.
  package let wasAsked: Bool

  /// Makes a part.
  package init(text: String, depth: Int, truth: Truth, seen: String?, wasAsked: Bool = true) {
    self.text = text
    self.depth = depth
    self.truth = truth
    self.seen = seen
    self.wasAsked = wasAsked
  }
}

extension [ConditionPart] {
  /// The same as the condition of `fail-if`.
  package var behindFailIf: [ConditionPart] {
    guard let first else { return [] }
    let named = ConditionPart(
      text: "fail-if " + first.text, depth: first.depth, truth: first.truth, seen: first.seen,
      wasAsked: first.wasAsked)
    return [named] + dropFirst()
  }

  /// What was seen that keeps the first condition from holding, each once; nothing that only repeats
  /// the state.
  package func obstacles(besides state: String? = nil) -> [String] {
    var obstacles: [String] = []
    /// The depth of a part that holds: what it is made of keeps nothing.
    var holding: Int?
    for (place, part) in enumerated() {
      if place > 0, part.depth == 0 { break }
      if let holding, part.depth > holding { continue }
      holding = part.truth == .yes ? part.depth : nil
      guard part.truth != .yes, part.wasAsked, let seen = part.seen, !obstacles.contains(seen)
      else { continue }
      if let state, seen.contains("`\(state)`") { continue }
      obstacles.append(seen)
    }
    return obstacles
  }
}
