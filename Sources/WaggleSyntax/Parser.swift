package import WaggleText

/// Reads a text and gives its tree, or what is wrong with it.
///
/// In comes a `Source`; out come a `Script` and all diagnostics of the text, in the order of their
/// places. It knows words, not what they name: no command, variable, type or field is looked up here,
/// except the words that change how the rest of a line is read (statements, `where`, `sort`, `wait`,
/// `exec` …). A text with diagnostics still gives a tree: the statements that could be read, and of a
/// `let`, `param` or `def` that could not the name, with something broken behind it.
///
/// ```
/// let (script, diagnostics) = Parser.parse(source, id: id, mode: .file)
/// ```
///
/// The grammar stands at the end of the language's design; each method reads one rule of it. `peek`
/// looks, `accept` takes what is wanted if it is there, `expect` takes it or reports, `recover` goes
/// on behind a mistake at the next statement. A mistake is reported where it is met and thrown as
/// `Reported`, which only a list of statements catches: one report a line, and none that another one
/// caused.
///
/// **Unfinished input.** A diagnostic at the very end of the text could be cured by more of it, so it
/// `isIncomplete`. Every prefix of a right text is therefore complete or incomplete and never wrong.
/// A prompt parses its lines *with* their line end: then what a further line cannot cure (`let` alone)
/// is wrong at once, and what it can (`count $x |`, an open bracket) is incomplete.
package struct Parser {
  /// What a leading `|` means.
  package enum Mode: Sendable {
    /// A script: it continues the line above.
    case file
    /// A line of the prompt or more: it continues from the last result.
    case prompt
  }

  /// Thrown when a mistake has been reported: the statement cannot be read any further.
  struct Reported: Error {}

  /// How deep a tree may be, so that it can be walked; a bracket counts two, an operator one.
  static let deepest = 256
  private static let bracketDepth = 2
  /// How many mistakes are reported before the rest of a text is given up.
  static let mostDiagnostics = 500

  let source: SourceID
  let mode: Mode
  var lexer: Lexer
  private(set) var diagnostics: [Diagnostic] = []
  /// What is open, the innermost last.
  private(set) var brackets: [Bracket] = []
  /// How deep the spot is nested.
  var depth = 0
  /// The command whose arguments are read.
  var command: Name?
  /// Whether `.field` and a bare word that an operator follows are values here (§4, the subject).
  var hasSubject = false
  /// The first block that was closed by a brace which stands below another one's line.
  var misaligned: Misaligned?
  /// The line of the last report, on which nothing more is reported.
  private var quietLine = 0..<0

  private init(_ bytes: [UInt8], _ source: SourceID, _ mode: Mode, keepsPieces: Bool = false) {
    self.source = source
    self.mode = mode
    lexer = Lexer(bytes, keepsPieces: keepsPieces)
  }

  /// Reads a whole text; of Markdown the fences of `waggle`.
  package static func parse(_ source: Source, id: SourceID, mode: Mode) -> (
    script: Script, diagnostics: [Diagnostic]
  ) {
    let bytes = Array(source.text.utf8)
    let runbook = source.isMarkdown ? Runbook(bytes) : nil
    var parser = Parser(runbook?.code(in: bytes) ?? bytes, id, mode)
    var statements: [Statement] = []
    var sections: [Script.Section] = []
    if let runbook {
      (statements, sections) = parser.fences(of: runbook)
    } else {
      statements = parser.statements(in: nil)
    }
    let script = Script(
      statements: statements, sections: sections,
      comments: parser.lexer.comments.map { parser.comment($0) },
      span: parser.span(0, bytes.count), isWhole: parser.diagnostics.isEmpty)
    return (script, parser.diagnostics.sorted { $0.span.lower < $1.span.lower })
  }

  /// Reads a whole script for its pieces, which are all of it but what may be written otherwise.
  static func pieces(of source: Source, id: SourceID) -> (
    pieces: [Piece], bytes: [UInt8], diagnostics: [Diagnostic]
  ) {
    var parser = Parser(Array(source.text.utf8), id, .file, keepsPieces: true)
    _ = parser.statements(in: nil)
    let diagnostics = parser.diagnostics.sorted { $0.span.lower < $1.span.lower }
    return (parser.lexer.pieces ?? [], parser.lexer.bytes, diagnostics)
  }

  private func comment(_ place: Range<Int>) -> Comment {
    Comment(
      text: lexer.text(place.lowerBound + 1, place.upperBound),
      span: span(place.lowerBound, place.upperBound), ownsLine: ownsLine(place.lowerBound))
  }

  /// Whether only blanks stand before an offset on its line.
  func ownsLine(_ offset: Int) -> Bool {
    var start = offset - 1
    while let byte = lexer.byte(at: start), byte == 0x20 || byte == 0x09 { start -= 1 }
    guard let before = lexer.byte(at: start) else { return true }
    return before == UInt8(ascii: "\n") || before == UInt8(ascii: "\r")
  }
}

// MARK: - Verbs

extension Parser {
  /// The next token, which stays where it is.
  mutating func peek(_ way: Lexer.Way = .word) -> Token { lexer.peek(way) }

  /// Goes on behind a token.
  mutating func take(_ token: Token) { lexer.take(token) }

  /// Takes the next token if it is of a kind.
  mutating func accept(_ kind: Token.Kind, _ way: Lexer.Way = .word) -> Token? {
    let token = peek(way)
    guard token.kind == kind else { return nil }
    take(token)
    return token
  }

  /// Takes the next token if it is this word.
  mutating func accept(word: StaticString) -> Token? {
    let token = peek()
    guard self.word(token, is: word) else { return nil }
    take(token)
    return token
  }

