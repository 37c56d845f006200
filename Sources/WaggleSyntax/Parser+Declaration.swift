import WaggleText

// What is declared at the top of a file: `param` and `def`.

extension Parser {
  /// What stands behind `param`.
  mutating func parameter() throws(Reported) -> ParameterDeclaration {
    let name = try expectName("a name for the parameter", .key)
    let type = try acceptType()
    let preset = try acceptPreset()
    let help = isQuote(peek()) ? try plainText() : nil
    return ParameterDeclaration(name: name, type: type, preset: preset, help: help)
  }

  private func isQuote(_ token: Token) -> Bool {
    if case .quote = token.kind { true } else { false }
  }

  /// What stands behind `def`.
  mutating func function() throws(Reported) -> FunctionDeclaration {
    let help = helpAbove(lexer.tokenEnd)
    let name = try expectName("a name for the command", .key)
    let opening = peek(.key)
    guard opening.kind == .open(.round), opening.touches else {
      throw fail(
        .expectedFormals(name.text, found: describe(opening), at: spot(opening)), at: opening)
    }
    try open(opening, .formals)
    var formals: [FunctionDeclaration.Formal] = []
    while peek(.key).kind != .close(.round) {
      formals.append(try formal())
      guard accept(.comma, .key) != nil else { break }
    }
    try expectClose(.round, wanted: "`,` or `)`")
    return FunctionDeclaration(name: name, formals: formals, block: try block(), help: help)
  }

  private mutating func formal() throws(Reported) -> FunctionDeclaration.Formal {
    let name = try expectName("a name for the parameter", .key)
    if accept(.spread, .key) != nil {
      return .init(name: name, type: nil, preset: nil, isRest: true)
    }
    return .init(name: name, type: try acceptType(), preset: try acceptPreset(), isRest: false)
  }

  private mutating func acceptType() throws(Reported) -> Name? {
    guard accept(.colon, .key) != nil else { return nil }
    return try expectName("a type", .key)
  }

  private mutating func acceptPreset() throws(Reported) -> Expression? {
    let token = peek(.word)
    guard token.kind == .word, lexer.byte(at: token.lower) == UInt8(ascii: "=") else { return nil }
    try expectEquals()
    return try expectArgument("a default value")
  }

  /// The comment lines right above the line that begins with the `def` that ends at an offset,
  /// without their `#` and a space behind it.
  private func helpAbove(_ offset: Int) -> String? {
    var line = lexer.contentStart(from: offset)
    guard ownsLine(offset - 3) else { return nil }
    var help: [String] = []
    for comment in lexer.comments.reversed() where comment.lowerBound < line {
      guard ownsLine(comment.lowerBound),
        lexer.lineEnd(at: lexer.blankEnd(from: comment.upperBound)) == line
      else {
        break
      }
      let text = lexer.text(comment.lowerBound + 1, comment.upperBound)
      if text.hasPrefix("!"), comment.lowerBound == 0 { break }
      help.append(text.hasPrefix(" ") ? String(text.dropFirst()) : text)
      line = lexer.contentStart(from: comment.lowerBound)
    }
    return help.isEmpty ? nil : help.reversed().joined(separator: "\n")
  }
}
