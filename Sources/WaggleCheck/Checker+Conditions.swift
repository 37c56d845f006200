import WaggleCatalogue
import WaggleText
import WaggleValues

extension Checker {
  /// Warns of a condition about the subject at hand that can never come true.
  func judged(_ condition: Typed) -> Typed {
    guard !hasErrors, let subject = subjects.last else { return condition }
    var judge = ConditionJudge(slot: subject.slot, schema: subject.schema)
    if !judge.canComeTrue(condition.expression) { warn(.neverTrue(condition.span)) }
    return condition
  }

  /// Warns of a wait that is about the ends of its subject and leaves some of them out.
  func judgeEnds(
    of type: RecordType, at slot: Slot, _ condition: Typed, failIf: CheckedExpression?
  ) {
    guard !hasErrors, let lifecycle = catalogue.entry(of: type)?.lifecycle else { return }
    var judge = ConditionJudge(slot: slot, schema: .typed(type))
    let left = judge.endsLeftOut(
      lifecycle.final, of: lifecycle.status, by: condition.expression, failIf: failIf)
    if !left.isEmpty { warn(.endsLeftOut(left, of: type.name, lifecycle.status, condition.span)) }
  }
}
