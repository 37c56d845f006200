import WaggleText

// Texts: quotes, blocks, escapes, fill-ins.

/// Collects the pieces of a text; literals that meet become one.
struct TextBuilder {
  private var pieces: [TextPiece] = []
  private var literal: [UInt8] = []

  /// Adds bytes as they are.
  mutating func append(_ bytes: some Sequence<UInt8>) { literal.append(contentsOf: bytes) }

  /// Adds a text as it is.
  mutating func append(_ text: String) { literal.append(contentsOf: text.utf8) }

  /// Adds a piece.
  mutating func append(_ piece: TextPiece) {
    switch piece {
    case .literal(let text): append(text)
    case .fill:
      flush()
      pieces.append(piece)
    }
  }

  /// The pieces; none for an empty text.
  mutating func finish() -> [TextPiece] {
    flush()
    return pieces
  }

  private mutating func flush() {
    guard !literal.isEmpty else { return }
    pieces.append(.literal(String(decoding: literal, as: UTF8.self)))
    literal.removeAll()
  }
}

extension Parser {
  /// A quote or a block of text.
  mutating func quotedText() throws(Reported) -> Expression {
    let token = peek()
    guard case .quote(let quote) = token.kind else { throw unexpected(token) }
    try open(token, .text(quote))
    var text = TextBuilder()
    switch quote {
    case .double: try readDouble(into: &text)
    case .single: try readSingle(into: &text)
    case .doubleBlock, .singleBlock: try readBlock(quote, token, into: &text)
    }
    close()
    lexer.fuse(from: token.lower)
    return Expression(.text(text.finish(), quoted: true), span(from: token.lower))
  }

  /// A text without fill-ins, for where only its words count: a key, a help text.
  mutating func plainText() throws(Reported) -> Name {
    let expression = try quotedText()
    guard case .text(let pieces, _) = expression.kind else { throw Reported() }
    switch (pieces.count, pieces.first) {
    case (0, _): return Name("", expression.span)
    case (1, .literal(let text)): return Name(text, expression.span)
    default: throw fail(.plainText(at: expression.span))
    }
  }

  private mutating func readSingle(into text: inout TextBuilder) throws(Reported) {
    while true {
      let start = lexer.offset
      var end = start
      while let byte = lexer.byte(at: end), byte != UInt8(ascii: "'"), lexer.lineEnd(at: end) == nil
      {
        end += 1
      }
      text.append(lexer.bytes[start..<end])
      guard lexer.byte(at: end) == UInt8(ascii: "'") else { throw unclosedText(at: end) }
      lexer.advance(to: end + 1)
      guard lexer.byte() == UInt8(ascii: "'") else { return }
      text.append("'")
      lexer.advance(to: end + 2)
    }
  }

  private mutating func readDouble(into text: inout TextBuilder) throws(Reported) {
    while true {
      readPlain(until: "\"", into: &text)
      switch lexer.byte() {
      case UInt8(ascii: "\""): return lexer.advance(to: lexer.offset + 1)
      case UInt8(ascii: "\\")
      where lexer.lineEnd(at: lexer.offset + 1) == nil && lexer.byte(1) != nil:
        escape(into: &text)
      case UInt8(ascii: "$"): try fill(into: &text)
      case UInt8(ascii: "\\"): throw unclosedText(at: lexer.offset + 1)
      default: throw unclosedText(at: lexer.offset)
      }
    }
  }

