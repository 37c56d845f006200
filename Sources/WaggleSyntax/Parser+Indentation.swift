import WaggleText

// Which brace is missing: only the indentation tells what was meant.

extension Parser {
  /// A block and the brace that closed it, which stands below the line of another block.
  struct Misaligned {
    /// Where the block was opened.
    let opened: Span
    /// The brace that closed it.
    let closed: Span
  }

  /// Notes a block that a brace further to the left closes; the first one, for what follows is
  /// closed by the wrong braces too.
  mutating func noteIndentation(from open: Token, to close: Token) {
    guard misaligned == nil, ownsLine(close.lower),
      indentation(at: close.lower) < indentation(at: open.lower)
    else { return }
    misaligned = Misaligned(opened: span(open), closed: span(close))
  }

  /// Reports a block that the end of the text leaves open, or the one in it that lacks its brace.
  func unclosedAtEnd(_ sign: String, _ bracket: Bracket) -> Diagnostic {
    let opened = span(bracket.lower, bracket.upper)
    guard bracket.kind == .block, let misaligned, misaligned.opened.lower > opened.lower else {
      return .unclosed(sign, at: opened)
    }
    return .unclosed(sign, at: misaligned.opened, closed: misaligned.closed, outer: opened)
  }

  /// How far back the beginning of a line is looked for, so that a line of a megabyte costs nothing.
  private static var longestLine: Int { 1_000 }

  /// How many blanks the line of an offset begins with.
  private func indentation(at offset: Int) -> Int {
    var start = offset
    let first = max(0, offset - Self.longestLine)
    while start > first, lexer.lineEnd(at: start - 1) == nil { start -= 1 }
    return lexer.blankEnd(from: start) - start
  }
}
