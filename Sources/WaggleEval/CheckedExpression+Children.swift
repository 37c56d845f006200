import WaggleCheck

/// What stands directly below an expression or a statement.
struct Children {
  var expressions: [CheckedExpression] = []
  var blocks: [CheckedBlock] = []
}

extension CheckedExpression {
  /// Everything directly below it.
  var children: Children {
    switch kind {
    case .constant, .local, .global, .goal: Children()
    case .environment(let inner, _), .not(let inner), .negate(let inner),
      .field(let inner, _, _, _):
      Children(expressions: [inner])
    case .index(let a, let b), .binary(let a, _, let b): Children(expressions: [a, b])
    case .slice(let a, let b, let c): Children(expressions: [a, b, c].compactMap { $0 })
    case .list(let items): Children(expressions: items.map(\.expression))
    case .record(let entries): Children(expressions: entries.map(\.expression))
    case .text(let parts): Children(expressions: parts)
    case .builtin(let builtin): builtin.children
    case .call(let call):
      Children(expressions: (call.arguments + [call.further, call.named]).compactMap { $0 })
    case .operation(let operation): operation.children
    case .wait(let wait): wait.children
    case .exec(let call):
      Children(
        expressions: [call.program, call.environment, call.input].compactMap { $0 }
          + call.arguments.map(\.expression))
    default: controlChildren
    }
  }

  private var controlChildren: Children {
    switch kind {
    case .choose(let branches, let otherwise):
      Children(
        expressions: branches.map(\.condition),
        blocks: branches.map(\.block) + (otherwise.map { [$0] } ?? []))
    case .loop(let loop):
      Children(expressions: [loop.over, loop.parallel].compactMap { $0 }, blocks: [loop.body])
    case .attempt(let body, _, let handler):
      Children(blocks: [body, handler].compactMap { $0 })
    case .again(let retry):
      Children(
        expressions: [retry.times, retry.every, retry.backoff].compactMap { $0 },
        blocks: [retry.body])
    case .within(let head, let body, _), .step(let head, let body):
      Children(expressions: [head], blocks: [body])
    default: Children()
    }
  }
}

extension CheckedBuiltin {
  fileprivate var children: Children {
    Children(
      expressions: [input, condition].compactMap { $0 } + arguments.map(\.expression))
  }
}

extension CheckedOperation {
  fileprivate var children: Children {
    let others = [body, limit, page].compactMap { $0 }
    return Children(expressions: places + options.map(\.value) + spreads + others)
  }
}

extension CheckedWait {
  fileprivate var children: Children {
    var expressions = [input, condition, failIf, every, stuckAfter].compactMap { $0 }
    if case .after(let limit) = timeout { expressions.append(limit) }
    if case .some(let number) = any { expressions.append(number) }
    return Children(expressions: expressions)
  }
}

extension CheckedStatement {
  /// Everything directly below it.
  var children: Children {
    switch kind {
    case .set(_, let value), .setGlobal(_, let value), .fail(let value), .limit(_, let value, _),
      .value(let value, _):
      Children(expressions: [value])
    case .giveBack(let value), .exit(let value): Children(expressions: value.map { [$0] } ?? [])
    case .leave, .next: Children()
    case .whileLoop(let condition, let body, _): Children(expressions: [condition], blocks: [body])
    case .later(let body): Children(blocks: [body])
    case .assert(let condition, let message):
      Children(expressions: [condition, message].compactMap { $0 })
    }
  }
}

extension CheckedItem {
  /// What is an item or is spread into items.
  var expression: CheckedExpression {
    switch self {
    case .value(let expression), .spread(let expression): expression
    }
  }
}

extension CheckedEntry {
  /// What is a value or is spread into fields.
  var expression: CheckedExpression {
    switch self {
    case .value(_, let expression), .spread(let expression): expression
    }
  }
}
