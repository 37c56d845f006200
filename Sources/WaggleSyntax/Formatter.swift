package import WaggleText

/// Lays a script out in the one way, and changes nothing of what it means.
///
/// In comes a `Source`, out come its text as everybody writes it, or the mistakes for which it cannot
/// be read. Every word, text and comment is kept as it is written; only what stands between them
/// changes:
///
/// - Blocks, and brackets that are open at the end of their line, indent by four blanks; so do lines
///   that go on with a statement.
/// - Each statement has a line of its own. A block of one statement may stay on its line, where it
///   was written so and the line is no wider than 100 columns; the blocks of one `if` or `try` are
///   alike.
/// - Where one `|` of a pipeline begins or ends a line each of them begins one, and so it is where
///   the line would be too wide. Behind operators and commas and in brackets lines break where the
///   writer broke them.
/// - A list or record of several lines ends in a comma, and its bracket has its own line.
/// - One blank between words, none within brackets, at most one blank line, none where a block
///   begins or ends. A block of text (`"""`) is indented with what it stands in.
/// - Comments at the ends of lines that follow each other begin in one column, and so do the help
///   texts of parameters.
///
/// ```
/// Formatter.format(source, id: id).text   // "let x = [1, 2]\n"
/// ```
///
/// The text has the tree that the source has, and formatted again it stays as it is.
package struct Formatter {
  /// Blanks by which a line is indented further than the one that it belongs to.
  static let step = 4
  /// The widest line that is made of what was one line.
  static let widest = 100

  /// What the lines of an open bracket, or of the whole script, have in common.
  private struct Context {
    /// The piece that opened it; -1 for the script.
    let opening: Int
    let kind: Bracket.Kind
    let breaks: Bool
    /// The indentation of its lines, and of the one on which it closes.
    let indent: Int
    let outer: Int

    /// The indentation of a line that goes on with what the line above began.
    var continuation: Int { indent + Formatter.step }
  }

  private let bytes: [UInt8]
  private var layout: Layout
  private var page = Page()
  private var contexts = [
    Context(opening: -1, kind: .block, breaks: true, indent: 0, outer: 0)
  ]
  /// The first piece of the statement that is written.
  private var statement = 0
  /// Comments that are written further on than they stood.
  private var carried: [Gap.Remark] = []

  private init(_ pieces: [Piece], _ bytes: [UInt8]) {
    self.bytes = bytes
    layout = Layout(pieces, bytes)
  }

  /// Lays out a script.
  ///
  /// - Returns: Its text, whose lines end as its first one does; nil where it has errors, and these.
  package static func format(
    _ source: Source, id: SourceID
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    if source.isMarkdown { return formatFences(of: source, id: id) }
    let (pieces, bytes, diagnostics) = Parser.pieces(of: source, id: id)
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    var formatter = Formatter(pieces, bytes)
    let text = formatter.written()
    return (usesReturns(bytes) ? text.replacingLineEnds() : text, [])
  }

  /// Whether the first line ends in CR LF.
  private static func usesReturns(_ bytes: [UInt8]) -> Bool {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0 else { return false }
    return bytes[end - 1] == UInt8(ascii: "\r")
  }

  private mutating func written() -> String {
    for index in layout.pieces.indices {
      separate(index)
      write(index)
    }
    let rest = layout.gaps[layout.pieces.count]
    write(carried + rest.remarks, at: 0, keepsBlanks: true, isFirst: layout.pieces.isEmpty)
    return page.finished()
  }
}

// MARK: - Between pieces

extension Formatter {
  private var context: Context { contexts[contexts.count - 1] }

  /// Writes what stands before a piece.
  private mutating func separate(_ index: Int) {
    let piece = layout.pieces[index]
    let gap = layout.gaps[index]
    let remarks = carried + gap.remarks
    carried = []
    if piece.closes {
      close(index, remarks)
    } else if context.kind == .block, gap.endsStatement || context.opening == index - 1 {
      begin(index, gap, remarks)
    } else if context.opening == index - 1, context.breaks {
      write(remarks, at: context.indent, keepsBlanks: true, isFirst: true)
      page.newLine(context.indent)
    } else if piece.kind == .pipe {
      pipe(index, remarks)
    } else if piece.kind == .comma || piece.kind == .colon {
      carried = remarks
    } else if index > 0, layout.pieces[index - 1].kind != .pipe, gap.hasLine || !remarks.isEmpty {
      goOn(index, gap, remarks)
    } else {
      page.append(String(repeating: " ", count: layout.blanks(before: index)))
    }
  }

  /// Begins a statement, on a line of its own but in a block of one line.
  private mutating func begin(_ index: Int, _ gap: Gap, _ remarks: [Gap.Remark]) {
    guard context.breaks else { return page.append(" ") }
    let isFirst = context.opening == index - 1
    write(remarks, at: context.indent, keepsBlanks: true, isFirst: isFirst)
    if gap.lines > 1, !isFirst || !remarks.isEmpty { page.blankLine() }
    page.newLine(context.indent)
    statement = index
    guard let width = layout.width(ofStatement: index), context.indent + width > Self.widest else {
      return
    }
    layout.breaksPipes[index] = true
    layout.breaksBlocks[index] = true
  }

