import WaggleText

// Pipelines: stages joined by `|`.

extension Parser {
  /// Stages joined by `|`, the first of which may be a value.
  mutating func pipeline() throws(Reported) -> Pipeline {
    let first = peek()
    var leadingPipe: Span?
    var stages: [Stage] = []
    if first.kind == .pipe {
      guard mode == .prompt else { throw fail(.leadingPipe(at: span(first)), at: first) }
      take(first)
      leadingPipe = span(first)
      stages.append(try laterStage())
    } else {
      stages.append(try firstStage())
    }
    let saved = depth
    while try acceptPipe() {
      try enter(peek().lower)
      stages.append(try laterStage())
    }
    depth = saved
    return Pipeline(stages: stages, leadingPipe: leadingPipe, span: span(from: first.lower))
  }

  /// Takes a `|`, also one at the start of the next line, where that continues this one.
  private mutating func acceptPipe() throws(Reported) -> Bool {
    if accept(.pipe) != nil { return true }
    guard peek().kind == .line, mode == .file || !brackets.isEmpty else { return false }
    let saved = lexer.mark
    lexer.skipLines()
    if accept(.pipe) != nil { return true }
    lexer.go(to: saved)
    return false
  }

  private mutating func firstStage() throws(Reported) -> Stage {
    let token = peek(.expression)
    if startsValue(token) { return .expression(try expression()) }
    return .command(try command(isFirst: true))
  }

  private mutating func laterStage() throws(Reported) -> Stage {
    lexer.skipLines()
    let token = peek(.expression)
    if startsValue(token) { throw fail(.valueInLaterStage(at: span(token)), at: token) }
    return .command(try command(isFirst: false))
  }

  private mutating func startsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .dollar, .quote, .open, .minus, .number, .duration, .dot: return true
    case .word:
      return word(token, is: "not") || isConstant(token) || hasSubject && startsField(token)
    default: return false
    }
  }

  /// Whether a word is `true`, `false` or `null`.
  func isConstant(_ token: Token) -> Bool {
    word(token, is: "true") || word(token, is: "false") || word(token, is: "null")
  }

  /// Whether an operator or an index follows a word, or a field, which makes a field of it.
  private mutating func startsField(_ token: Token) -> Bool {
    if let end = lexer.nameEnd(from: token.lower), end < token.upper {
      return lexer.byte(at: end) == UInt8(ascii: ".")
    }
    let saved = lexer.mark
    defer { lexer.go(to: saved) }
    take(token)
    let next = peek()
    if next.touches { return next.kind == .open(.square) }
    return binaryOperator(next) != nil
  }
}
