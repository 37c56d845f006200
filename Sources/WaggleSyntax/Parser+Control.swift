import WaggleText

// Blocks, and the statements that have them and a value.

extension Parser {
  /// A control or a pipeline.
  mutating func body() throws(Reported) -> Body {
    let token = peek()
    guard token.kind == .word, let keyword = Keyword(typed: text(token)), keyword.hasValue,
      !isTouched(token)
    else { return .pipeline(try pipeline()) }
    take(token)
    let kind = try control(keyword)
    return .control(Control(kind: kind, span: span(from: token.lower), keyword: span(token)))
  }

  private mutating func control(_ keyword: Keyword) throws(Reported) -> Control.Kind {
    switch keyword {
    case .if: try choice()
    case .for: .loop(try loop())
    case .try: try attempt()
    case .retry: try again()
    case .timeout: .within(try expectArgument("a duration"), try block())
    default: .step(try expectArgument("a title"), try block())
    }
  }

  /// Statements between braces; a space stands before the opening one.
  mutating func block() throws(Reported) -> Block {
    let token = peek()
    guard token.kind == .open(.brace) else { throw missingBlock(token) }
    if token.touches { throw fail(.braceNeedsSpace(at: span(token)), at: token) }
    try open(token, .block)
    let statements = statements(in: brackets.last)
    noteIndentation(from: token, to: peek())
    try expectClose(.brace, wanted: "`}`")
    return Block(statements: statements, span: span(from: token.lower))
  }

  private mutating func missingBlock(_ token: Token) -> Reported {
    switch token.kind {
    case .line where lexer.byte(at: nextLine(token)) == UInt8(ascii: "{"):
      let brace = nextLine(token)
      lexer.advance(to: brace)
      return fail(.braceOnOwnLine(at: span(brace, brace + 1)))
    case .pipe: return fail(.pipelineNeedsParentheses(at: span(token)), at: token)
    case .word where word(token, is: "then") || word(token, is: "do"):
      return fail(.foreignWord(text(token), ForeignWord.block, at: span(token)), at: token)
    default:
      return fail(.expectedBlock(found: describe(token), at: spot(token)), at: token)
    }
  }

  private func nextLine(_ token: Token) -> Int { lexer.blankEnd(from: token.upper) }

  /// What `if`, `while` and `assert` ask.
  mutating func condition() throws(Reported) -> Expression {
    let condition = try expression()
    try rejectCommand(condition)
    return condition
  }

  /// Reports an argument behind a lone word: a command that wants parentheses.
  private mutating func rejectCommand(_ expression: Expression) throws(Reported) {
    guard case .word(let word) = expression.kind else { return }
    let token = peek()
    switch token.kind {
    case .dollar, .quote, .open(.round), .open(.square):
      throw fail(.commandNeedsParentheses(word, at: expression.span))
    default: return
    }
  }

  private mutating func choice() throws(Reported) -> Control.Kind {
    var choices = [(condition: try condition(), block: try block())]
    while accept(word: "else") != nil {
      guard accept(word: "if") != nil else {
        return .choose(choices, otherwise: try block())
      }
      choices.append((condition: try condition(), block: try block()))
    }
    return .choose(choices, otherwise: nil)
  }

  private mutating func loop() throws(Reported) -> ForLoop {
    let first = try expectName("a name for the element")
    var second: Name?
    if accept(.comma) != nil {
      lexer.skipLines()
      second = try expectName("a name for the second variable")
    }
    let token = peek()
    guard word(token, is: "in") else {
      throw fail(.expected("`in`", found: describe(token), at: spot(token)), at: token)
    }
    take(token)
    let over = try condition()
    let (parallel, keepGoing) = try loopClauses()
    return ForLoop(
      first: first, second: second, over: over, parallel: parallel, keepGoing: keepGoing,
      block: try block())
  }

  private mutating func loopClauses() throws(Reported) -> (Expression?, Span?) {
    var parallel: Expression?
    var keepGoing: Span?
    while true {
      let token = peek()
      if word(token, is: "parallel") {
        try rejectSecond(token, parallel == nil)
        take(token)
        parallel = try expectArgument("how many rounds at a time")
      } else if word(token, is: "keep-going") {
        try rejectSecond(token, keepGoing == nil)
        take(token)
        keepGoing = span(token)
      } else {
        return (parallel, keepGoing)
      }
    }
  }

  /// Reports a clause that stands there already.
  mutating func rejectSecond(_ token: Token, _ isFirst: Bool) throws(Reported) {
    guard isFirst else { throw fail(.clauseTwice(text(token), at: span(token)), at: token) }
  }

  private mutating func attempt() throws(Reported) -> Control.Kind {
    let tried = try block()
    guard accept(word: "catch") != nil else {
      return .attempt(tried, catching: nil, handler: nil)
    }
    let name = peek().kind == .open(.brace) ? nil : try expectName("a name for the error")
    return .attempt(tried, catching: name, handler: try block())
  }

  private mutating func again() throws(Reported) -> Control.Kind {
    let times = try expectArgument("how many tries")
    var every: Expression?
    var backoff: Expression?
    while true {
      let token = peek()
      if word(token, is: "every") {
        try rejectSecond(token, every == nil)
        take(token)
        every = try expectArgument("a duration")
      } else if word(token, is: "backoff") {
        try rejectSecond(token, backoff == nil)
        take(token)
        backoff = try expectArgument("a factor")
      } else {
        return .again(times: times, every: every, backoff: backoff, try block())
      }
    }
  }
}
