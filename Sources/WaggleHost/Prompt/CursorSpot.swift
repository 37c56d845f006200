/// The spot of a line where the cursor stands: what comes before the word, the word so far, and what
/// would close everything that is open.
///
/// It knows quotes, brackets, comments and fill-ins and nothing else of the language; what the word
/// may become is for the checker to say.
struct CursorSpot: Equatable {
  /// What the word begins with.
  enum Kind { case plain, variable, option, text }

  /// Everything before the word; of a text in quotes, everything before the quote.
  let head: String
  /// The word up to the cursor, with its `$` or `--`.
  let word: String
  /// What the word is.
  let kind: Kind
  /// What closes the quotes and brackets that are open in `head`, the innermost first.
  let closers: String

  /// Finds the spot at the end of a text; nil in a comment, or in a text that is filled in.
  init?(_ text: String) {
    var scan = Scan(Array(text.utf8))
    guard scan.run() else { return nil }
    let start = scan.wordStart
    head = String(decoding: scan.bytes[..<scan.headEnd], as: UTF8.self)
    word = String(decoding: scan.bytes[start...], as: UTF8.self)
    closers = String(decoding: scan.closers, as: UTF8.self)
    if scan.isInText {
      kind = .text
    } else if word.hasPrefix("$") || scan.isInBraces {
      kind = .variable
    } else {
      kind = word.hasPrefix("-") ? .option : .plain
    }
  }

  /// The word without what stands before its last point, where it has one: `sta` of `$bee.sta`.
  var afterPoint: (before: String, name: String)? {
    guard kind != .text, kind != .option, let point = word.lastIndex(of: ".") else { return nil }
    return (String(word[...point]), String(word[word.index(after: point)...]))
  }
}

/// The walk over a text that finds what is open at its end.
private struct Scan {
  private enum Open {
    case round, square, brace, filledBrace, double, single, doubleBlock, singleBlock
  }

  let bytes: [UInt8]
  private(set) var wordStart = 0
  private var open: [Open] = []
  private var position = 0
  /// Where the quote stands that the end is in.
  private var quoteStart = 0
  /// Whether a text at the end has something filled in.
  private var isFilled = false
  /// Whether the end is in the name of a variable in a text.
  private var isInName = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Walks to the end; false where nothing can be completed there.
  mutating func run() -> Bool {
    while position < bytes.count {
      switch open.last {
      case .double, .doubleBlock, .single, .singleBlock: text()
      default: guard code() else { return false }
      }
    }
    return !isInQuotes || isInName || !isFilled
  }

  var isInText: Bool { isInQuotes && !isInName }
  var isInBraces: Bool { open.last == .filledBrace }
  var headEnd: Int { isInText ? quoteStart : wordStart }

  var closers: [UInt8] {
    var open = open
    if isInText { open.removeLast() }
    return open.reversed().flatMap { open -> [UInt8] in
      switch open {
      case .round: Array(")".utf8)
      case .square: Array("]".utf8)
      case .brace, .filledBrace: Array("}".utf8)
      case .double: Array("\"".utf8)
      case .single: Array("'".utf8)
      case .doubleBlock: Array("\n\"\"\"".utf8)
      case .singleBlock: Array("\n'''".utf8)
      }
    }
  }

  private var isInQuotes: Bool {
    switch open.last {
    case .double, .doubleBlock, .single, .singleBlock: true
    default: false
    }
  }

  private func byte(_ offset: Int) -> Unicode.Scalar? {
    position + offset < bytes.count ? Unicode.Scalar(bytes[position + offset]) : nil
  }

  /// Goes on, the next word beginning there.
  private mutating func skip(_ count: Int) {
    position += count
    wordStart = position
  }

  /// Takes a step outside of quotes; false in a comment that lasts to the end.
  private mutating func code() -> Bool {
    switch byte(0) {
    case "#" where position == wordStart:
      guard let end = bytes[position...].firstIndex(of: 0x0A) else { return false }
      skip(end - position)
    case "\"", "'": openQuote()
    case "(": enter(.round)
    case "[": enter(.square)
    case "{": enter(.brace)
    case ")", "]", "}":
      if !open.isEmpty { open.removeLast() }
      skip(1)
    case " ", "\t", "\n", "\r", "|", ";", ",": skip(1)
    case "=" where bytes[wordStart..<position].starts(with: Array("--".utf8)): skip(1)
    case "$":
      wordStart = position
      fill()
    default: position += 1
    }
    return true
  }

  private mutating func enter(_ bracket: Open) {
    open.append(bracket)
    skip(1)
  }

  /// Goes behind a `$`, and into what it opens.
  private mutating func fill() {
    position += 1
    switch byte(0) {
    case "(": enter(.round)
    case "{": enter(.filledBrace)
    default: break
    }
  }

  private mutating func openQuote() {
    let isDouble = byte(0) == "\""
    let isBlock = byte(1) == byte(0) && byte(2) == byte(0)
    quoteStart = position
    isFilled = false
    isInName = false
    open.append(isBlock ? (isDouble ? .doubleBlock : .singleBlock) : isDouble ? .double : .single)
    skip(isBlock ? 3 : 1)
  }

  /// Takes a step inside quotes.
  private mutating func text() {
    let isDouble = open.last == .double || open.last == .doubleBlock
    let isBlock = open.last == .doubleBlock || open.last == .singleBlock
    let sign: Unicode.Scalar = isDouble ? "\"" : "'"
    if isInName, let next = byte(0), !next.isOfName, next != "." { isInName = false }
    switch byte(0) {
    case "\\" where isDouble: position += 2
    case "$" where isDouble:
      isFilled = true
      isInName = byte(1)?.isOfName ?? true
      wordStart = position
      fill()
    case sign where !isBlock:
      open.removeLast()
      skip(1)
    case sign where byte(1) == sign && byte(2) == sign:
      open.removeLast()
      skip(3)
    case "\n" where !isBlock:
      open.removeLast()
      skip(1)
    default: position += 1
    }
    position = min(position, bytes.count)
  }
}

extension Unicode.Scalar {
  /// Whether a name may hold it.
  fileprivate var isOfName: Bool { properties.isAlphabetic || ("0"..."9") ~= self || self == "_" }
}
