import WaggleText

// Statements, and lists of them.

extension Parser {
  /// The statements up to the end of the text, or of a block to its brace, which is not taken.
  mutating func statements(in block: Bracket?) -> [Statement] {
    var statements: [Statement] = []
    while true {
      let token = peek()
      switch token.kind {
      case .line, .semicolon: take(token)
      case .end: return statements
      case .close(.brace) where block != nil: return statements
      case .close:
        report(.strayClose(text(token), at: span(token)))
        take(token)
        recover(to: brackets.count)
      default:
        if let statement = statementOrRecover() { statements.append(statement) }
      }
    }
  }

  private mutating func statementOrRecover() -> Statement? {
    let open = brackets.count
    let start = peek()
    let saved = (depth, hasSubject, command)
    var statement: Statement?
    do throws(Reported) {
      statement = try self.statement()
      try expectEnd()
    } catch {
      recover(to: open)
      (depth, hasSubject, command) = saved
      statement = statement.flatMap { $0.isPipeline ? nil : $0 } ?? lost(start)
    }
    return statement
  }

  private mutating func expectEnd() throws(Reported) {
    let token = peek()
    switch token.kind {
    case .end where lexer.endsOpen && mode == .prompt:
      throw fail(
        .expected("another line behind `\\`", found: describe(token), at: spot(token)), at: token)
    case .line, .semicolon, .end: return
    case .close(.brace) where brackets.last?.kind == .block: return
    case .pipe: throw fail(.pipeBehindBlock(at: span(token)), at: token)
    default: throw unexpected(token)
    }
  }

  /// What is wrong where nothing more was expected.
  mutating func unexpected(_ token: Token) -> Reported {
    if isMisplaced(token) { return misplaced(token) }
    if token.touches, token.kind != .comma { return touching(token) }
    if token.kind == .word, let advice = ForeignWord.advice(text(token)) {
      return fail(.foreignWord(text(token), advice, at: span(token)), at: token)
    }
    return fail(.unexpected(describe(token), at: span(token)), at: token)
  }

  private mutating func statement() throws(Reported) -> Statement {
    let token = peek()
    let lower = token.lower
    let kind =
      if token.kind == .word, let kind = try keywordStatement(token) { kind } else {
        Statement.Kind.body(try body())
      }
    return Statement(kind: kind, span: span(from: lower))
  }

  private mutating func keywordStatement(_ token: Token) throws(Reported) -> Statement.Kind? {
    if isAssignment(token) { return try assignment(token) }
    guard let keyword = Keyword(typed: text(token)), !isTouched(token) else { return nil }
    if keyword.isTopLevel, !brackets.isEmpty {
      throw fail(.topLevelOnly(keyword.rawValue, at: span(token)), at: token)
    }
    guard !keyword.hasValue else { return nil }
    take(token)
    return try statement(keyword, token)
  }

  private mutating func statement(
    _ keyword: Keyword, _ token: Token
  ) throws(Reported) -> Statement.Kind? {
    switch keyword {
    case .let: return try binding()
    case .return: return .giveBack(peek().endsValue ? nil : try body())
    case .break: return .leave
    case .continue: return .next
    case .exit: return .exit(peek().endsValue ? nil : try expression())
    case .fail: return .fail(try expectArgument("a message"))
    case .while: return .whileLoop(try condition(), try block())
    case .defer: return .later(try block())
    case .assert: return try assertion()
    case .limit: return try limit()
    case .use: return .use(try expectArgument("a file"))
    case .param: return .parameter(try parameter())
    case .def: return .function(try function())
    case .else, .catch: throw fail(.elseOnOwnLine(keyword.rawValue, at: span(token)), at: token)
    case .if, .for, .try, .retry, .timeout, .step: return nil
    }
  }

  /// Whether a bracket or a text touches a token, so that it is no keyword.
  func isTouched(_ token: Token) -> Bool {
    switch lexer.byte(at: token.upper) {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "$"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  private func isAssignment(_ token: Token) -> Bool {
    guard lexer.nameEnd(from: token.lower) == token.upper else { return false }
    let sign = lexer.blankEnd(from: token.upper)
    guard sign > token.upper, lexer.byte(at: sign) == UInt8(ascii: "=") else { return false }
    let next = lexer.byte(at: sign + 1)
    return next != UInt8(ascii: "=") && next != UInt8(ascii: "~")
  }

  private mutating func assignment(_ token: Token) throws(Reported) -> Statement.Kind {
    take(token)
    try expectEquals()
    return .assign(name(token), try body())
  }

  private mutating func binding() throws(Reported) -> Statement.Kind {
    let name = try expectName("a name for the variable")
    try expectEquals()
    return .bind(name, try body())
  }

  /// Takes `=` with a space behind it.
  mutating func expectEquals() throws(Reported) {
    let token = peek()
    if word(token, is: "=") { return take(token) }
    if word(token, is: "==") { throw fail(.bindsByOne(at: span(token)), at: token) }
    if token.kind == .word, lexer.byte(at: token.lower) == UInt8(ascii: "=") {
      throw fail(.operatorNeedsSpace("=", at: span(token)), at: token)
    }
    throw fail(.expected("`=` and a value", found: describe(token), at: spot(token)), at: token)
  }

  private mutating func assertion() throws(Reported) -> Statement.Kind {
    let condition = try condition()
    guard accept(.comma) != nil else { return .assert(condition, message: nil) }
    lexer.skipLines()
    return .assert(condition, message: try expression())
  }

  private mutating func limit() throws(Reported) -> Statement.Kind {
    let token = peek()
    guard word(token, is: "changes") || word(token, is: "destroy") else {
      throw fail(
        .expected("`changes` or `destroy`", found: describe(token), at: spot(token)), at: token)
    }
    take(token)
    return .limit(name(token), try expectArgument("how many"))
  }
}

extension Statement {
  /// Whether it is nothing but a pipeline, of which nobody has to know where it goes on wrong.
  fileprivate var isPipeline: Bool {
    if case .body(.pipeline) = kind { true } else { false }
  }
}

/// The words that begin a statement, and are no command.
enum Keyword: String {
  case `let`, `return`, `break`, `continue`, exit, fail, `while`, `defer`, assert, limit, use
  case param, def, `if`, `for`, `try`, retry, timeout, step, `else`, `catch`

  /// The longest word that means something, in bytes: longer ones are compared with none.
  static let longest = 16

  /// The keyword that a word of any length is.
  init?(typed word: String) {
    guard word.utf8.count <= Self.longest else { return nil }
    self.init(rawValue: word)
  }

  /// Whether it stands at the top of a file only.
  var isTopLevel: Bool {
    switch self {
    case .limit, .use, .param, .def: true
    default: false
    }
  }

  /// Whether it has a value, and so may begin a body.
  var hasValue: Bool {
    switch self {
    case .if, .for, .try, .retry, .timeout, .step: true
    default: false
    }
  }

  /// Whether a line that begins with it is surely a new statement, even where a bracket is open.
  var isStrong: Bool {
    switch self {
    case .let, .return, .while, .defer, .param, .def, .if, .for, .try, .retry, .step: true
    default: false
    }
  }
}
