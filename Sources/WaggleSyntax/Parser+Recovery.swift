import WaggleText

// Going on behind a mistake.

extension Parser {
  /// Goes to the end of the line of a mistake, with the brackets beyond `count` still open.
  ///
  /// What these hold is skipped, over lines too. A brace that ends its line opens a block, whatever
  /// was wrong with its head: its statements are read, so that their mistakes are reported as well.
  mutating func recover(to count: Int) {
    while let byte = lexer.byte() {
      if case .text(let quote) = brackets.last?.kind, brackets.count > count {
        skipText(quote)
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if brackets.count == count || nextLineIsStatement() { return close(downTo: count) }
        step(1)
      case UInt8(ascii: "#") where lexer.startsWord(lexer.offset):
        _ = peek()
        lexer.advance(to: lexer.contentEnd(from: lexer.offset))
      case UInt8(ascii: "\\") where lexer.lineEnd(at: lexer.offset + 1) != nil:
        lexer.advance(to: lexer.lineEnd(at: lexer.offset + 1) ?? lexer.offset + 1)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): openText()
      case UInt8(ascii: "("): openSkipped(.group)
      case UInt8(ascii: "["): openSkipped(.list)
      case UInt8(ascii: "{"): recoverBrace()
      case UInt8(ascii: ";") where brackets.count == count: return
      case UInt8(ascii: ")"): closeSkipped(.round, downTo: count)
      case UInt8(ascii: "]"): closeSkipped(.square, downTo: count)
      case UInt8(ascii: "}"):
        let isInside = brackets[count...].contains { $0.shape == .brace }
        if count > 0 && !isInside { return close(downTo: count) }
        closeSkipped(.brace, downTo: count)
      default: step(1)
      }
    }
    close(downTo: count)
  }

  /// What is known of a statement that could not be read: the name that it declares, so that nobody
  /// says further down that there is none.
  mutating func lost(_ start: Token) -> Statement? {
    guard start.kind == .word, let keyword = Keyword(typed: text(start)) else { return nil }
    let lower = lexer.blankEnd(from: start.upper)
    guard lower > start.upper, let upper = lexer.nameEnd(from: lower) else { return nil }
    let name = Name(lexer.text(lower, upper), span(lower, upper))
    let place = span(start.lower, upper)
    return lostKind(keyword, name, place).map { Statement(kind: $0, span: place) }
  }

  private func lostKind(_ keyword: Keyword, _ name: Name, _ place: Span) -> Statement.Kind? {
    let broken = Expression(.broken, place)
    switch keyword {
    case .let:
      let value = Pipeline(stages: [.expression(broken)], leadingPipe: nil, span: place)
      return .bind(name, .pipeline(value))
    case .param:
      return .parameter(ParameterDeclaration(name: name, type: nil, preset: broken, help: nil))
    case .def:
      let rest = FunctionDeclaration.Formal(name: name, type: nil, preset: nil, isRest: true)
      let block = Block(statements: [], span: place)
      return .function(FunctionDeclaration(name: name, formals: [rest], block: block, help: nil))
    default: return nil
    }
  }

  private mutating func step(_ bytes: Int) { lexer.advance(to: lexer.offset + bytes) }

  /// Goes behind a closing sign, and out of the brackets up to the one that it closes.
  private mutating func closeSkipped(_ shape: Bracket.Shape, downTo count: Int) {
    step(1)
    guard let match = brackets[count...].lastIndex(where: { $0.shape == shape }) else { return }
    close(downTo: match)
  }

  private mutating func openText() {
    let token = peek()
    guard case .quote(let quote) = token.kind else { return step(1) }
    openSkipped(.text(quote), quote.rawValue.utf8.count)
  }

  /// Goes to the end of a text that was open at a mistake.
  private mutating func skipText(_ quote: Quote) {
    while let byte = lexer.byte() {
      if !quote.isBlock, lexer.lineEnd(at: lexer.offset) != nil { return close() }
      if byte == UInt8(ascii: "\\"), quote.isFilled {
        step(
          lexer.lineEnd(at: lexer.offset + 1) == nil ? min(2, lexer.end - lexer.offset) : 1)
      } else if byte == quote.byte, !quote.isBlock || closesBlock(quote, at: lexer.offset) {
        step(quote.rawValue.utf8.count)
        return close()
      } else {
        step(1)
      }
    }
  }

  /// Whether the quotes at an offset are the first thing on their line, and so close a block.
  func closesBlock(_ quote: Quote, at offset: Int) -> Bool {
    let sign: StaticString = quote == .doubleBlock ? "\"\"\"" : "'''"
    return lexer.matches(sign, at: offset) && ownsLine(offset)
  }

  private mutating func recoverBrace() {
    var end = lexer.blankEnd(from: lexer.offset + 1)
    if lexer.byte(at: end) == UInt8(ascii: "#") { end = lexer.contentEnd(from: end) }
    guard lexer.lineEnd(at: end) != nil, depth < Self.deepest else { return openSkipped(.record) }
    openSkipped(.block)
    lexer.joinsLines = false
    _ = statements(in: brackets.last)
    if let brace = accept(.close(.brace)) {
      close()
      lexer.advance(to: brace.upper)
    }
  }

  /// Whether the next line begins with a word that only a new statement begins with.
  private func nextLineIsStatement() -> Bool {
    guard let line = lexer.lineEnd(at: lexer.offset) else { return false }
    let word = lexer.blankEnd(from: line)
    guard let end = lexer.nameEnd(from: word), lexer.blankEnd(from: end) > end, end - word < 9
    else { return false }
    return Keyword(typed: lexer.text(word, end))?.isStrong ?? false
  }
}