  /// Goes to where a bracket closes.
  private mutating func close(_ index: Int, _ remarks: [Gap.Remark]) {
    let closed = context
    if contexts.count > 1 { contexts.removeLast() }
    let hasComma = layout.pieces[index - 1].kind == .comma
    guard closed.breaks || !remarks.isEmpty else {
      if hasComma { page.dropComma() }
      return page.append(String(repeating: " ", count: layout.blanks(before: index)))
    }
    let isEmpty = closed.opening == index - 1
    if closed.kind.holdsItems, !hasComma, !isEmpty { page.append(",") }
    let indent = closed.breaks ? closed.indent : closed.continuation
    write(remarks, at: indent, keepsBlanks: closed.breaks, isFirst: isEmpty)
    page.newLine(closed.outer)
  }

  /// Goes to a pipe; comments that stood behind it stand before it.
  private mutating func pipe(_ index: Int, _ before: [Gap.Remark]) {
    var remarks = before
    let hasLine = layout.gaps[index].hasLine
    for var remark in layout.gaps[index + 1].remarks {
      if hasLine { remark.lines = max(1, remark.lines) }
      remarks.append(remark)
    }
    guard layout.breaksPipes[layout.runs[index]] else { return page.append(" ") }
    write(remarks, at: context.continuation)
    page.newLine(context.continuation)
  }

  /// Goes to the next line, where the writer did.
  private mutating func goOn(_ index: Int, _ gap: Gap, _ remarks: [Gap.Remark]) {
    let isItem = context.kind.holdsItems && layout.pieces[index - 1].kind == .comma
    let indent = isItem ? context.indent : context.continuation
    if gap.isJoined, context.kind == .block, remarks.first.map({ $0.lines > 0 }) ?? true {
      page.append(" \\")
    }
    write(remarks, at: indent, keepsBlanks: isItem)
    if isItem, gap.lines > 1 { page.blankLine() }
    page.newLine(indent)
  }

  /// Writes comments: at the end of the line where they stood there, else on lines of their own.
  private mutating func write(
    _ remarks: [Gap.Remark], at indent: Int, keepsBlanks: Bool = false, isFirst: Bool = false
  ) {
    for (place, remark) in remarks.enumerated() {
      if remark.lines == 0, page.canTakeComment {
        page.append(comment: remark.text)
        continue
      }
      if keepsBlanks, remark.lines > 1, place > 0 || !isFirst { page.blankLine() }
      page.appendLine(comment: remark.text, indent)
    }
  }
}

// MARK: - Pieces

extension Formatter {
  private mutating func write(_ index: Int) {
    let piece = layout.pieces[index]
    let text = String(decoding: bytes[piece.lower..<piece.upper], as: UTF8.self)
    if piece.isBlockText, !piece.holdsLines {
      page.append(indented(text))
    } else if isHelp(index) {
      page.append(help: text)
    } else {
      page.append(piece.kind == .word ? text : text.withLineFeeds())
    }
    guard let kind = piece.bracket else { return }
    let breaks = layout.breaks(behind: index)
    let indent = page.indent + (breaks ? Self.step : 0)
    contexts.append(
      Context(opening: index, kind: kind, breaks: breaks, indent: indent, outer: page.indent))
  }

  /// Whether a piece is the help text of a parameter.
  private func isHelp(_ index: Int) -> Bool {
    guard contexts.count == 1, case .quote = layout.pieces[index].kind,
      layout.isLast(index, ofStatement: statement), !layout.gaps[index].isEmpty
    else { return false }
    return isWord("param", statement) && !isWord("=", index - 1)
  }

  private func isWord(_ word: StaticString, _ index: Int) -> Bool {
    let piece = layout.pieces[index]
    return word.withUTF8Buffer { bytes[piece.lower..<piece.upper].elementsEqual($0) }
  }

  /// A block of text with its lines indented like what belongs to the line that it begins on.
  private func indented(_ text: String) -> String {
    var lines = text.withLineFeeds().split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let last = lines.popLast() else { return text }
    let margin = last.prefix { $0 == " " || $0 == "\t" }
    let indent = String(repeating: " ", count: page.indent + Self.step)
    var result = lines.removeFirst().prefix { $0 != " " && $0 != "\t" } + "\n"
    for line in lines {
      if line.count > margin.count, line.hasPrefix(margin) {
        result += indent + line.dropFirst(margin.count)
      }
      result += "\n"
    }
    return result + indent + last.dropFirst(margin.count)
  }
}

extension String {
  /// The text with a line feed at the end of each line, whatever stood there.
  fileprivate func withLineFeeds() -> String {
    guard utf8.contains(UInt8(ascii: "\r")) else { return self }
    var bytes: [UInt8] = []
    var wasReturn = false
    for byte in utf8 {
      if byte != UInt8(ascii: "\n") || !wasReturn {
        bytes.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
      }
      wasReturn = byte == UInt8(ascii: "\r")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text with CR LF at the end of each line.
  fileprivate func replacingLineEnds() -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for byte in utf8 {
      if byte == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\r")) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
