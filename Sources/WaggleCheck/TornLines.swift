package import WaggleText

/// The lines in which something could not be read, which are not judged any further: what the parser
/// made of the rest of them is a guess, and one mistake is to give one error.
package struct TornLines: Sendable {
  private var lines: [SourceID: [Range<Int>]] = [:]

  /// Begins without any.
  package init() {}

  /// Adds the lines of a source that the parser's mistakes begin in.
  package mutating func add(_ mistakes: [Diagnostic], in source: Source) {
    guard let id = mistakes.first?.span.source else { return }
    let table = LineTable(source)
    for mistake in mistakes {
      let bounds = table.bounds(ofLine: table.line(at: Int(mistake.span.lower)))
      if let bounds { lines[id, default: []].append(bounds) }
    }
  }

  /// Whether a spot begins in one of them.
  func hold(_ span: Span) -> Bool {
    let lower = Int(span.lower)
    return lines[span.source]?.contains { $0.lowerBound <= lower && lower <= $0.upperBound }
      ?? false
  }
}