  /// Takes characters up to one that means something.
  private mutating func readPlain(until quote: Unicode.Scalar?, into text: inout TextBuilder) {
    var end = lexer.offset
    while let byte = lexer.byte(at: end), byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "$"),
      quote == nil || byte != UInt8(ascii: "\""), lexer.lineEnd(at: end) == nil
    {
      end += 1
    }
    text.append(lexer.bytes[lexer.offset..<end])
    lexer.advance(to: end)
  }

  private mutating func unclosedText(at end: Int) -> Reported {
    guard let bracket = brackets.last else { return Reported() }
    let sign = Diagnostic.quoted(lexer.text(bracket.lower, bracket.upper))
    return fail(.unclosedText(sign, at: span(bracket.lower, end)))
  }

  // MARK: Escapes and fill-ins

  private mutating func escape(into text: inout TextBuilder) {
    let start = lexer.offset
    if let simple = Self.escapes(lexer.byte(1)) {
      text.append(CollectionOfOne(simple))
      return lexer.advance(to: start + 2)
    }
    if lexer.byte(1) == UInt8(ascii: "u"), let (scalar, end) = unicodeEscape(start) {
      text.append(String(Character(scalar)))
      return lexer.advance(to: end)
    }
    let end = badEscapeEnd(start)
    report(.badEscape(lexer.text(start, end), at: span(start, end)))
    lexer.advance(to: end)
  }

  private static func escapes(_ byte: UInt8?) -> UInt8? {
    switch byte {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "e"): 0x1B
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): byte
    default: nil
    }
  }

  private func unicodeEscape(_ start: Int) -> (Unicode.Scalar, Int)? {
    guard lexer.byte(at: start + 2) == UInt8(ascii: "{") else { return nil }
    var end = start + 3
    while end < start + 9, let byte = lexer.byte(at: end), byte != UInt8(ascii: "}") { end += 1 }
    guard lexer.byte(at: end) == UInt8(ascii: "}") else { return nil }
    let digits = lexer.text(start + 3, end)
    guard digits.utf8.allSatisfy({ Spelling.isDigit($0) || (0x61...0x66) ~= $0 | 0x20 }),
      let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, end + 1)
  }

  /// How far a wrong escape reaches: one character, or the hexadecimal digits behind `\u`.
  private func badEscapeEnd(_ start: Int) -> Int {
    var end = start + 1 + (lexer.scalar(at: start + 1)?.length ?? 0)
    guard lexer.byte(at: start + 1) == UInt8(ascii: "u"), lexer.byte(at: end) == UInt8(ascii: "{")
    else { return end }
    end += 1
    while let byte = lexer.byte(at: end), Spelling.isDigit(byte) || Spelling.isLetter(byte) {
      end += 1
    }
    return lexer.byte(at: end) == UInt8(ascii: "}") ? end + 1 : end
  }

  private mutating func fill(into text: inout TextBuilder) throws(Reported) {
    let token = Token(kind: .dollar, lower: lexer.offset, upper: lexer.offset + 1, touches: true)
    switch lexer.byte(1) {
    case UInt8(ascii: "("), UInt8(ascii: "{"): text.append(.fill(try dollar(token)))
    default: text.append(.fill(try fillPath(try variable(token))))
    }
  }

  /// The fields and whole-number indexes behind a filled name.
  private mutating func fillPath(_ base: Expression) throws(Reported) -> Expression {
    let saved = depth
    let lower = Int(base.span.lower)
    var value = base
    while true {
      try enter(lexer.offset)
      if lexer.byte() == UInt8(ascii: "."), let name = pathName(1) {
        value = Expression(.field(value, name, optional: false), span(from: lower))
      } else if lexer.byte() == UInt8(ascii: "[") {
        let index = try fillIndex()
        value = Expression(.index(value, index), span(from: lower))
      } else {
        break
      }
    }
    depth = saved
    if lexer.matches("?.", at: lexer.offset), lexer.nameEnd(from: lexer.offset + 2) != nil {
      throw fail(.optionalInText(at: span(lexer.offset, lexer.offset + 2)))
    }
    return value
  }

  private mutating func fillIndex() throws(Reported) -> Expression {
    let start = lexer.offset + 1
    var end = start
    if lexer.byte(at: end) == UInt8(ascii: "-") { end += 1 }
    while let byte = lexer.byte(at: end), Spelling.isDigit(byte) { end += 1 }
    guard Spelling.isNumber(lexer.bytes[start..<end]), lexer.byte(at: end) == UInt8(ascii: "]")
    else {
      throw fail(.indexInText(at: span(start - 1, min(end + 1, lexer.end))))
    }
    lexer.advance(to: end + 1)
    return Expression(.number(lexer.text(start, end)), span(start, end))
  }

  // MARK: Blocks

  /// Lines up to one that begins with the closing quotes, less the indentation of these.
  private mutating func readBlock(
    _ quote: Quote, _ opening: Token, into text: inout TextBuilder
  ) throws(Reported) {
    let rest = lexer.blankEnd(from: opening.upper)
    guard let first = lexer.lineEnd(at: rest) else {
      guard lexer.byte(at: rest) == nil else {
        throw fail(.blockOpening(quote.rawValue, at: span(opening)))
      }
      throw unclosedBlock(quote, opening)
    }
    guard let closing = closingLine(quote, from: first) else { throw unclosedBlock(quote, opening) }
    lexer.advance(to: first)
    var isFirst = true
    while lexer.offset < closing.lowerBound {
      if !isFirst { text.append("\n") }
      isFirst = false
      indentation(closing)
      try readLine(quote, into: &text)
    }
    lexer.advance(to: closing.upperBound + 3)
  }

  private mutating func unclosedBlock(_ quote: Quote, _ opening: Token) -> Reported {
    let failure = fail(.unclosedBlock(Diagnostic.quoted(quote.rawValue), at: span(opening)))
    giveUp()
    return failure
  }

  /// The indentation before the closing quotes; nil where there are none.
  private func closingLine(_ quote: Quote, from start: Int) -> Range<Int>? {
    let sign: StaticString = quote == .doubleBlock ? "\"\"\"" : "'''"
    var line = start
    while true {
      let word = lexer.blankEnd(from: line)
      if lexer.matches(sign, at: word) { return line..<word }
      guard let next = lexer.lineEnd(at: lexer.contentEnd(from: word)) else { return nil }
      line = next
    }
  }

  /// Takes the indentation of a line, which is that of the closing quotes at least.
  private mutating func indentation(_ closing: Range<Int>) {
    let start = lexer.offset
    let end = start + closing.count
    if end <= lexer.end, lexer.bytes[start..<end].elementsEqual(lexer.bytes[closing]) {
      return lexer.advance(to: end)
    }
    let blank = lexer.blankEnd(from: start)
    lexer.advance(to: blank)
    guard lexer.lineEnd(at: blank) == nil else { return }
    report(
      .blockIndentation(
        at: span(start, blank), closing: span(closing.lowerBound, closing.upperBound + 3)))
  }

  /// Takes a line of a block and its line end.
  private mutating func readLine(_ quote: Quote, into text: inout TextBuilder) throws(Reported) {
    while true {
      guard quote.isFilled else {
        let end = lexer.contentEnd(from: lexer.offset)
        text.append(lexer.bytes[lexer.offset..<end])
        return lexer.advance(to: lexer.lineEnd(at: end) ?? end)
      }
      readPlain(until: nil, into: &text)
      switch lexer.byte() {
      case UInt8(ascii: "\\"): escape(into: &text)
      case UInt8(ascii: "$"): try fill(into: &text)
      default: return lexer.advance(to: lexer.lineEnd(at: lexer.offset) ?? lexer.offset)
      }
    }
  }
}
