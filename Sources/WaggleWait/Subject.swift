package import WaggleTime
package import WaggleValues

/// One thing that is waited for.
package struct Subject: Sendable {
  /// Its id.
  package let id: String
  /// The record that the script holds of it, for names in messages; never judged.
  package let known: Record?
  /// When a call of this run made it; nil where none did.
  package let madeAt: Instant?

  /// How long something may be unknown to a gateway that has just made it, in nanoseconds: 10 s.
  ///
  /// The contract promises nothing of it. It is twice the longest pause between looks, so that two
  /// looks at least have to agree, and longer than copies of a store are behind as a rule.
  package static let grace = 10_000_000_000

  /// Makes a subject of an id and what is known of it.
  package init(id: String, known: Record? = nil, madeAt: Instant? = nil) {
    self.id = id
    self.known = known
    self.madeAt = madeAt
  }

  /// The same, made by a call of this run at a moment.
  package func made(at moment: Instant?) -> Subject {
    Subject(id: id, known: known, madeAt: moment)
  }
}
