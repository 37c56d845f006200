import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks statements between braces, in a scope of their own.
  func block(_ block: Block, taken: Taken) -> (block: CheckedBlock, schema: Schema) {
    inBlock { self.block(statements: block.statements, span: block.span, taken: taken) }
  }

  /// Checks statements in the scope that is open; the schema is that of the block's value.
  func block(
    statements: [Statement], span: Span, taken: Taken
  ) -> (block: CheckedBlock, schema: Schema) {
    var checked: [CheckedStatement] = []
    var schema = Schema.null
    warnOfUnreachable(statements)
    for (index, statement) in statements.enumerated() {
      if case .use = statement.kind {
        checked += brought(by: statement)
        schema = .null
        continue
      }
      let isLast = index == statements.count - 1
      let result = self.statement(statement, taken: taken == .shown || isLast ? taken : .no)
      if let kind = result.kind { checked.append(CheckedStatement(kind, statement.span)) }
      schema = result.schema
    }
    return (CheckedBlock(statements: checked, span: span), schema)
  }

  private func warnOfUnreachable(_ statements: [Statement]) {
    guard let end = statements.firstIndex(where: \.leaves), end + 1 < statements.count else {
      return
    }
    warn(.unreachable(statements[end + 1].span, after: statements[end].span))
  }

  private func statement(
    _ statement: Statement, taken: Taken
  ) -> (kind: CheckedStatement.Kind?, schema: Schema) {
    if case .body(let body) = statement.kind {
      let value = self.body(body, taken: taken, isStatement: true)
      let shown = taken == .shown && !body.isLoop ? sites.effect("show") : nil
      if shown != nil { self.shown.append(value.schema) }
      return (.value(value.expression, shown: shown), value.schema)
    }
    return (plain(statement), .null)
  }

  private func plain(_ statement: Statement) -> CheckedStatement.Kind? {
    switch statement.kind {
    case .bind(let name, let body): return bind(name, body)
    case .assign(let name, let body): return assign(name, body)
    case .giveBack(let body): return giveBack(body, statement.span)
    case .leave:
      if !flow.mayBreak { report(.misplaced("break", flow.barrier, statement.span)) }
      return .leave
    case .next:
      if !flow.mayContinue { report(.misplaced("continue", flow.barrier, statement.span)) }
      return .next
    case .exit(let status): return .exit(status.map(exitStatus))
    case .fail(let message):
      return .fail(check(message, .argument(.text)).expression)
    case .whileLoop(let condition, let block): return whileLoop(condition, block)
    case .later(let block):
      let path = sites.below(sites.label("defer"))
      return .later(
        at(path) { with(flow: Flow(barrier: .deferred)) { self.block(block, taken: .no).block } })
    case .assert(let condition, let message):
      return .assert(
        self.condition(condition, of: "assert").expression,
        message: message.map { wanted($0, .text, as: "the message").expression })
    case .limit(let word, let number): return limit(word, number)
    case .parameter(let declaration): return parameter(declaration, statement.span)
    case .function(let declaration):
      checkFunction(declaration)
      return nil
    case .use, .body: return nil
    }
  }

  private func exitStatus(_ status: Expression) -> CheckedExpression {
    let value = wanted(status, .int, as: "`exit`")
    if case .int(let number) = value.constant, !(0...255).contains(number) {
      report(.outOfLimits("an exit status", "from 0 to 255", .int(number), value.span))
    }
    return value.expression
  }

  private func bind(_ name: Name, _ body: Body) -> CheckedStatement.Kind {
    let value = self.body(body, taken: .yes)
    if frame.inInnermostBlock(name.text) == nil, let outer = find(name.text) {
      report(.alreadyOutside(name, outer.variable.span))
    }
    if let file = frame.inInnermostBlock(name.text)?.file {
      report(.broughtInAlready(name.text, by: file, name.span))
    }
    let variable = declare(name, origin: .bound, schema: value.schema)
    variable.isRead = body.isBroken
    return .set(variable.slot, value.expression)
  }

  private func assign(_ name: Name, _ body: Body) -> CheckedStatement.Kind? {
    let value = self.body(body, taken: .yes)
    guard let (variable, isGlobal) = find(name.text) else {
      if !lacksNames {
        report(
          .unknownAssignment(name, suggestion: NearestName.of(name.text, among: variableNames)))
      }
      return nil
    }
    if probe == nil { variable.schema = .any }
    let depth = isGlobal ? 0 : variable.parallelDepth
    if depth < flow.parallelDepth {
      report(.changedInParallel(name.text, name.span, declared: variable.span))
    }
    if isGlobal {
      function?.writes.append(variable)
      return .setGlobal(variable.slot, value.expression)
    }
    return .set(variable.slot, value.expression)
  }

  private func giveBack(_ body: Body?, _ span: Span) -> CheckedStatement.Kind {
    let value = body.map { self.body($0, taken: .yes) }
    if !flow.mayReturn { report(.misplaced("return", flow.barrier, span)) }
    function?.returns.append(value?.schema ?? .null)
    return .giveBack(value?.expression)
  }

  private func whileLoop(_ condition: Expression, _ block: Block) -> CheckedStatement.Kind {
    let counter = frame.slot()
    let path = sites.below(sites.label("while"), counter: counter)
    return at(path) {
      let condition = self.condition(condition, of: "while")
      var inner = flow
      inner.mayBreak = true
      inner.mayContinue = true
      let body = with(flow: inner) { self.block(block, taken: .no).block }
      return .whileLoop(condition.expression, body, counter: counter)
    }
  }

  private func limit(_ word: Name, _ number: Expression) -> CheckedStatement.Kind? {
    let count = wanted(number, .int, as: "`limit`")
    if case .int(let value) = count.constant, value < 0 {
      report(.outOfLimits("a limit", "at least 0", .int(value), number.span))
    }
    guard let limit = CallLimit(rawValue: word.text) else { return nil }
    return .limit(limit, count.expression, sites.effect("limit"))
  }

  /// Checks a pipeline or a control; a statement's value may be dropped only where it is no data.
  func body(_ body: Body, taken: Taken, isStatement: Bool = false) -> Typed {
    switch body {
    case .control(let control): return self.control(control, taken: taken)
    case .pipeline(let pipeline):
      let value = self.pipeline(pipeline)
      guard isStatement, taken != .yes else { return value }
      if taken == .no { refuseDropping(value) }
      return value.dropped
    }
  }

  /// Reports a value that was made for nothing.
  private func refuseDropping(_ value: Typed) {
    switch value.expression.kind {
    case .constant(.null): break
    case .builtin(let call):
      guard !call.builtin.isDone else { break }
      report(.droppedValue(value.span, command: call.builtin.rawValue))
    case .operation(let call):
      if call.operation.effect == .read, call.follows == nil {
        warn(.droppedAnswer(value.span, call.operation.command))
      }
    case .call, .wait, .exec, .choose, .loop, .attempt, .again, .within, .step: break
    default: report(.droppedValue(value.span, command: nil))
    }
  }
}

