/// A token that the parser took, with what it turned out to be: what the formatter lays out.
///
/// A text is one piece with all that stands in it. What lies between two pieces (spaces, line ends,
/// comments, a `\` at the end of a line) means nothing but that it is there.
struct Piece {
  /// What it was taken as.
  var kind: Token.Kind
  /// What it opens; nil for anything but an opening sign.
  var bracket: Bracket.Kind?
  /// The offset of its first byte.
  let lower: Int
  /// The offset behind its last byte.
  let upper: Int
  /// Whether it is a text that holds a piece of script of several lines, which stays as it is.
  var holdsLines = false

  /// Makes a piece of a token.
  init(kind: Token.Kind, lower: Int, upper: Int) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
  }

  /// Whether it ends a statement.
  var endsStatement: Bool { kind == .line || kind == .semicolon }

  /// Whether it closes a bracket.
  var closes: Bool { if case .close = kind { true } else { false } }

  /// Whether it is a text of whole lines.
  var isBlockText: Bool { if case .quote(let quote) = kind { quote.isBlock } else { false } }
}

extension Lexer {
  /// Says what the piece that was taken last opens.
  mutating func notePiece(opens bracket: Bracket.Kind) {
    guard let last = pieces?.indices.last else { return }
    pieces?[last].bracket = bracket
  }

  /// Makes one piece of all that were taken from an offset on: a text.
  mutating func fuse(from lower: Int) {
    guard let first = pieces?.lastIndex(where: { $0.lower == lower }), let text = text(from: first)
    else { return }
    pieces?.removeSubrange(first...)
    pieces?.append(text)
  }

  private func text(from first: Int) -> Piece? {
    guard let pieces else { return nil }
    var text = Piece(kind: pieces[first].kind, lower: pieces[first].lower, upper: tokenEnd)
    var opened: [Int] = []
    for piece in pieces[first...] {
      if piece.kind == .open(.round) {
        opened.append(piece.lower)
      } else if piece.kind == .close(.round), let lower = opened.popLast() {
        let hasLine = bytes[lower..<piece.upper].contains { $0 == 0x0A || $0 == 0x0D }
        text.holdsLines = text.holdsLines || hasLine
      }
    }
    return text
  }
}
