import WaggleText

/// Cuts a text into tokens, asked for one by one in the way that the parser needs.
///
/// What a byte means depends on where it stands: `a-b` is one word among arguments, `1..3` is three
/// tokens in an expression, `a:1` three as an entry of a record. So there is no list of tokens: the
/// parser says at each spot which of the three ways it wants. A peek moves nothing, so a spot can be
/// looked at in two ways. Texts behind a quote and fill-ins are read by the parser byte by byte.
struct Lexer {
  /// The ways in which a token can be asked for.
  enum Way { case word, expression, key }

  /// A spot to which a lexer can come back.
  struct Mark {
    /// The offset from which the next token is looked for.
    var offset = 0
    /// The offset behind the token taken last.
    var tokenEnd = -1
  }

  /// The whole text.
  let bytes: [UInt8]
  /// Where it is, so that it can look further ahead and come back.
  private(set) var mark = Mark()
  /// Whether a line end is a space here.
  var joinsLines = false
  /// Whether the text ends in a `\` that asks for another line.
  private(set) var endsOpen = false
  /// The comments met so far, from the `#` to their last character that is no blank.
  private(set) var comments: [Range<Int>] = []

  /// What was taken so far, where somebody asked for it: the formatter.
  var pieces: [Piece]?
  /// The offset of the token that was looked at last.
  private var peeked = 0

  /// The offset at which the text ends that is read: all of it, or a fence.
  private(set) var end: Int

  /// Makes a lexer at the start of a text.
  init(_ bytes: [UInt8], keepsPieces: Bool = false) {
    self.bytes = bytes
    end = bytes.count
    if keepsPieces { pieces = [] }
  }

  /// Reads a part of the text, as if there was nothing behind it.
  mutating func enter(_ part: Range<Int>) {
    mark = Mark(offset: part.lowerBound, tokenEnd: -1)
    end = part.upperBound
  }

  /// The offset from which the next token is looked for.
  var offset: Int { mark.offset }
  /// The offset behind the token taken last.
  var tokenEnd: Int { mark.tokenEnd }

  /// The byte some way ahead; nil behind the end.
  func byte(_ ahead: Int = 0) -> UInt8? { byte(at: offset + ahead) }

  /// The byte at an offset; nil outside the text.
  func byte(at offset: Int) -> UInt8? {
    offset >= 0 && offset < end ? bytes[offset] : nil
  }

  /// The text between two offsets.
  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
  }

  /// Whether a text stands at an offset.
  func matches(_ text: StaticString, at offset: Int) -> Bool {
    text.withUTF8Buffer { bytes[min(offset, end)..<end].starts(with: $0) }
  }

  /// The next token, which stays where it is.
  mutating func peek(_ way: Way) -> Token {
    let start = triviaEnd(from: offset)
    peeked = start
    let (kind, upper) = scan(at: start, way)
    return Token(kind: kind, lower: start, upper: upper, touches: start == tokenEnd)
  }

  /// Goes on behind a token.
  mutating func take(_ token: Token) {
    if pieces != nil {
      pieces?.append(Piece(kind: token.kind, lower: token.lower, upper: token.upper))
    }
    mark = Mark(offset: token.upper, tokenEnd: token.upper)
  }

  /// Goes on at an offset, to which a token or a piece of text was read.
  mutating func advance(to end: Int) {
    if pieces != nil, end > offset {
      let lower = min(max(offset, peeked), end)
      pieces?.append(Piece(kind: .word, lower: lower, upper: end))
    }
    mark = Mark(offset: end, tokenEnd: end)
  }

  /// Goes back to where it was.
  mutating func go(to mark: Mark) {
    self.mark = mark
    while let last = pieces?.last, last.upper > mark.tokenEnd { pieces?.removeLast() }
  }

  /// Goes on behind line ends, where a statement goes on in the next line whatever it holds.
  mutating func skipLines() {
    let before = joinsLines
    joinsLines = true
    mark.offset = triviaEnd(from: offset)
    joinsLines = before
  }
}

// MARK: - Between tokens

