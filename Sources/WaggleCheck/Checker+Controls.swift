import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks a block form that has a value.
  func control(_ control: Control, taken: Taken) -> Typed {
    switch control.kind {
    case .choose(let branches, let otherwise):
      return choose(branches, otherwise, control.span, taken)
    case .loop(let loop): return self.loop(loop, control.span, taken == .yes ? .yes : .no)
    case .attempt(let block, let name, let handler):
      return attempt(block, name, handler, control.span, taken)
    case .again(let times, let every, let backoff, let block):
      return again(times, every, backoff, block, control.span, taken)
    case .within(let limit, let block):
      let limit = positive(limit, .duration, as: "`timeout`")
      let label = sites.label("timeout")
      let site = sites.site(labelled: label)
      let inner = at(sites.below(label)) { self.block(block, taken: taken.inside) }
      return Typed(.within(limit.expression, inner.block, site), inner.schema, control.span)
    case .step(let title, let block):
      let title = check(title, .argument(.text))
      let label =
        if case .text(let text) = title.constant { sites.label(stepTitled: text) } else {
          sites.label("step")
        }
      let inner = at(sites.below(label)) { self.block(block, taken: taken.inside) }
      return Typed(.step(title.expression, inner.block), inner.schema, control.span)
    }
  }

  private func choose(
    _ branches: [(condition: Expression, block: Block)], _ otherwise: Block?, _ span: Span,
    _ taken: Taken
  ) -> Typed {
    let label = sites.label("if")
    var checked: [(condition: CheckedExpression, block: CheckedBlock)] = []
    var schema: Schema?
    for (index, branch) in branches.enumerated() {
      let condition = self.condition(branch.condition, of: "if")
      let path = sites.below(index == 0 ? label : "\(label)/else#\(index)")
      let inner = at(path) { block(branch.block, taken: taken.inside) }
      checked.append((condition.expression, inner.block))
      schema = schema?.joined(with: inner.schema) ?? inner.schema
    }
    let last = otherwise.map { block in
      at(sites.below("\(label)/else#\(branches.count)")) {
        self.block(block, taken: taken.inside)
      }
    }
    let whole = (schema ?? .null).joined(with: last?.schema ?? .null)
    return Typed(.choose(checked, otherwise: last?.block), whole, span)
  }

  private func loop(_ loop: ForLoop, _ span: Span, _ taken: Taken) -> Typed {
    let over = check(loop.over)
    let parallel = loop.parallel.map { positive($0, .int, as: "`parallel`") }
    let (first, second) = heads(of: loop, over: over)
    let label = sites.label("for")
    let site = sites.site(labelled: label)
    let counter = frame.slot()
    return inBlock {
      with(flow: flow(inside: loop)) {
        let one = declare(loop.first, origin: .head, schema: first)
        let two = loop.second.map { declare($0, origin: .head, schema: second) }
        let body = at(sites.below(label, counter: counter)) {
          block(statements: loop.block.statements, span: loop.block.span, taken: taken)
        }
        let checked = CheckedLoop(
          over: over.expression, first: one.slot, second: two?.slot, counter: counter,
          parallel: parallel?.expression, keepsGoing: loop.keepGoing != nil,
          isValueTaken: taken == .yes, body: body.block, site: site)
        return Typed(.loop(checked), .list(body.schema), span)
      }
    }
  }

  /// What is known of the two variables of a loop.
  private func heads(of loop: ForLoop, over: Typed) -> (first: Schema, second: Schema) {
    switch over.schema.family {
    case nil: return (.any, .any)
    case .list: return (over.schema.element, .int)
    case .stream:
      if loop.parallel != nil { report(.streamInParallel(over.span)) }
      return (over.schema.element, .int)
    case .record:
      if loop.second == nil { report(.recordNeedsTwoNames(over.span, loop.first)) }
      return (.text, over.schema.anyField)
    default:
      report(.cannotWalk(over.schema, over.span))
      return (.any, .any)
    }
  }

  private func flow(inside loop: ForLoop) -> Flow {
    var inner = flow
    inner.mayContinue = true
    inner.mayBreak = loop.parallel == nil
    if loop.parallel != nil {
      inner.mayReturn = false
      inner.barrier = .parallel
      inner.parallelDepth += 1
    }
    return inner
  }

  private func attempt(
    _ block: Block, _ name: Name?, _ handler: Block?, _ span: Span, _ taken: Taken
  ) -> Typed {
    let label = sites.label("try")
    let tried = at(sites.below(label)) { self.block(block, taken: taken.inside) }
    guard let handler else {
      return Typed(.attempt(tried.block, fault: nil, handler: nil), tried.schema, span)
    }
    return inBlock {
      let fault = name.map { declare($0, origin: .head, schema: Self.fault) }
      let caught = at(sites.below("\(label)/catch")) {
        self.block(
          statements: handler.statements, span: handler.span, taken: taken.inside)
      }
      return Typed(
        .attempt(tried.block, fault: fault?.slot, handler: caught.block),
        tried.schema.joined(with: caught.schema), span)
    }
  }

  /// What `catch e` catches (language.md §5).
  static let fault = Schema.record([
    (
      "kind",
      .choice(
        [
          "fail", "assert", "value", "limit", "api", "connection", "wait_failed", "wait_timeout",
          "timeout", "exec", "file", "depth", "memory",
        ], open: false)
    ),
    ("code", .text), ("status", .int), ("message", .text), ("operation", .text),
    ("requestId", .text), ("retryable", .bool), ("at", .text),
  ])

  private func again(
    _ times: Expression, _ every: Expression?, _ backoff: Expression?, _ block: Block,
    _ span: Span, _ taken: Taken
  ) -> Typed {
    let times = positive(times, .int, as: "`retry`")
    let every = every.map { notNegative($0, .duration, as: "`every`") }
    let backoff = backoff.map { notNegative($0, .number, as: "`backoff`") }
    let label = sites.label("retry")
    let site = sites.site(labelled: label)
    let counter = frame.slot()
    retryDepth += 1
    let body = at(sites.below(label, counter: counter)) {
      self.block(block, taken: taken.inside)
    }
    retryDepth -= 1
    let retry = CheckedRetry(
      times: times.expression, every: every?.expression, backoff: backoff?.expression,
      counter: counter, body: body.block, site: site)
    return Typed(.again(retry), body.schema, span)
  }
}

extension Taken {
  /// What becomes of the value of a block inside: what is shown is shown once, as a whole.
  fileprivate var inside: Taken { self == .no ? .no : .yes }
}
