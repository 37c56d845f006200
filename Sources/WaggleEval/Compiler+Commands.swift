import WaggleCheck
import WaggleText
import WaggleValues

/// Built-in commands, functions and `wait`.
extension Compiler {
  func builtin(_ builtin: CheckedBuiltin, _ span: Span) -> Node {
    let input = builtin.input.map(node) ?? ConstantNode(.null, span)
    let lens = lens(builtin)
    let first = builtin.arguments.first.map { node($0.expression) }
    switch builtin.builtin {
    case .where: return lens.map { WhereNode(input, $0, span) } ?? input
    case .map: return lens.map { MapNode(input, $0, span) } ?? input
    case .select:
      return SelectNode(input, names: builtin.arguments.map { node($0.expression) }, span)
    case .sort: return SortNode(input, lens, isDescending: builtin.isDescending, span)
    case .first: return EndNode(input, number: first, isLast: false, span)
    case .last: return EndNode(input, number: first, isLast: true, span)
    case .count: return CountNode(input, lens, span)
    case .sum: return SumNode(input, lens, span)
    case .min: return ExtremeNode(input, lens, isGreatest: false, span)
    case .max: return ExtremeNode(input, lens, isGreatest: true, span)
    case .group: return GroupNode(input, lens, span)
    case .join: return JoinNode(input, separator: first, span)
    default: return conversion(builtin, input, span)
    }
  }

  private func conversion(_ builtin: CheckedBuiltin, _ input: Node, _ span: Span) -> Node {
    switch builtin.builtin {
    case .toJSON: return ToJSONNode(input, span)
    case .toTable: return ToTableNode(input, span)
    case .fromJSON: return FromJSONNode(input, span)
    case .secret: return SecretNode(input, span)
    case .reveal: return RevealNode(input, span)
    case .now: return NowNode(site: builtin.site, span)
    case .age: return AgeNode(input, site: builtin.site, span)
    case .sleep: return SleepNode(input, site: builtin.site, span)
    default:
      return WriteNode(
        items(builtin.arguments), isLog: builtin.builtin == .log, site: builtin.site, span)
    }
  }

  private func lens(_ builtin: CheckedBuiltin) -> Lens? {
    guard let condition = builtin.condition, let subject = builtin.subject else { return nil }
    let isPure = builtin.counter == nil && effects.isPure(condition)
    return Lens(node: node(condition), subject: subject, counter: builtin.counter, isPure: isPure)
  }

  /// Compiles a call of a function.
  func call(_ call: CheckedCall, _ span: Span) -> Node {
    let code = functions[call.function]
    let formals = program.functions[call.function].formals
    var chain: ArgumentChain?
    var given: Set<Int> = []
    for (slot, argument) in call.arguments.enumerated().reversed() {
      guard let argument else { continue }
      given.insert(slot)
      let formal = formals[slot]
      chain = ArgumentChain(
        slot: slot, node: node(argument), type: formal.type, isRest: formal.isRest, next: chain)
    }
    let isComplete = given.count == formals.count
    guard !isComplete || call.further != nil || call.named != nil else {
      return CallNode(code, chain, site: call.site, span)
    }
    return OpenCallNode(
      code, chain, given: given, further: call.further.map(node), named: call.named.map(node),
      site: call.site, span)
  }

  /// Compiles a `wait`, with subjects or without.
  func wait(_ wait: CheckedWait, _ span: Span) -> Node {
    let timeout: WaitNode.Clauses.Timeout =
      switch wait.timeout {
      case .usual: .usual
      case .never: .never
      case .after(let limit): .after(node(limit))
      }
    let clauses = WaitNode.Clauses(
      condition: node(wait.condition), failIf: wait.failIf.map(node), timeout: timeout,
      every: wait.every.map(node), stuckAfter: wait.stuckAfter.map(node))
    guard let input = wait.input else { return AskAgainNode(wait, clauses, span) }
    let any: WaitNode.Enough =
      switch wait.any {
      case .all: .all
      case .one: .one
      case .some(let number): .some(node(number))
      }
    return WaitNode(wait, input: node(input), clauses: clauses, any: any, span)
  }
}

/// Statements that have a value.
extension Compiler {
  func control(_ expression: CheckedExpression) -> Node {
    let span = expression.span
    switch expression.kind {
    case .choose(let branches, let otherwise): return choose(branches[...], otherwise, span)
    case .loop(let loop): return self.loop(loop, span)
    case .attempt(let body, let slot, let handler):
      return TryNode(block(body), slot: slot, handler: handler.map(block), span)
    case .again(let retry):
      return RetryNode(
        times: node(retry.times), every: retry.every.map(node), backoff: retry.backoff.map(node),
        counter: retry.counter, body: block(retry.body), site: retry.site, span)
    case .within(let limit, let body, _): return WithinNode(node(limit), block(body), span)
    case .step(let title, let body): return StepNode(node(title), block(body), span)
    default: return ConstantNode(.null, span)
    }
  }

  private func choose(
    _ branches: ArraySlice<(condition: CheckedExpression, block: CheckedBlock)>,
    _ otherwise: CheckedBlock?, _ span: Span
  ) -> Node {
    var rest: Node? = otherwise.map(block)
    for branch in branches.reversed() {
      rest = ChoiceNode(node(branch.condition), block(branch.block), otherwise: rest, span)
    }
    return rest ?? NothingNode(span)
  }

  private func loop(_ loop: CheckedLoop, _ span: Span) -> Node {
    let over = node(loop.over)
    let body = block(loop.body)
    if let width = loop.parallel {
      return ParallelNode(
        loop, over: over, width: node(width), body: body, frameSize: frameSize, span)
    }
    let slots = LoopSlots(first: loop.first, second: loop.second, counter: loop.counter)
    return LoopNode(
      over: over, slots: slots, keepsGoing: loop.keepsGoing, isValueTaken: loop.isValueTaken,
      body: body, span)
  }
}
