import WaggleCheck
import WaggleSyntax
import WaggleText
import WaggleValues

/// Conditions of `wait`.
extension Compiler {
  /// Compiles a condition about the subject in a slot.
  func condition(_ expression: CheckedExpression, about subject: Slot) -> WaitCondition {
    let form: WaitCondition.Form =
      switch expression.kind {
      case .binary(let left, .and, let right):
        .both(condition(left, about: subject), condition(right, about: subject))
      case .binary(let left, .or, let right):
        .either(condition(left, about: subject), condition(right, about: subject))
      case .not(let part): .not(condition(part, about: subject))
      case .goal(let goal, subject): .goal(goal)
      default: .test(test(expression, about: subject))
      }
    return WaitCondition(form: form, span: expression.span)
  }

  private func test(
    _ expression: CheckedExpression, about subject: Slot
  ) -> WaitCondition.Test {
    var compared: WaitCondition.Compared?
    if case .binary(let left, let sign, let right) = expression.kind, let sign = sign.comparison {
      compared = WaitCondition.Compared(
        left: side(left, about: subject), sign: sign, right: side(right, about: subject))
    }
    return WaitCondition.Test(
      node: node(expression), fields: expression.fieldsNeeded(of: subject),
      isPure: effects.isPure(expression), comparison: compared)
  }

  private func side(_ expression: CheckedExpression, about subject: Slot) -> WaitCondition.Side {
    let isPure = effects.isPure(expression)
    let path = expression.path(from: subject)
    return WaitCondition.Side(
      node: node(expression), field: path?.count == 1 ? path?.first : nil,
      isFixed: isPure && !expression.reads(subject), isPure: isPure)
  }
}

extension CheckedExpression {
  /// The names that lead from a variable to this field of it; nil for what is no such field.
  fileprivate func path(from slot: Slot) -> [String]? {
    switch kind {
    case .local(slot): []
    case .field(let base, let name, _, _): base.path(from: slot).map { $0 + [name] }
    default: nil
    }
  }

  /// The fields of a subject without which a test says nothing: not those whose absence it asks
  /// for, and none that only a call may read.
  fileprivate func fieldsNeeded(of subject: Slot) -> [[String]] {
    if let path = path(from: subject) { return path.isEmpty ? [] : [path] }
    switch kind {
    case .binary(_, .orElse, _): return []
    case .binary(let left, .equal, let right), .binary(let left, .unequal, let right):
      if left.isNull || right.isNull { return [] }
    default: break
    }
    return children.expressions.flatMap { $0.fieldsNeeded(of: subject) }
  }

  private var isNull: Bool { if case .constant(.null) = kind { true } else { false } }

  /// Whether it reads a variable.
  fileprivate func reads(_ slot: Slot) -> Bool {
    if case .local(slot) = kind { return true }
    let below = children
    return below.expressions.contains { $0.reads(slot) } || !below.blocks.isEmpty
  }
}
