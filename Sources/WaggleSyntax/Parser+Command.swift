import WaggleText

// Commands, by the form that their first word asks for.

extension Parser {
  /// A command with what stands behind it.
  mutating func command(isFirst: Bool) throws(Reported) -> Command {
    let name = try commandName(isFirst)
    let form: Command.Form =
      switch name.text {
      case "where", "all", "any", "count", "find": try test(name, isFirst)
      case "map", "sort", "sum", "avg", "min", "max", "unique", "group": try pick(name, isFirst)
      case "wait": try wait(isFirst)
      case "exec": try exec()
      default: .plain(try arguments(of: name, isFirst))
      }
    return Command(name: name, form: form, span: span(from: Int(name.span.lower)))
  }

  private mutating func commandName(_ isFirst: Bool) throws(Reported) -> Name {
    let token = peek()
    guard token.kind == .word else {
      if isMisplaced(token) { throw misplaced(token) }
      throw fail(
        .expected(
          isFirst ? "a command or a value" : "a command", found: describe(token), at: spot(token)),
        at: token)
    }
    let text = text(token)
    try rejectOperator(token)
    if let advice = ForeignWord.advice(text) {
      throw fail(.foreignWord(text, advice, at: span(token)), at: token)
    }
    if Keyword(typed: text) != nil, !isTouched(token) {
      throw fail(.misplacedStatement(text, at: span(token)), at: token)
    }
    guard lexer.nameEnd(from: token.lower) == token.upper else {
      throw fail(.notACommand(text, at: span(token)), at: token)
    }
    take(token)
    try rejectTouching(token)
    return name(token)
  }

  /// Reports a bracket or a text that touches the word of a command.
  private mutating func rejectTouching(_ word: Token) throws(Reported) {
    let next = peek()
    guard next.touches, !next.endsValue else { return }
    if case .open = next.kind { throw touchedWord(word, by: next) }
    throw touching(next)
  }

  /// Reports a bracket that touches a word: a call, an index, a block.
  mutating func touchedWord(_ word: Token, by next: Token) -> Reported {
    let place = span(word.lower, next.upper)
    return switch next.kind {
    case .open(.round): fail(.callParentheses(text(word), at: place), at: next)
    case .open(.square): fail(.indexedWord(text(word), at: place), at: next)
    default: fail(.braceNeedsSpace(at: span(next)), at: next)
    }
  }

  // MARK: Forms

  private mutating func arguments(
    of name: Name, _ isFirst: Bool
  ) throws(Reported) -> [Argument] {
    let token = peek()
    if isFirst, token.kind == .word {
      let saved = lexer.mark
      take(token)
      let isBinary = !peek().endsValue
      lexer.go(to: saved)
      if isBinary { try rejectOperator(token, behind: name) }
    }
    let before = command
    command = name
    defer { command = before }
    return try arguments()
  }

  private mutating func test(_ command: Name, _ isFirst: Bool) throws(Reported) -> Command.Form {
    let input = isFirst ? try input(of: command) : nil
    return .test(input: input, condition: try subjectExpression())
  }

  private mutating func pick(_ command: Name, _ isFirst: Bool) throws(Reported) -> Command.Form {
    let input = isFirst ? try input(of: command) : nil
    let selector = isOrderAlone() ? nil : try subjectExpression()
    var order: Name?
    let token = peek()
    if word(token, is: "asc") || word(token, is: "desc") {
      take(token)
      order = name(token)
    }
    return .pick(input: input, selector: selector, order: order)
  }

  private mutating func input(of command: Name) throws(Reported) -> Expression? {
    if peek().endsValue { return nil }
    let input = try expectArgument("a value")
    if case .word = input.kind, binaryOperator(peek()) != nil {
      throw fail(.missingInput(command.text, at: command.span))
    }
    return input
  }

  /// Whether `asc` or `desc` stands here and nothing behind it.
  private mutating func isOrderAlone() -> Bool {
    let token = peek()
    guard word(token, is: "asc") || word(token, is: "desc") else { return false }
    let saved = lexer.mark
    defer { lexer.go(to: saved) }
    take(token)
    return peek().endsValue
  }

  /// An expression about a subject, if one stands here.
  private mutating func subjectExpression() throws(Reported) -> Expression? {
    let token = peek()
    if token.endsValue { return nil }
    try rejectStatement(token)
    try rejectOperator(token)
    return try withSubject(true)
  }

