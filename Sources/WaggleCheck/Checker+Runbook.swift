import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks the fences of a runbook, one behind the other in one scope; each is a step with the
  /// heading above it as its title.
  func fences(of script: Script) -> CheckedBlock {
    var statements: [CheckedStatement] = []
    for section in script.sections {
      let own = Array(script.statements[section.statements])
      guard let title = section.title else {
        statements += block(statements: own, span: section.span, taken: .no).block.statements
        continue
      }
      var inner = at(sites.below(sites.label(stepTitled: title.text))) {
        block(statements: own, span: section.span, taken: .no).block
      }
      inner.isFence = true
      let name = CheckedExpression(.constant(.text(title.text)), title.span)
      let step = CheckedExpression(.step(name, inner), section.span)
      statements.append(CheckedStatement(.value(step, shown: nil), section.span))
    }
    return CheckedBlock(statements: statements, span: script.span)
  }
}
