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
}
