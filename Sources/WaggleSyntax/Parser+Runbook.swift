import WaggleText

// The fences of a runbook, one behind the other.

extension Parser {
  /// The statements of all fences, and which of them stand in each.
  mutating func fences(of runbook: Runbook) -> ([Statement], [Script.Section]) {
    var statements: [Statement] = []
    var sections: [Script.Section] = []
    if runbook.fences.isEmpty { report(.noFence(at: span(0, 0))) }
    for fence in runbook.fences {
      let opening = span(fence.opening.lowerBound, fence.opening.upperBound)
      guard fence.isClosed else {
        report(.unclosedFence(at: opening))
        continue
      }
      lexer.enter(fence.range)
      let start = statements.count
      statements += self.statements(in: nil)
      let title = fence.title.map {
        Name($0.text, span($0.place.lowerBound, $0.place.upperBound))
      }
      sections.append(
        Script.Section(
          title: statements[start...].contains { !$0.isDeclaration } ? title : nil,
          statements: start..<statements.count, span: opening))
    }
    return (statements, sections)
  }
}

extension Statement {
  /// Whether it only says what there is, and does nothing.
  fileprivate var isDeclaration: Bool {
    switch kind {
    case .parameter, .function, .use, .limit: true
    default: false
    }
  }
}
