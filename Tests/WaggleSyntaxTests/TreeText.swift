import WaggleSyntax
import WaggleText

/// A tree as one line of text: `(let x (run count [$bees]))`.
enum TreeText {
  /// The statements of a text, or its first diagnostic as `! code`.
  static func of(_ text: String, _ mode: Parser.Mode = .file) -> String {
    let (script, diagnostics) = parse(text, mode)
    if let first = diagnostics.first { return "! \(first.code)" }
    return script.statements.map(show).joined(separator: "\n")
  }

  static func parse(
    _ text: String, _ mode: Parser.Mode = .file
  ) -> (script: Script, diagnostics: [Diagnostic]) {
    Parser.parse(Source(name: "test", text: text), id: SourceID(0), mode: mode)
  }

  static func show(_ statement: Statement) -> String {
    switch statement.kind {
    case .bind(let name, let body): "(let \(name.text) \(show(body)))"
    case .assign(let name, let body): "(set \(name.text) \(show(body)))"
    case .giveBack(let body): "(return\(body.map { " " + show($0) } ?? ""))"
    case .leave: "(break)"
    case .next: "(continue)"
    case .exit(let value): "(exit\(tail(value)))"
    case .fail(let value): "(fail \(show(value)))"
    case .whileLoop(let condition, let block): "(while \(show(condition)) \(show(block)))"
    case .later(let block): "(defer \(show(block)))"
    case .assert(let condition, let message): "(assert \(show(condition))\(tail(message)))"
    case .limit(let what, let count): "(limit \(what.text) \(show(count)))"
    case .use(let file): "(use \(show(file)))"
    case .parameter(let parameter): show(parameter)
    case .function(let function): show(function)
    case .body(let body): show(body)
    }
  }

  private static func show(_ it: ParameterDeclaration) -> String {
    let help = it.help.map { " help=\(quote($0.text))" } ?? ""
    return "(param \(it.name.text)\(typed(it.type, it.preset))\(help))"
  }

  private static func show(_ it: FunctionDeclaration) -> String {
    let formals = it.formals.map { formal in
      " \(formal.name.text)\(formal.isRest ? "..." : "")\(typed(formal.type, formal.preset))"
    }
    let help = it.help.map { " help=\(quote($0))" } ?? ""
    return "(def \(it.name.text)\(formals.joined())\(help) \(show(it.block)))"
  }

  private static func typed(_ type: Name?, _ preset: Expression?) -> String {
    (type.map { ":\($0.text)" } ?? "") + (preset.map { "=\(show($0))" } ?? "")
  }

  private static func tail(_ value: Expression?) -> String { value.map { " " + show($0) } ?? "" }

  static func show(_ block: Block) -> String {
    "{\(block.statements.map(show).joined(separator: "; "))}"
  }

  static func show(_ body: Body) -> String {
    switch body {
    case .control(let control): show(control)
    case .pipeline(let pipeline):
      (pipeline.leadingPipe == nil ? "" : "| ")
        + pipeline.stages.map(show).joined(separator: " | ")
    }
  }

  private static func show(_ control: Control) -> String {
    switch control.kind {
    case .choose(let choices, let otherwise):
      "(if "
        + choices.map { "\(show($0.condition)) \(show($0.block))" }.joined(separator: " elif ")
        + (otherwise.map { " else \(show($0))" } ?? "") + ")"
    case .loop(let loop): show(loop)
    case .attempt(let block, let name, let handler):
      "(try \(show(block))\(name.map { " \($0.text)" } ?? "")\(handler.map { " " + show($0) } ?? ""))"
    case .again(let times, let every, let backoff, let block):
      "(retry \(show(times))\(every.map { " every \(show($0))" } ?? "")"
        + "\(backoff.map { " backoff \(show($0))" } ?? "") \(show(block)))"
    case .within(let time, let block): "(timeout \(show(time)) \(show(block)))"
    case .step(let title, let block): "(step \(show(title)) \(show(block)))"
    }
  }

