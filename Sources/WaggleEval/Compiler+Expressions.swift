import WaggleCheck
import WaggleSyntax
import WaggleText
import WaggleValues

/// Expressions.
extension Compiler {
  /// Compiles an expression.
  func node(_ expression: CheckedExpression) -> Node {
    let span = expression.span
    switch expression.kind {
    case .constant(let value): return ConstantNode(value, span)
    case .local(let slot): return LocalNode(slot, span)
    case .global(let slot): return GlobalNode(slot, span)
    case .environment(let name, let site): return EnvironmentNode(node(name), site: site, span)
    case .field(let base, let name, let isOptional, let cache):
      return field(node(base), name, isOptional: isOptional, cache: cache, span)
    case .index(let base, let index): return IndexNode(node(base), node(index), span)
    case .slice(let base, let lower, let upper):
      return SliceNode(node(base), lower.map(node), upper.map(node), span)
    case .list(let items): return list(items, span)
    case .record(let entries): return record(entries, span)
    case .text(let parts): return TextNode(parts.map(node), span)
    case .not(let operand): return NotNode(node(operand), span)
    case .negate(let operand): return NegateNode(node(operand), span)
    case .binary(let left, let sign, let right): return binary(left, sign, right, span)
    case .builtin(let builtin): return self.builtin(builtin, span)
    case .call(let call): return self.call(call, span)
    case .operation(let operation): return OperationNode(operation, span, node)
    case .wait(let wait): return self.wait(wait, span)
    case .exec(let call): return exec(call, span)
    case .goal(let goal, _): return GoalNode(goal, span)
    default: return control(expression)
    }
  }

  private func field(
    _ base: Node, _ name: String, isOptional: Bool, cache: Int, _ span: Span
  ) -> Node {
    guard let place = base.place, !place.isField else {
      return NodeFieldNode(base, name, isOptional: isOptional, cache: cache, span)
    }
    return PlaceFieldNode(place, name, isOptional: isOptional, cache: cache, span)
  }

  /// Compiles a list; one of constants is a constant.
  private func list(_ items: [CheckedItem], _ span: Span) -> Node {
    let items = self.items(items)
    let constants = items.compactMap { item -> Value? in
      guard !item.isSpread, let node = item.node as? ConstantNode else { return nil }
      return node.address.pointee
    }
    if constants.count == items.count, let list = try? List(constants) {
      return ConstantNode(.list(list), span)
    }
    return ListNode(items, span)
  }

  func items(_ items: [CheckedItem]) -> [ListNode.Item] {
    items.map { item in
      switch item {
      case .value(let expression): ListNode.Item(node: node(expression), isSpread: false)
      case .spread(let expression): ListNode.Item(node: node(expression), isSpread: true)
      }
    }
  }

  private func record(_ entries: [CheckedEntry], _ span: Span) -> Node {
    let entries = entries.map { entry in
      switch entry {
      case .value(let key, let value): RecordNode.Entry(key: key, node: node(value))
      case .spread(let value): RecordNode.Entry(key: nil, node: node(value))
      }
    }
    return RecordNode(entries, span)
  }
}

/// Operators.
extension Compiler {
  private func binary(
    _ left: CheckedExpression, _ sign: BinaryOperator, _ right: CheckedExpression, _ span: Span
  ) -> Node {
    switch sign {
    case .or: return OrNode(node(left), node(right), span)
    case .and: return AndNode(node(left), node(right), span)
    case .orElse: return OrElseNode(node(left), node(right), span)
    case .range: return RangeNode(node(left), node(right), span)
    case .matches: return MatchNode(node(left), node(right), isWanted: true, span)
    case .matchesNot: return MatchNode(node(left), node(right), isWanted: false, span)
    default: break
    }
    if let comparison = sign.comparison { return compare(left, comparison, right, span) }
    return calculate(left, sign.arithmetic ?? .add, right, span)
  }

  private func compare(
    _ left: CheckedExpression, _ comparison: Comparison, _ right: CheckedExpression, _ span: Span
  ) -> Node {
    let (a, b) = (node(left), node(right))
    guard let place = b.place else { return NodeNodeComparison(a, comparison, b, span) }
    guard let other = a.place else { return NodePlaceComparison(a, comparison, place, span) }
    if let number = b.constantInt { return PlaceIntComparison(other, comparison, number, span) }
    return PlacePlaceComparison(other, comparison, place, span)
  }

  private func calculate(
    _ left: CheckedExpression, _ arithmetic: Arithmetic, _ right: CheckedExpression, _ span: Span
  ) -> Node {
    let (a, b) = (node(left), node(right))
    if let number = b.constantInt {
      return a.place.map { PlaceIntArithmetic($0, arithmetic, number, span) }
        ?? NodeIntArithmetic(a, arithmetic, number, span)
    }
    switch (a.place, b.place) {
    case (let x?, let y?): return PlacePlaceArithmetic(x, arithmetic, y, span)
    case (nil, let y?): return NodePlaceArithmetic(a, arithmetic, y, span)
    case (let x?, nil) where staysPut(left, during: right):
      return PlaceNodeArithmetic(x, arithmetic, b, span)
    default: return NodeNodeArithmetic(a, arithmetic, b, span)
    }
  }

  /// Whether a variable or constant is the same before and after another expression is evaluated.
  private func staysPut(_ left: CheckedExpression, during right: CheckedExpression) -> Bool {
    switch left.kind {
    case .local(let slot): keeps(.local(slot), right)
    case .global(let slot): keeps(.global(slot), right)
    case .field(let base, _, _, _): staysPut(base, during: right)
    default: true
    }
  }
}

extension Node {
  /// The int that it is, known before the run.
  fileprivate var constantInt: Int? {
    guard case .int(let number)? = (self as? ConstantNode)?.address.pointee else { return nil }
    return number
  }
}

extension BinaryOperator {
  /// The comparison that it is; nil for another operator.
  var comparison: Comparison? {
    switch self {
    case .equal: .equal
    case .unequal: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .isIn: .isIn
    case .contains: .contains
    default: nil
    }
  }

  fileprivate var arithmetic: Arithmetic? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .times: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    default: nil
    }
  }
}
