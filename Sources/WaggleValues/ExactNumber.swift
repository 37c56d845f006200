/// A number that keeps its spelling because no int or double would print it back.
package final class ExactNumber: Sendable {
  /// The spelling, in JSON's grammar.
  package let text: String

  init(text: String) { self.text = text }

  /// Whether it is spelled without fraction and exponent.
  package var isInteger: Bool { !text.utf8.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 } }
}
