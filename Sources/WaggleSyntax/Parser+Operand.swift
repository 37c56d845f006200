import WaggleText

// Operands: what stands between operators, with the path behind it.

extension Parser {
  /// A value with all that belongs to it.
  mutating func operand() throws(Reported) -> Expression {
    let token = peek(.expression)
    let value: Expression
    switch token.kind {
    case .number, .duration:
      take(token)
      value = literal(token)
    case .quote: value = try quotedText()
    case .dollar: value = try dollar(token)
    case .open(.round): value = try group(token)
    case .open(.square): value = try list(token)
    case .open(.brace): value = try record(token)
    case .dot: value = try field(token)
    case .minus: value = try negation(token)
    case .word: value = try bareWord(token)
    default: throw missingValue(token)
    }
    try rejectTouching()
    return value
  }

  private mutating func missingValue(_ token: Token) -> Reported {
    if isMisplaced(token) { return misplaced(token) }
    if token.kind == .spread { return fail(.spreadElsewhere(at: span(token)), at: token) }
    return fail(.expected("a value", found: describe(token), at: spot(token)), at: token)
  }

  private mutating func rejectTouching() throws(Reported) {
    let next = peek()
    guard next.touches, !next.endsValue, !lexer.matches("..", at: next.lower) else { return }
    throw touching(next)
  }

  /// Reports what touches the value before it.
  mutating func touching(_ token: Token) -> Reported {
    if isMisplaced(token) { return misplaced(token) }
    if token.kind == .open(.brace) { return fail(.braceNeedsSpace(at: span(token)), at: token) }
    if token.kind == .word, let first = lexer.byte(at: token.lower) {
      let sign = Unicode.Scalar(first)
      if "+-*/%=!<>".unicodeScalars.contains(sign) {
        let help = ["as text the whole stands in quotes: `\"$a/$b\"`"]
        let signs = text(token).prefix { "+-*/%=!<>~".contains($0) }
        return fail(.operatorNeedsSpace(String(signs), at: span(token), help: help), at: token)
      }
    }
    return fail(.touching(describe(token), at: span(token)), at: token)
  }

  private mutating func negation(_ token: Token) throws(Reported) -> Expression {
    try rejectOption(token)
    take(token)
    try enter(token.lower)
    let next = peek(.expression)
    guard next.touches, !next.endsValue else {
      throw fail(.minusNeedsOperand(at: span(token)), at: next)
    }
    let operand = try operand()
    depth -= 1
    return Expression(.unary(.minus, operand), span(from: token.lower))
  }

  private mutating func bareWord(_ token: Token) throws(Reported) -> Expression {
    try rejectStatement(token)
    let text = lexer.text(token.lower, min(token.upper, token.lower + 16))
    if binaryOperator(token) != nil || Self.isSign(text) {
      throw fail(.expected("a value", found: describe(token), at: span(token)), at: token)
    }
    if let advice = foreignValue(text) {
      throw fail(.foreignWord(text, advice, at: span(token)), at: token)
    }
    if let sign = signInside(token) {
      throw fail(
        sign == "="
          ? .foreignOperator(sign, "write `… == …` to compare", at: span(token))
          : .operatorNeedsSpace(sign, at: span(token)), at: token)
    }
    take(token)
    let next = peek()
    if next.touches, next.kind == .open(.round) { throw touchedWord(token, by: next) }
    let value = literal(token)
    guard case .word = value.kind else { return value }
    return next.touches && next.kind == .open(.square) ? try path(value) : value
  }

  /// The comparison in a word such as `status==running`; nil for a word without one.
  private func signInside(_ token: Token) -> String? {
    let word = lexer.text(token.lower, min(token.upper, token.lower + 64))
    let rest = word.drop { !"=!<>~".contains($0) }
    let sign = String(rest.prefix { "=!<>~".contains($0) })
    guard rest.count < word.count, rest.count > sign.count else { return nil }
    return sign == "=" || BinaryOperator(rawValue: sign) != nil ? sign : nil
  }

  private func foreignValue(_ text: String) -> String? {
    switch text {
    case "None", "True", "False", "lambda", "undefined": ForeignWord.advice(text)
    case "!": "write `not`"
    default: nil
    }
  }

  private static func isSign(_ text: String) -> Bool {
    switch text {
    case "=", "&", "&&", ">>", "===", "!==", "+=": true
    default: false
    }
  }

  // MARK: Fields, variables, groups

  /// `.`, `.field` of the subject, and the path behind it.
  mutating func field(_ dot: Token) throws(Reported) -> Expression {
    take(dot)
    guard let end = lexer.nameEnd(from: dot.upper) else {
      return try path(Expression(.subject, span(dot)))
    }
    lexer.advance(to: end)
    let name = Name(lexer.text(dot.upper, end), span(dot.upper, end))
    return try path(Expression(.field(nil, name, optional: false), span(from: dot.lower)))
  }

