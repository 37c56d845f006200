/// The smallest part of a text, as the way in which it was asked for makes it out.
struct Token: Equatable {
  /// The kinds of token; quotes and `$` are only their sign, the parser reads on behind it.
  enum Kind: Equatable {
    /// The end of the whole text.
    case end
    /// A line end that ends a statement.
    case line
    case semicolon, pipe, doublePipe, comma, colon
    case open(Bracket.Shape)
    case close(Bracket.Shape)
    case quote(Quote)
    case dollar, backtick, backslash
    /// A run of word characters, an operator among them.
    case word
    case number, duration
    /// `.` before a name or alone, `..`, `...`, and `-` before an operand.
    case dot, range, spread, minus
    /// A character that no script needs: a control character, an invisible space, a curly quote.
    case stray
  }

  /// What it is.
  let kind: Kind
  /// The offset of its first byte.
  let lower: Int
  /// The offset behind its last byte.
  let upper: Int
  /// Whether nothing stands between it and the token taken before it.
  let touches: Bool

  /// Whether no argument and no operand goes on here.
  var endsValue: Bool {
    switch kind {
    case .end, .line, .semicolon, .pipe, .doublePipe, .comma, .close: true
    default: false
    }
  }
}

/// The signs between which text stands.
enum Quote: String, Equatable {
  case double = "\""
  case single = "'"
  case doubleBlock = "\"\"\""
  case singleBlock = "'''"

  /// Whether its text is lines between lines of quotes.
  var isBlock: Bool { self == .doubleBlock || self == .singleBlock }
  /// Whether `$` and `\` mean something in it.
  var isFilled: Bool { self == .double || self == .doubleBlock }
  /// The byte that it is made of.
  var byte: UInt8 { isFilled ? UInt8(ascii: "\"") : UInt8(ascii: "'") }
}

/// Something that is open until its other half comes.
struct Bracket: Equatable {
  /// The pairs that a text is nested in.
  enum Shape: Equatable {
    case round, square, brace
  }

  /// What was opened.
  enum Kind: Equatable {
    case group, formals, list, index, record, block
    case text(Quote)
  }

  /// What was opened.
  let kind: Kind
  /// The offset of its first byte.
  let lower: Int
  /// The offset behind its opening sign.
  let upper: Int

  /// The pair that it is of; nil for a text.
  var shape: Shape? {
    switch kind {
    case .group, .formals: .round
    case .list, .index: .square
    case .record, .block: .brace
    case .text: nil
    }
  }

  /// Whether a line end inside is a space.
  var joinsLines: Bool { kind != .block }
}