  private mutating func withSubject(_ subject: Bool) throws(Reported) -> Expression {
    let saved = hasSubject
    hasSubject = saved || subject
    let condition = try expression()
    hasSubject = saved
    return condition
  }

  private mutating func wait(_ isFirst: Bool) throws(Reported) -> Command.Form {
    var input: Expression?
    if !word(peek(), is: "until") {
      if !isFirst { throw expectedUntil() }
      input = try expectArgument("what to wait for")
    }
    guard accept(word: "until") != nil else { throw expectedUntil() }
    let condition = try withSubject(input != nil || !isFirst)
    var clauses: [WaitClause] = []
    while let clause = try waitClause(clauses) { clauses.append(clause) }
    return .wait(input: input, condition: condition, clauses: clauses)
  }

  private mutating func expectedUntil() -> Reported {
    let token = peek()
    return fail(
      .expected("`until` and a condition", found: describe(token), at: spot(token)), at: token)
  }

  private mutating func waitClause(_ before: [WaitClause]) throws(Reported) -> WaitClause? {
    let token = peek()
    guard token.kind == .word else { return nil }
    let name = name(token)
    guard ["fail-if", "timeout", "every", "any", "stuck-after"].contains(name.text) else {
      return nil
    }
    try rejectSecond(token, !before.contains { $0.keyword.text == name.text })
    take(token)
    return WaitClause(keyword: name, kind: try waitClauseKind(name.text))
  }

  private mutating func waitClauseKind(_ keyword: String) throws(Reported) -> WaitClause.Kind {
    switch keyword {
    case "fail-if": .failIf(try withSubject(true))
    case "timeout":
      .timeout(accept(word: "never") == nil ? try expectArgument("a duration or `never`") : nil)
    case "every": .every(try expectArgument("a duration"))
    case "stuck-after": .stuckAfter(try expectArgument("a duration"))
    default: .any(startsCount() ? try expectArgument("a number") : nil)
    }
  }

  /// Whether a number, a variable or a group stands here, behind `any`.
  private mutating func startsCount() -> Bool {
    switch peek(.expression).kind {
    case .number, .dollar, .open(.round): true
    default: false
    }
  }

  /// What stands before the program is for `exec` itself, with a value each.
  private mutating func exec() throws(Reported) -> Command.Form {
    var arguments: [Argument] = []
    while case let token = peek(), lexer.matches("--", at: token.lower) {
      guard case .option(let name, var value)? = try argument()?.kind else { break }
      if value == nil { value = try expectArgument("a value for `--\(name.text)`") }
      arguments.append(Argument(kind: .option(name, value), span: span(from: token.lower)))
    }
    let program = try expectArgument("a program", isRaw: true)
    while let argument = try rawArgument() { arguments.append(argument) }
    return .exec(program: program, arguments)
  }
}

/// Words that mean something in other languages, and nothing in this one.
enum ForeignWord {
  /// What to write instead of the words that begin a block elsewhere.
  static let block = "a block stands between `{` and `}`: `if $x == 1 { … }`"

  /// What to write instead; nil for a word that is not known from elsewhere.
  static func advice(_ word: String) -> String? {
    guard word.utf8.count <= Keyword.longest else { return nil }
    return switch word {
    case "echo": "write `print`"
    case "then", "do": block
    case "fi", "done", "endif", "esac": "a block ends with `}`"
    case "elif", "elseif": "write `else if` on the line of the `}`"
    case "export": "variables are set with `let x = …`; `$env.NAME` reads the environment"
    case "foreach": "write `for x in $list { … }`"
    case "unless": "write `if not … { … }`"
    case "switch": "write `if … { … } else if … { … }`"
    case "var", "const": "write `let x = …`"
    case "throw", "raise": "write `fail \"message\"`"
    case "except": "write `catch e` on the line of the `}`"
    case "finally": "write `defer { … }` above what may fail"
    case "import": "write `use \"file.waggle\"`"
    case "None", "nil", "undefined": "write `null`"
    case "True": "write `true`"
    case "False": "write `false`"
    case "is": "write `==`"
    case "lambda": "`map` and `where` take an expression: `$list | map .name`"
    case "function": "write `def name(a, b) { … }`"
    default: nil
    }
  }
}
