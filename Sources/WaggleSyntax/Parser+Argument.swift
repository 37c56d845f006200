import WaggleText

// Arguments of commands, in which a word is text.

extension Parser {
  /// The arguments up to the end of the stage.
  mutating func arguments() throws(Reported) -> [Argument] {
    var arguments: [Argument] = []
    while let argument = try argument() { arguments.append(argument) }
    return arguments
  }

  /// The next argument; nil at the end of the stage.
  mutating func argument() throws(Reported) -> Argument? {
    let token = peek()
    if try endsArguments(token) { return nil }
    let kind: Argument.Kind
    if token.kind == .word, lexer.matches("--", at: token.lower) {
      kind = try option(token)
    } else if lexer.matches("...", at: token.lower) {
      kind = .spread(try spread(token))
    } else {
      try rejectStatement(token)
      kind = .value(try argumentValue())
    }
    return Argument(kind: kind, span: span(from: token.lower))
  }

  /// An argument of a program, in which a word is text whatever it looks like.
  mutating func rawArgument() throws(Reported) -> Argument? {
    let token = peek()
    if try endsArguments(token) { return nil }
    if lexer.matches("...", at: token.lower), lexer.wordEnd(from: token.lower) == token.lower + 3,
      let next = lexer.byte(at: token.lower + 3), next == 0x24 || next == 0x28 || next == 0x5B
    {
      return Argument(kind: .spread(try spread(token)), span: span(from: token.lower))
    }
    return Argument(kind: .value(try argumentValue(isRaw: true)), span: span(from: token.lower))
  }

  private mutating func endsArguments(_ token: Token) throws(Reported) -> Bool {
    switch token.kind {
    case .comma: throw fail(.commaArgument(at: span(token)), at: token)
    case .doublePipe: throw misplaced(token)
    default: return token.endsValue
    }
  }

  /// One argument, or a report that `what` is missing.
  mutating func expectArgument(_ what: String, isRaw: Bool = false) throws(Reported) -> Expression {
    let token = peek()
    if token.endsValue {
      if isMisplaced(token) { throw misplaced(token) }
      throw fail(.expected(what, found: describe(token), at: spot(token)), at: token)
    }
    if !isRaw { try rejectOption(token) }
    return try argumentValue(isRaw: isRaw)
  }

  private mutating func option(_ token: Token) throws(Reported) -> Argument.Kind {
    guard let end = lexer.nameEnd(from: token.lower + 2) else {
      throw fail(.notAnOption(text(token), at: span(token)), at: token)
    }
    let name = Name(lexer.text(token.lower + 2, end), span(token.lower + 2, end))
    let hasValue = lexer.byte(at: end) == UInt8(ascii: "=")
    guard hasValue || end == token.upper else {
      throw fail(.notAnOption(text(token), at: span(token)), at: token)
    }
    lexer.advance(to: hasValue ? end + 1 : end)
    let next = peek()
    guard hasValue else {
      if next.touches, !next.endsValue { throw touching(next) }
      return .option(name, nil)
    }
    guard next.touches, !next.endsValue else {
      throw fail(.optionValue(name.text, at: span(token)), at: next)
    }
    return .option(name, try argumentValue())
  }

  /// A value with `...` before it.
  private mutating func spread(_ token: Token) throws(Reported) -> Expression {
    lexer.advance(to: token.lower + 3)
    let next = peek()
    guard next.touches,
      next.kind == .dollar || next.kind == .open(.round) || next.kind == .open(.square)
        || next.kind == .open(.brace)
    else { throw fail(.spreadNeedsValue(at: span(token.lower, token.lower + 3)), at: next) }
    return try argumentValue()
  }

  /// A list, a record, or pieces that touch.
  private mutating func argumentValue(isRaw: Bool = false) throws(Reported) -> Expression {
    let first = peek()
    switch first.kind {
    case .open(.square): return try untouched(try list(first))
    case .open(.brace): return try untouched(try record(first))
    default: break
    }
    var pieces = [try piece(isFirst: true, isRaw)]
    while true {
      let next = peek()
      guard next.touches, !next.endsValue else { break }
      if case .open = next.kind {
        throw fail(.touchingBracket(text(next), at: span(next)), at: next)
      }
      if !isRaw, lexer.matches("..", at: next.lower), !lexer.matches("...", at: next.lower) {
        let end = lexer.wordEnd(from: next.lower)
        throw fail(.rangeArgument(lexer.text(first.lower, end), at: span(first.lower, end)))
      }
      pieces.append(try piece(isFirst: false, isRaw))
    }
    if pieces.count == 1, let only = pieces.first { return only }
    return joined(pieces, span(from: first.lower))
  }

  private mutating func untouched(_ value: Expression) throws(Reported) -> Expression {
    let next = peek()
    if next.touches, !next.endsValue { throw touching(next) }
    return value
  }

  private func joined(_ pieces: [Expression], _ span: Span) -> Expression {
    var text = TextBuilder()
    var isQuoted = false
    for piece in pieces {
      switch piece.kind {
      case .word(let word), .number(let word), .duration(let word): text.append(word)
      case .text(let parts, let quoted):
        isQuoted = isQuoted || quoted
        parts.forEach { text.append($0) }
      default: text.append(.fill(piece))
      }
    }
    return Expression(.text(text.finish(), quoted: isQuoted), span)
  }

  private mutating func piece(isFirst: Bool, _ isRaw: Bool) throws(Reported) -> Expression {
    let token = peek()
    switch token.kind {
    case .word: return try wordPiece(token, isFirst, isRaw)
    case .quote: return try quotedText()
    case .dollar: return try dollar(token)
    case .open(.round): return try group(token)
    default: throw misplaced(token)
    }
  }