extension Statement {
  /// Whether nothing that stands behind it in its block can run.
  fileprivate var leaves: Bool {
    switch kind {
    case .giveBack, .leave, .next, .exit, .fail: true
    case .body(.control(let control)): control.leaves
    default: false
    }
  }
}

extension Control {
  /// Whether each of its ways leaves.
  fileprivate var leaves: Bool {
    switch kind {
    case .choose(let branches, let otherwise?):
      otherwise.leaves && branches.allSatisfy(\.block.leaves)
    case .attempt(let block, _, let handler): block.leaves && handler?.leaves ?? false
    case .within(_, let block), .step(_, let block): block.leaves
    case .choose, .loop, .again: false
    }
  }
}

extension Block {
  /// Whether its end is never reached.
  fileprivate var leaves: Bool { statements.contains(where: \.leaves) }
}

extension Body {
  /// Whether it could not be read, which was reported.
  fileprivate var isBroken: Bool {
    guard case .pipeline(let pipeline) = self, pipeline.stages.count == 1,
      case .expression(let expression) = pipeline.stages.first
    else { return false }
    return expression.isBroken
  }

  /// Whether it is a `for`, whose value is not shown: its rounds were for what they did.
  fileprivate var isLoop: Bool {
    if case .control(let control) = self, case .loop = control.kind { true } else { false }
  }
}
