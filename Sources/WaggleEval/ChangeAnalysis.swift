import WaggleCheck

/// Says which expressions surely leave a variable as it is, so that it may be changed in place.
///
/// An expression changes variables only by the blocks in it and by the functions that it calls; one
/// that holds a block is not looked into further.
struct ChangeAnalysis {
  /// The top-level variables that some function sets.
  private let setByFunctions: Set<Slot>

  init(_ program: CheckedProgram) {
    var slots: Set<Slot> = []
    for function in program.functions {
      Self.collect(Children(blocks: [function.body]), into: &slots)
    }
    setByFunctions = slots
  }

  /// Whether evaluating an expression leaves a variable as it is.
  func keeps(_ target: Target, _ expression: CheckedExpression, isInFunction: Bool) -> Bool {
    switch target {
    case .local(let slot):
      isPlain(expression, isCallSafe: isInFunction || !setByFunctions.contains(slot))
    case .global(let slot): isPlain(expression, isCallSafe: !setByFunctions.contains(slot))
    }
  }

  /// Whether an expression changes no variable at all.
  func isPure(_ expression: CheckedExpression) -> Bool { isPlain(expression, isCallSafe: false) }

  /// Whether an expression holds no block, and calls only where calls do no harm.
  private func isPlain(_ expression: CheckedExpression, isCallSafe: Bool) -> Bool {
    if case .call = expression.kind, !isCallSafe { return false }
    let children = expression.children
    return children.blocks.isEmpty
      && children.expressions.allSatisfy { isPlain($0, isCallSafe: isCallSafe) }
  }

  private static func collect(_ children: Children, into slots: inout Set<Slot>) {
    for expression in children.expressions { collect(expression.children, into: &slots) }
    for statement in children.blocks.lazy.flatMap(\.statements) {
      if case .setGlobal(let slot, _) = statement.kind { slots.insert(slot) }
      collect(statement.children, into: &slots)
    }
  }
}