  /// `$name` with its path, `${ … }` or `$( … )`.
  mutating func dollar(_ token: Token) throws(Reported) -> Expression {
    switch lexer.byte(at: token.upper) {
    case UInt8(ascii: "("):
      return try group(
        Token(kind: .open(.round), lower: token.lower, upper: token.upper + 1, touches: true),
        hasPath: false)
    case UInt8(ascii: "{"): return try braced(token)
    default: return try path(try variable(token))
    }
  }

  /// `$name` alone.
  mutating func variable(_ token: Token) throws(Reported) -> Expression {
    guard let end = lexer.nameEnd(from: token.upper) else {
      let bad = lexer.scalar(at: token.upper).map { token.upper + $0.length } ?? token.upper
      let isEnd = lexer.byte(at: token.upper) == nil
      throw fail(
        .badDollar(lexer.text(token.lower, isEnd ? token.upper : bad), at: span(token.lower, bad)))
    }
    lexer.advance(to: end)
    let name = Name(lexer.text(token.upper, end), span(token.upper, end))
    return Expression(.variable(name), span(token.lower, end))
  }

  /// `${name.path}`.
  private mutating func braced(_ token: Token) throws(Reported) -> Expression {
    let brace = token.upper + 1
    guard let end = lexer.nameEnd(from: brace) else {
      let bad = lexer.scalar(at: brace).map { brace + $0.length } ?? brace
      throw fail(.badBraces(at: span(token.lower, bad)))
    }
    lexer.advance(to: end)
    let name = Name(lexer.text(brace, end), span(brace, end))
    let value = try path(Expression(.variable(name), span(brace, end)))
    let spot = lexer.offset
    guard lexer.byte() == UInt8(ascii: "}") else {
      let bad = lexer.scalar(at: spot).map { spot + $0.length } ?? spot
      throw fail(.badBraces(at: span(token.lower, bad)))
    }
    lexer.advance(to: spot + 1)
    return Expression(value.kind, span(from: token.lower))
  }

  /// A body in `( )` or `$( )`, and the path behind the first of these.
  mutating func group(_ token: Token, hasPath: Bool = true) throws(Reported) -> Expression {
    try open(token, .group)
    let first = peek()
    if first.kind == .close(.round) {
      throw fail(.emptyParentheses(at: span(token.lower, first.upper)))
    }
    let body = try body()
    if case .control = body, case .pipe = peek().kind {
      throw fail(.pipeBehindBlock(at: span(peek())), at: peek())
    }
    try expectClose(.round, wanted: "`)`")
    let group = Expression(.group(body), span(from: token.lower))
    return hasPath ? try path(group) : group
  }

  // MARK: Paths

  /// The fields and indexes that touch a value.
  mutating func path(_ base: Expression) throws(Reported) -> Expression {
    let saved = depth
    var value = base
    while let next = try step(value) {
      try enter(lexer.offset)
      value = next
    }
    depth = saved
    return value
  }

  private mutating func step(_ base: Expression) throws(Reported) -> Expression? {
    let lower = Int(base.span.lower)
    switch lexer.byte() {
    case UInt8(ascii: "["): return try index(base)
    case UInt8(ascii: "."):
      guard let name = pathName(1) else { return nil }
      return Expression(.field(base, name, optional: false), span(from: lower))
    case UInt8(ascii: "?"):
      guard lexer.byte(1) == UInt8(ascii: "."), let name = pathName(2) else { return nil }
      return Expression(.field(base, name, optional: true), span(from: lower))
    default: return nil
    }
  }

  /// Takes the name that stands some bytes ahead.
  mutating func pathName(_ ahead: Int) -> Name? {
    let start = lexer.offset + ahead
    guard let end = lexer.nameEnd(from: start) else { return nil }
    lexer.advance(to: end)
    return Name(lexer.text(start, end), span(start, end))
  }

  private mutating func index(_ base: Expression) throws(Reported) -> Expression {
    let lower = Int(base.span.lower)
    try open(peek(), .index)
    var first: Expression?
    if peek(.expression).kind != .range { first = try expression(Self.sumTightness) }
    let dots = peek(.expression)
    guard dots.kind == .range || first == nil else {
      try expectClose(.square, wanted: "`]`")
      return Expression(.index(base, first ?? base), span(from: lower))
    }
    take(dots)
    let isOpen = peek(.expression).kind == .close(.square)
    let last = isOpen ? nil : try expression(Self.sumTightness)
    try expectClose(.square, wanted: "`]`")
    return Expression(.slice(base, first, last), span(from: lower))
  }
}