extension Lexer {
  private mutating func triviaEnd(from start: Int) -> Int {
    var position = start
    var isContinued = joinsLines
    while let byte = byte(at: position) {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard joinsLines else { return position }
        position += 1
      case UInt8(ascii: "\\"):
        guard let next = lineEnd(at: position + 1) else { return position }
        position = next
        isContinued = true
      case UInt8(ascii: "#") where startsWord(position):
        let end = contentEnd(from: position)
        note(position..<end)
        position = isContinued ? lineEnd(at: end) ?? end : end
      default: return position
      }
    }
    endsOpen = isContinued && !joinsLines
    return position
  }

  /// Whether a `#` here begins a comment: it does not where it touches a word, a text or a bracket
  /// that closes.
  func startsWord(_ position: Int) -> Bool {
    guard let before = byte(at: position - 1) else { return true }
    switch before {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "("),
      UInt8(ascii: "["), UInt8(ascii: "{"):
      return true
    default: return false
    }
  }

  private mutating func note(_ comment: Range<Int>) {
    guard comment.lowerBound > comments.last?.lowerBound ?? -1 else { return }
    var end = comment.upperBound
    while let byte = byte(at: end - 1), byte == 0x20 || byte == 0x09 { end -= 1 }
    comments.append(comment.lowerBound..<end)
  }

  /// The offset behind the line end that stands at an offset; nil where none does.
  func lineEnd(at position: Int) -> Int? {
    switch byte(at: position) {
    case UInt8(ascii: "\n"): position + 1
    case UInt8(ascii: "\r"):
      byte(at: position + 1) == UInt8(ascii: "\n") ? position + 2 : position + 1
    default: nil
    }
  }

  /// The offset of the next line end, or of the end of the text.
  func contentEnd(from position: Int) -> Int {
    var end = position
    while let byte = byte(at: end), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      end += 1
    }
    return end
  }

  /// The offset at which the line of an offset begins.
  func contentStart(from position: Int) -> Int {
    var start = min(position, end)
    while let byte = byte(at: start - 1), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      start -= 1
    }
    return start
  }

  /// The offset behind blanks.
  func blankEnd(from position: Int) -> Int {
    var end = position
    while let byte = byte(at: end), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
      end += 1
    }
    return end
  }
}

// MARK: - Tokens

extension Lexer {
  private func scan(at start: Int, _ way: Way) -> (Token.Kind, Int) {
    guard let byte = byte(at: start) else { return (.end, start) }
    if let sign = sign(byte, at: start) { return sign }
    if let length = strayLength(at: start, isFirst: true) { return (.stray, start + length) }
    return switch way {
    case .word: (.word, wordEnd(from: start))
    case .key: key(byte, at: start)
    case .expression: operand(byte, at: start)
    }
  }