  private mutating func wordPiece(
    _ token: Token, _ isFirst: Bool, _ isRaw: Bool
  ) throws(Reported) -> Expression {
    if isFirst, !isRaw {
      if let field = try subjectField(token) { return field }
      try rejectOperator(token)
      try rejectLookalike(token)
    }
    take(token)
    let next = peek()
    if next.touches, case .open = next.kind { throw touchedWord(token, by: next) }
    let isAlone = isFirst && (!next.touches || next.endsValue)
    return isAlone && !isRaw ? literal(token) : Expression(.word(text(token)), span(token))
  }

  /// `.field`, which is a value where there is a subject and else most likely a path.
  private mutating func subjectField(_ token: Token) throws(Reported) -> Expression? {
    guard lexer.byte(at: token.lower) == UInt8(ascii: ".") else { return nil }
    let dot = peek(.expression)
    guard dot.kind == .dot else { return nil }
    guard hasSubject else { throw fail(.dotArgument(text(token), at: span(token)), at: token) }
    return try field(dot)
  }

  /// Reports a word that reads like something that it is not.
  private mutating func rejectLookalike(_ token: Token) throws(Reported) {
    let text = text(token)
    if lexer.byte(at: token.lower) == UInt8(ascii: "-"),
      lexer.nameEnd(from: token.lower + 1) == token.upper,
      lexer.byte(at: token.lower - 1) != UInt8(ascii: "=")
    {
      throw fail(.shortOption(text, at: span(token)), at: token)
    }
    let dots = lexer.peek(.expression)
    guard dots.kind == .number, lexer.matches("..", at: dots.upper) else { return }
    throw fail(.rangeArgument(text, at: span(token)), at: token)
  }

  /// What a word that stands alone reads as.
  func literal(_ token: Token) -> Expression {
    let place = span(token)
    let bytes = lexer.bytes[token.lower..<token.upper]
    if Spelling.isNumber(bytes) { return Expression(.number(text(token)), place) }
    if Spelling.isDuration(bytes) { return Expression(.duration(text(token)), place) }
    if word(token, is: "true") { return Expression(.bool(true), place) }
    if word(token, is: "false") { return Expression(.bool(false), place) }
    if word(token, is: "null") { return Expression(.null, place) }
    return Expression(.word(text(token)), place)
  }
}

// MARK: - What may not stand among arguments

extension Parser {
  /// Reports a word that is an operator: no operator is ever an argument.
  ///
  /// The word of a command right before it may have been meant for a variable.
  mutating func rejectOperator(_ token: Token, behind command: Name? = nil) throws(Reported) {
    guard token.kind == .word, token.upper - token.lower <= 3 || startsRedirection(token) else {
      return
    }
    let text = text(token)
    switch text {
    case "+", "-", "*", "/", "//", "%", "??", "==", "!=", "<", "<=", ">=", "=~", "!~", "..", "===",
      "!==", "!", "=", "&", "&&", ">", ">>", "+=", "-=":
      try rejectMistyped(token)
      throw fail(
        .operatorArgument(text, behind: command?.text, at: span(token)), at: token)
    default:
      guard startsRedirection(token) else { return }
      throw fail(
        .operatorArgument(text, behind: command?.text, at: span(token)), at: token)
    }
  }

  /// Reports a command that is no `where` but nearly, where its condition goes on.
  private mutating func rejectMistyped(_ token: Token) throws(Reported) {
    let takers = [
      "where", "all", "any", "count", "find", "map", "sort", "sum", "avg", "min", "max", "unique",
      "group", "wait",
    ]
    guard token.upper < lexer.end, binaryOperator(token)?.isComparison ?? false, let command,
      let meant = ["filter", "grep", "select"].contains(command.text)
        ? "where" : NearestName.of(command.text, among: takers)
    else { return }
    throw fail(.noCondition(command.text, meant, at: command.span, span(token)))
  }

  /// Reports an option where a value is wanted.
  mutating func rejectOption(_ token: Token) throws(Reported) {
    guard lexer.matches("--", at: token.lower), lexer.nameEnd(from: token.lower + 2) != nil else {
      return
    }
    let place = span(token.lower, lexer.wordEnd(from: token.lower))
    throw fail(.optionElsewhere(at: place), at: token)
  }

  /// Whether no part of the grammar has a place for a token.
  func isMisplaced(_ token: Token) -> Bool {
    switch token.kind {
    case .stray, .backtick, .backslash, .doublePipe: true
    default: false
    }
  }

  /// Reports a token that no part of the grammar has a place for.
  mutating func misplaced(_ token: Token) -> Reported {
    switch token.kind {
    case .stray: fail(.strayCharacter(lexer.scalar(at: token.lower)?.scalar, at: span(token)))
    case .backtick: fail(.backtick(at: span(token)))
    case .backslash: fail(.backslash(at: span(token)))
    case .doublePipe: fail(.operatorArgument("||", behind: nil, at: span(token)))
    default: fail(.unexpected(describe(token), at: spot(token)), at: token)
    }
  }

  private func startsRedirection(_ token: Token) -> Bool {
    lexer.matches(">", at: token.lower) || lexer.matches("2>", at: token.lower)
  }

  /// Reports a line that surely begins a statement, inside of a bracket that was not closed.
  mutating func rejectStatement(_ token: Token) throws(Reported) {
    guard lexer.joinsLines, token.kind == .word, token.upper - token.lower < 7,
      let keyword = Keyword(typed: text(token)), keyword.isStrong, ownsLine(token.lower)
    else { return }
    throw unclosed(token, "`)`")
  }
}
