/// A number that keeps its spelling because no int or double would print it back.
@usableFromInline
package final class ExactNumber: Sendable {
  /// The spelling, in JSON's grammar.
  package let text: String

  init(text: String) { self.text = text }

  /// Whether it is spelled without fraction and exponent.
  package var isInteger: Bool { !text.utf8.contains { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 } }

  /// What it counts as in a comparison: an integer exactly, a fraction as its nearest double.
  var real: Real {
    if isInteger { return Int(text).map { .int($0) } ?? .decimal(Decimal(text)) }
    guard let double = Double(text), double.isFinite else { return .decimal(Decimal(text)) }
    return .double(double)
  }

  /// The value that arithmetic works with; nil where it is outside 64 bits.
  var calculable: Value? {
    switch real {
    case .int(let int): .int(int)
    case .double(let double): .float(double)
    case .decimal: nil
    }
  }
}
