import WaggleCheck
import WaggleText
import WaggleValues

/// Functions and `wait`.
extension Compiler {
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
      timeout: timeout, every: wait.every.map(node), stuckAfter: wait.stuckAfter.map(node))
    guard let input = wait.input else {
      return AskAgainNode(
        wait, condition: condition(wait.condition, about: wait.subject),
        failIf: wait.failIf.map { condition($0, about: wait.subject) }, clauses, span)
    }
    let any: WaitNode.Enough =
      switch wait.any {
      case .all: .all
      case .one: .one
      case .some(let number): .some(node(number))
      }
    let conditions = WaitNode.Conditions(
      until: condition(wait.condition, about: wait.subject),
      failIf: wait.failIf.map { condition($0, about: wait.subject) }, subject: wait.subject)
    return WaitNode(
      wait, input: node(input), conditions: conditions, clauses: clauses, any: any, span)
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
      body: body, site: loop.site, span)
  }
}