  private func sign(_ byte: UInt8, at start: Int) -> (Token.Kind, Int)? {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (.line, lineEnd(at: start) ?? start + 1)
    case UInt8(ascii: ";"): (.semicolon, start + 1)
    case UInt8(ascii: "|"):
      self.byte(at: start + 1) == byte ? (.doublePipe, start + 2) : (.pipe, start + 1)
    case UInt8(ascii: ","): (.comma, start + 1)
    case UInt8(ascii: "("): (.open(.round), start + 1)
    case UInt8(ascii: ")"): (.close(.round), start + 1)
    case UInt8(ascii: "["): (.open(.square), start + 1)
    case UInt8(ascii: "]"): (.close(.square), start + 1)
    case UInt8(ascii: "{"): (.open(.brace), start + 1)
    case UInt8(ascii: "}"): (.close(.brace), start + 1)
    case UInt8(ascii: "\""):
      matches("\"\"\"", at: start)
        ? (.quote(.doubleBlock), start + 3) : (.quote(.double), start + 1)
    case UInt8(ascii: "'"):
      matches("'''", at: start) ? (.quote(.singleBlock), start + 3) : (.quote(.single), start + 1)
    case UInt8(ascii: "$"): (.dollar, start + 1)
    case UInt8(ascii: "`"): (.backtick, start + 1)
    case UInt8(ascii: "\\"): (.backslash, start + 1)
    default: nil
    }
  }

  private func key(_ byte: UInt8, at start: Int) -> (Token.Kind, Int) {
    if byte == UInt8(ascii: ":") { return (.colon, start + 1) }
    if matches("...", at: start) { return (.spread, start + 3) }
    let end = wordEnd(from: start)
    let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
    if let name = nameEnd(from: start), matches("...", at: name) { return (.word, name) }
    return (.word, colon)
  }

  private func operand(_ byte: UInt8, at start: Int) -> (Token.Kind, Int) {
    switch byte {
    case UInt8(ascii: "."): return dots(at: start)
    case UInt8(ascii: "-"):
      let next = self.byte(at: start + 1)
      if let next, Spelling.isDigit(next) { return numeral(at: start) }
      return isWord(at: start + 1) && next != UInt8(ascii: ".") && next != byte
        ? (.word, wordEnd(from: start)) : (.minus, start + 1)
    case _ where Spelling.isDigit(byte): return numeral(at: start)
    default: return (.word, wordEnd(from: start))
    }
  }

  private func dots(at start: Int) -> (Token.Kind, Int) {
    if matches("...", at: start) { return (.spread, start + 3) }
    if matches("..", at: start) {
      return byte(at: start + 2) == UInt8(ascii: "/")
        ? (.word, wordEnd(from: start)) : (.range, start + 2)
    }
    if nameEnd(from: start + 1) != nil || !isWord(at: start + 1) { return (.dot, start + 1) }
    return (.word, wordEnd(from: start))
  }

  /// A number or a duration, which `..` may touch; else a word that begins with a digit.
  private func numeral(at start: Int) -> (Token.Kind, Int) {
    let end = wordEnd(from: start)
    var cut = start
    while cut < end, !matches("..", at: cut) { cut += 1 }
    let spelling = bytes[start..<cut]
    if Spelling.isNumber(spelling) { return (.number, cut) }
    if Spelling.isDuration(spelling) { return (.duration, cut) }
    return (.word, end)
  }

  /// The offset behind the run of word characters at an offset.
  func wordEnd(from start: Int) -> Int {
    var end = start
    while isWord(at: end) { end += 1 }
    return end
  }

  private func isWord(at position: Int) -> Bool {
    guard let byte = byte(at: position) else { return false }
    switch byte {
    case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"),
      UInt8(ascii: "$"), UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: ","),
      UInt8(ascii: "\\"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return false
    case 0x80...: return strayLength(at: position, isFirst: false) == nil
    default: return true
    }
  }
}

// MARK: - Characters

extension Lexer {
  /// The scalar at an offset and its length; nil behind the end and inside of a character.
  func scalar(at position: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard let first = byte(at: position) else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
    guard length > 0, position + length <= end else { return nil }
    let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
    return text.unicodeScalars.first.map { ($0, length) }
  }

  /// The offset behind the name that begins at an offset; nil where none does.
  func nameEnd(from start: Int) -> Int? {
    guard let first = nameScalar(at: start, isFirst: true) else { return nil }
    var end = start + first
    while true {
      let dash = byte(at: end) == UInt8(ascii: "-") ? 1 : 0
      guard let length = nameScalar(at: end + dash, isFirst: false) else { return end }
      end += dash + length
    }
  }

  private func nameScalar(at position: Int, isFirst: Bool) -> Int? {
    guard let (scalar, length) = scalar(at: position) else { return nil }
    if scalar.value < 0x80 {
      let byte = UInt8(scalar.value)
      let isName = Spelling.isLetter(byte) || byte == UInt8(ascii: "_")
      return isName || !isFirst && Spelling.isDigit(byte) ? 1 : nil
    }
    let properties = scalar.properties
    let isDigit = properties.generalCategory == .decimalNumber
    let isMark = properties.generalCategory == .nonspacingMark
    return properties.isAlphabetic || !isFirst && (isDigit || isMark) ? length : nil
  }

  /// The length of a character that no script needs; nil for any other.
  func strayLength(at position: Int, isFirst: Bool) -> Int? {
    guard let byte = byte(at: position) else { return nil }
    switch byte {
    case 0x09, 0x0A, 0x0D: return nil
    case 0..<0x20, 0x7F: return 1
    case 0xC2, 0xE1, 0xE2, 0xE3, 0xEF:
      guard let (scalar, length) = scalar(at: position) else { return nil }
      switch scalar.value {
      case 0x80...0xA0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2069, 0x3000, 0xFEFF:
        return length
      case 0x2018, 0x201C, 0x201D: return isFirst ? length : nil
      default: return nil
      }
    default: return nil
    }
  }
}
