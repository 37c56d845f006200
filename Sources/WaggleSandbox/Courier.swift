package import WaggleTime

/// Takes a world's letters to where they go; the port behind which lies a network.
///
/// Each letter is tried once, within 10 s, without following redirects; trying again is the world's.
package protocol Courier: Sendable {
  /// Takes letters to their addresses, all at once, and waits for the answers, which takes no
  /// virtual time.
  func deliver(_ letters: [Letter], on strand: Strand) -> [Receipt]
  /// Takes a world's letters out as they come due, beside whoever runs, until `rest`; again without
  /// effect. For a clock on the wall.
  func attend(to world: World, clock: any Strands)
  /// Takes out no more; what is on its way arrives.
  func rest()
}

/// What became of a letter.
package struct Receipt: Sendable {
  /// The letter's id.
  package let letter: String
  /// The HTTP status of the answer; nil where none came.
  package let status: Int?
  /// Why no answer came; nil where one did.
  package let error: String?

  /// Makes a receipt.
  package init(letter: String, status: Int?, error: String? = nil) {
    self.letter = letter
    self.status = status
    self.error = error
  }
}