  private static func show(_ loop: ForLoop) -> String {
    "(for \(loop.first.text)\(loop.second.map { ",\($0.text)" } ?? "") \(show(loop.over))"
      + "\(loop.parallel.map { " parallel \(show($0))" } ?? "")"
      + "\(loop.keepGoing == nil ? "" : " keep-going") \(show(loop.block)))"
  }

  private static func show(_ stage: Stage) -> String {
    switch stage {
    case .expression(let expression): show(expression)
    case .command(let command): show(command)
    }
  }

  private static func show(_ command: Command) -> String {
    let rest =
      switch command.form {
      case .plain(let arguments): arguments.map { " " + show($0) }.joined()
      case .test(let input, let condition):
        (input.map { " of \(show($0))" } ?? "") + (condition.map { " by \(show($0))" } ?? "")
      case .pick(let input, let selector, let order):
        (input.map { " of \(show($0))" } ?? "") + (selector.map { " by \(show($0))" } ?? "")
          + (order.map { " \($0.text)" } ?? "")
      case .wait(let input, let condition, let clauses):
        "\(tail(input)) until \(show(condition))" + clauses.map { " " + show($0) }.joined()
      case .exec(let program, let arguments):
        " \(show(program))" + arguments.map { " " + show($0) }.joined()
      }
    return "<\(command.name.text)\(rest)>"
  }

  private static func show(_ argument: Argument) -> String {
    switch argument.kind {
    case .value(let value): show(value)
    case .option(let name, let value): "--\(name.text)\(value.map { "=" + show($0) } ?? "")"
    case .spread(let value): "...\(show(value))"
    }
  }

  private static func show(_ clause: WaitClause) -> String {
    switch clause.kind {
    case .timeout(nil): "timeout never"
    case .failIf(let value), .every(let value), .stuckAfter(let value), .timeout(.some(let value)):
      "\(clause.keyword.text) \(show(value))"
    case .any(let count): "any\(tail(count))"
    }
  }

  static func show(_ expression: Expression) -> String {
    switch expression.kind {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let text), .duration(let text), .word(let text): text
    case .text(let pieces, let quoted): show(pieces, quoted)
    case .variable(let name): "$\(name.text)"
    case .subject: "."
    case .field(let base, let name, let optional):
      "\(base.map(show) ?? "")\(optional ? "?" : "").\(name.text)"
    case .index(let base, let index): "\(show(base))[\(show(index))]"
    case .slice(let base, let first, let last):
      "\(show(base))[\(first.map(show) ?? "")..\(last.map(show) ?? "")]"
    case .list(let items): "[\(items.map(show).joined(separator: ", "))]"
    case .record(let entries): "{\(entries.map(show).joined(separator: ", "))}"
    case .group(let body): "(\(show(body)))"
    case .unary(let sign, let operand): "(\(sign.rawValue) \(show(operand)))"
    case .binary(let left, let sign, _, let right):
      "(\(show(left)) \(sign.rawValue) \(show(right)))"
    case .broken: "?"
    }
  }

  private static func show(_ pieces: [TextPiece], _ quoted: Bool) -> String {
    let inner = pieces.map { piece in
      switch piece {
      case .literal(let text): escape(text)
      case .fill(let value): "{\(show(value))}"
      }
    }
    return quoted ? "\"\(inner.joined())\"" : "`\(inner.joined())`"
  }

  private static func show(_ item: ListItem) -> String {
    switch item {
    case .value(let value): show(value)
    case .spread(let value): "...\(show(value))"
    }
  }

  private static func show(_ entry: RecordEntry) -> String {
    switch entry {
    case .value(let name, let value): "\(name.text): \(show(value))"
    case .spread(let value): "...\(show(value))"
    }
  }

  private static func quote(_ text: String) -> String { "\"\(escape(text))\"" }

  private static func escape(_ text: String) -> String {
    text.replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
  }
}
