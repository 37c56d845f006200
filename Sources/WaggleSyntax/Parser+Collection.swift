import WaggleText

// Lists and records.

extension Parser {
  /// A list, from its opening bracket on.
  mutating func list(_ token: Token) throws(Reported) -> Expression {
    try open(token, .list)
    var items: [ListItem] = []
    while peek(.expression).kind != .close(.square) {
      items.append(try item())
      guard accept(.comma) != nil else { break }
    }
    try expectClose(.square, wanted: "`,` or `]`")
    return Expression(.list(items), span(from: token.lower))
  }

  private mutating func item() throws(Reported) -> ListItem {
    guard let dots = accept(.spread, .expression) else { return .value(try expression()) }
    return .spread(try spreadOperand(dots))
  }

  private mutating func spreadOperand(_ dots: Token) throws(Reported) -> Expression {
    let next = peek(.expression)
    guard next.touches, !next.endsValue else {
      throw fail(.spreadNeedsValue(at: span(dots)), at: next)
    }
    return try operand()
  }

  /// A record, from its opening brace on.
  mutating func record(_ token: Token) throws(Reported) -> Expression {
    try open(token, .record)
    var entries: [RecordEntry] = []
    while peek(.key).kind != .close(.brace) {
      entries.append(try entry())
      guard accept(.comma) != nil else { break }
    }
    try expectClose(.brace, wanted: "`,` or `}`")
    return Expression(.record(entries), span(from: token.lower))
  }

  private mutating func entry() throws(Reported) -> RecordEntry {
    if let dots = accept(.spread, .key) { return .spread(try spreadOperand(dots)) }
    let key = try key()
    let colon = peek(.key)
    guard colon.kind == .colon else {
      throw fail(
        .expectedColon(key.text, found: describe(colon), at: spot(colon)), at: colon)
    }
    take(colon)
    return .value(key, try expression())
  }

  private mutating func key() throws(Reported) -> Name {
    let token = peek(.key)
    switch token.kind {
    case .quote: return try plainText()
    case .word:
      guard lexer.nameEnd(from: token.lower) == token.upper else {
        throw fail(.keyNeedsQuotes(text(token), at: span(token)), at: token)
      }
      take(token)
      return name(token)
    default:
      if isMisplaced(token) { throw misplaced(token) }
      throw fail(.expected("a key", found: describe(token), at: spot(token)), at: token)
    }
  }
}
