package import WaggleValues

/// One thing that is waited for.
package struct Subject: Sendable {
  /// Its id.
  package let id: String
  /// The record that the script holds of it, for names in messages; never judged.
  package let known: Record?

  /// Makes a subject of an id and what is known of it.
  package init(id: String, known: Record? = nil) {
    self.id = id
    self.known = known
  }
}