  /// Takes a name and nothing that touches it, or reports that `what` is missing.
  mutating func expectName(
    _ what: String, _ way: Lexer.Way = .word
  ) throws(Reported) -> Name {
    var token = peek(way)
    if token.kind == .dollar {
      report(.dollarInName(span(token)))
      take(token)
      token = peek(way)
    }
    guard token.kind == .word else {
      throw fail(.expected(what, found: describe(token), at: spot(token)), at: token)
    }
    guard lexer.nameEnd(from: token.lower) == token.upper else {
      throw fail(.notAName(text(token), what, at: span(token)), at: token)
    }
    take(token)
    return name(token)
  }

  /// Whether a token is this word.
  func word(_ token: Token, is word: StaticString) -> Bool {
    token.kind == .word && token.upper - token.lower == word.utf8CodeUnitCount
      && lexer.matches(word, at: token.lower)
  }

  /// The text of a token.
  func text(_ token: Token) -> String { lexer.text(token.lower, token.upper) }

  /// A token as a name.
  func name(_ token: Token) -> Name { Name(text(token), span(token)) }

  /// The stretch between two offsets.
  func span(_ lower: Int, _ upper: Int) -> Span { Span(source, lower, upper) }

  /// The stretch of a token.
  func span(_ token: Token) -> Span { span(token.lower, token.upper) }

  /// From an offset to behind what was taken last.
  func span(from lower: Int) -> Span { span(lower, max(lower, lexer.tokenEnd)) }

  /// The stretch of a token, or the spot behind the last one where the line ends.
  func spot(_ token: Token) -> Span {
    switch token.kind {
    case .end, .line: span(max(0, lexer.tokenEnd), max(0, lexer.tokenEnd))
    default: span(token)
    }
  }

  /// What a person calls a token.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end of the text"
    case .line: "the end of the line"
    case .quote: "a text"
    case .word: Diagnostic.quoted(lexer.text(token.lower, lexer.wordEnd(from: token.lower)))
    default: Diagnostic.quoted(text(token))
    }
  }
}

// MARK: - Brackets

extension Parser {
  /// Takes what opens a bracket.
  mutating func open(_ token: Token, _ kind: Bracket.Kind) throws(Reported) {
    take(token)
    lexer.notePiece(opens: kind)
    try enter(token.lower, by: Self.bracketDepth)
    brackets.append(Bracket(kind: kind, lower: token.lower, upper: token.upper))
    lexer.joinsLines = kind != .block
  }

  /// Takes what closes the innermost bracket, or reports that it is still open.
  mutating func expectClose(_ shape: Bracket.Shape, wanted: String) throws(Reported) {
    let token = peek(.expression)
    guard token.kind == .close(shape) else { throw unclosed(token, wanted) }
    take(token)
    close()
  }

  /// Leaves the innermost bracket.
  mutating func close() {
    guard brackets.popLast() != nil else { return }
    depth -= Self.bracketDepth
    lexer.joinsLines = brackets.last?.joinsLines ?? false
  }

  /// Leaves all brackets but the outermost ones.
  mutating func close(downTo count: Int) {
    while brackets.count > count { close() }
  }

  /// Goes a level deeper, or reports that it is too deep; the rest of the text is then given up.
  mutating func enter(_ offset: Int, by levels: Int = 1) throws(Reported) {
    depth += levels
    guard depth > Self.deepest else { return }
    let failure = fail(.nestedTooDeep(span(offset, offset + 1)))
    giveUp()
    throw failure
  }

  /// Goes behind the sign of a bracket that is only skipped; too deep inside it is not counted.
  mutating func openSkipped(_ kind: Bracket.Kind, _ length: Int = 1) {
    let lower = lexer.offset
    lexer.advance(to: lower + length)
    guard depth < Self.deepest else { return }
    depth += Self.bracketDepth
    brackets.append(Bracket(kind: kind, lower: lower, upper: lower + length))
  }

  /// What is wrong where the innermost bracket should be closed.
  mutating func unclosed(_ token: Token, _ wanted: String) -> Reported {
    guard let bracket = brackets.last else {
      return fail(.unexpected(describe(token), at: spot(token)), at: token)
    }
    let opened = span(bracket.lower, bracket.upper)
    let sign = Diagnostic.quoted(lexer.text(bracket.lower, bracket.upper))
    if token.kind == .end { return fail(unclosedAtEnd(sign, bracket), at: token) }
    return fail(
      .expectedClose(wanted, found: describe(token), at: span(token), sign, opened: opened),
      at: token)
  }
}

// MARK: - Reports

extension Parser {
  /// Reports a mistake that the statement does not survive.
  mutating func fail(_ diagnostic: Diagnostic, at token: Token? = nil) -> Reported {
    var diagnostic = diagnostic
    if token?.kind == .end { diagnostic.isIncomplete = true }
    report(diagnostic)
    return Reported()
  }

  /// Reports a mistake, except behind another one of the same line.
  mutating func report(_ diagnostic: Diagnostic) {
    let lower = Int(diagnostic.span.lower)
    let isLast = diagnostics.count == Self.mostDiagnostics
    guard !quietLine.contains(lower) || diagnostic.code == "nested-too-deep" else { return }
    guard diagnostics.count <= Self.mostDiagnostics else { return }
    var diagnostic = isLast ? .tooManyErrors(Self.mostDiagnostics, at: diagnostic.span) : diagnostic
    if diagnostic.span.upper == lexer.end { diagnostic.isIncomplete = true }
    diagnostics.append(diagnostic)
    quietLine = lexer.contentStart(from: lower)..<lexer.contentEnd(from: lower) + 1
    if isLast { giveUp() }
  }

  /// Reads nothing more.
  mutating func giveUp() {
    lexer.advance(to: lexer.end)
    quietLine = 0..<Int.max
  }
}
