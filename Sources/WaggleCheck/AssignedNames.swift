import WaggleSyntax

/// The names that an `x = …` somewhere in a text changes.
///
/// A loop may run a read after a change that stands below it, so of these variables the checker
/// claims to know nothing.
struct AssignedNames {
  private var names: Set<String> = []
  private var bound: Set<String> = []

  /// Collects the names of a text.
  static func of(_ script: Script) -> Set<String> {
    var collector = AssignedNames()
    for statement in script.statements {
      if case .bind(let name, _) = statement.kind, !collector.bound.insert(name.text).inserted {
        collector.names.insert(name.text)
      }
      collector.visit(statement)
    }
    return collector.names
  }

  private mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .assign(let name, let body):
      names.insert(name.text)
      visit(body)
    case .bind(_, let body), .body(let body): visit(body)
    case .giveBack(let body): if let body { visit(body) }
    case .exit(let expression): visit(expression)
    case .fail(let expression), .limit(_, let expression), .use(let expression):
      visit(expression)
    case .whileLoop(let condition, let block):
      visit(condition)
      visit(block)
    case .later(let block): visit(block)
    case .assert(let condition, let message):
      visit(condition)
      visit(message)
    case .function(let declaration): visit(declaration.block)
    case .parameter, .leave, .next: break
    }
  }

  private mutating func visit(_ body: Body) {
    switch body {
    case .control(let control): visit(control)
    case .pipeline(let pipeline): for stage in pipeline.stages { visit(stage) }
    }
  }

  private mutating func visit(_ control: Control) {
    switch control.kind {
    case .choose(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.block)
      }
      if let otherwise { visit(otherwise) }
    case .loop(let loop):
      visit(loop.over)
      visit(loop.block)
    case .attempt(let block, _, let handler):
      visit(block)
      if let handler { visit(handler) }
    case .again(_, _, _, let block): visit(block)
    case .within(_, let block), .step(_, let block): visit(block)
    }
  }

  private mutating func visit(_ stage: Stage) {
    switch stage {
    case .expression(let expression): visit(expression)
    case .command(let command): visit(command.form)
    }
  }

  private mutating func visit(_ form: Command.Form) {
    switch form {
    case .plain(let arguments): for argument in arguments { visit(argument) }
    case .test(let input, let condition), .pick(let input, let condition, _):
      visit(input)
      visit(condition)
    case .wait(let input, let condition, _):
      visit(input)
      visit(condition)
    case .exec(let program, let arguments):
      visit(program)
      for argument in arguments { visit(argument) }
    }
  }

  private mutating func visit(_ argument: Argument) {
    switch argument.kind {
    case .value(let expression), .spread(let expression): visit(expression)
    case .option(_, let expression): visit(expression)
    }
  }

  private mutating func visit(_ expression: Expression?) {
    switch expression?.kind {
    case .group(let body): visit(body)
    case .unary(_, let operand): visit(operand)
    case .binary(let left, _, _, let right), .index(let left, let right):
      visit(left)
      visit(right)
    case .field(let base, _, _): visit(base)
    case .slice(let base, let lower, let upper):
      visit(base)
      visit(lower)
      visit(upper)
    case .text(let pieces, _):
      for case .fill(let expression) in pieces { visit(expression) }
    case .list(let items):
      for item in items {
        switch item {
        case .value(let e), .spread(let e): visit(e)
        }
      }
    case .record(let entries):
      for entry in entries {
        switch entry {
        case .value(_, let e), .spread(let e): visit(e)
        }
      }
    default: break
    }
  }
}
