/// Where the lines of a script break: what its writer chose, made the same everywhere.
///
/// It is found in one pass over the pieces. A *run* is a row of pieces that are laid out together: a
/// statement, or what stands in a bracket that holds none; it is named by its first piece, or by the
/// one that opens it. The pipes of a run break together, and so do its blocks.
struct Layout {
  /// The pieces, without those that only end statements.
  private(set) var pieces: [Piece] = []
  /// What stands before each piece, and at last what stands behind them all.
  private(set) var gaps: [Gap] = []
  /// The run of each piece.
  private(set) var runs: [Int] = []
  /// For each run whether its pipes begin lines.
  var breaksPipes: [Bool]
  /// For each run whether its blocks are of several lines.
  var breaksBlocks: [Bool]
  /// For each piece that opens something the one that closes it, and the other way round.
  private var partner: [Int]
  /// For each piece that opens a bracket, but not a block, whether a line ends behind it.
  private var breaksInside: [Bool]
  /// For the first piece of each statement its last one.
  private var lastOfStatement: [Int]
  /// The piece that opened what each piece stands in; -1 where nothing is open.
  private var openings: [Int] = []
  /// How many lines end before each piece, and before its end: first in the source, then here.
  private var lines: [(start: Int, end: Int)] = []
  /// Where each piece would begin and end, were all in one line.
  private var columns: [(start: Int, end: Int)] = []

  /// Finds the layout of a right script.
  init(_ all: [Piece], _ bytes: [UInt8]) {
    var end = 0
    var endsStatement = false
    for piece in all {
      endsStatement = endsStatement || piece.endsStatement
      guard !piece.endsStatement else { continue }
      gaps.append(Gap(bytes, end, piece.lower, endsStatement: endsStatement))
      pieces.append(piece)
      end = piece.upper
      endsStatement = false
    }
    gaps.append(Gap(bytes, end, bytes.count, endsStatement: true))
    let none = [Bool](repeating: false, count: pieces.count)
    (breaksInside, breaksPipes, breaksBlocks) = (none, none, none)
    partner = Array(pieces.indices)
    lastOfStatement = Array(pieces.indices)
    let inside = pieces.map { Self.lineEnds(in: $0, bytes) }
    lines = Self.count(gaps.map(\.allLines), inside)
    findRuns()
    lines = Self.count(pieces.indices.map { startsLine($0) ? 1 : 0 }, inside)
    measure(bytes)
  }

  /// Whether a line ends behind a piece that opens something.
  func breaks(behind open: Int) -> Bool {
    guard !isEmpty(open) else { return false }
    return pieces[open].bracket == .block ? breaksBlocks[runs[open]] : breaksInside[open]
  }

  /// How wide a statement is that begins with a piece; nil where it is of several lines already.
  func width(ofStatement first: Int) -> Int? {
    let last = lastOfStatement[first]
    guard lines[first].start == lines[last].end else { return nil }
    return columns[last].end - columns[first].start
  }

  /// Whether a piece is the last one of the statement that begins with another.
  func isLast(_ piece: Int, ofStatement first: Int) -> Bool { lastOfStatement[first] == piece }

  /// How many blanks stand before a piece on its line.
  func blanks(before index: Int) -> Int {
    guard index > 0 else { return 0 }
    let (left, right) = (pieces[index - 1], pieces[index])
    if right.closes { return pieces[partner[index]].bracket == .block ? 1 : 0 }
    if let bracket = left.bracket { return bracket == .block ? 1 : 0 }
    if left.closes, pieces[partner[index - 1]].bracket == .block {
      return touchesComma(right) ? 0 : 1
    }
    if touchesComma(right) { return 0 }
    if touchesComma(left) || left.kind == .pipe || right.kind == .pipe { return 1 }
    if left.kind == .range { return isSpaced(range: index - 1) ? 1 : 0 }
    if right.kind == .range { return isSpaced(range: index) ? 1 : 0 }
    return gaps[index].isEmpty ? 0 : 1
  }

  private func touchesComma(_ piece: Piece) -> Bool { piece.kind == .comma || piece.kind == .colon }

  /// Whether a `..` has a blank on one of its sides, and then on both; at a bracket it has none.
  private func isSpaced(range index: Int) -> Bool {
    guard index > 0, pieces[index - 1].bracket == nil, index + 1 < pieces.count,
      !pieces[index + 1].closes
    else { return false }
    return !gaps[index].isEmpty || !gaps[index + 1].isEmpty
  }

  private func isEmpty(_ open: Int) -> Bool {
    partner[open] == open + 1 && gaps[open + 1].remarks.isEmpty
  }

  private static func count(_ before: [Int], _ inside: [Int]) -> [(start: Int, end: Int)] {
    var count = 0
    return zip(before, inside).map { before, inside in
      count += before + inside
      return (count - inside, count)
    }
  }

  private static func lineEnds(in piece: Piece, _ bytes: [UInt8]) -> Int {
    guard case .quote = piece.kind else { return 0 }
    return bytes[piece.lower..<piece.upper].reduce(0) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
  }

  /// Whether a piece begins a line, but for what is too wide.
  private func startsLine(_ index: Int) -> Bool {
    let piece = pieces[index]
    if piece.closes { return breaks(behind: partner[index]) || hasRemarks(before: index) }
    let opening = openings[index]
    if opening < 0 ? index == 0 : opening == index - 1 {
      return opening < 0 || breaks(behind: opening)
    }
    if gaps[index].endsStatement { return true }
    if piece.kind == .pipe { return breaksPipes[runs[index]] }
    guard pieces[index - 1].kind != .pipe, !touchesComma(piece) else { return false }
    return gaps[index].hasLine || hasRemarks(before: index)
  }

  /// Whether comments stand before a piece, also ones that stood before the comma before it.
  private func hasRemarks(before index: Int) -> Bool {
    var index = index
    while gaps[index].remarks.isEmpty {
      guard index > 0, touchesComma(pieces[index - 1]) else { return false }
      index -= 1
    }
    return true
  }

  private mutating func measure(_ bytes: [UInt8]) {
    var column = 0
    for (index, piece) in pieces.enumerated() {
      column += blanks(before: index)
      let start = column
      for byte in bytes[piece.lower..<piece.upper] where byte & 0xC0 != 0x80 { column += 1 }
      columns.append((start, column))
    }
  }
}

// MARK: - Runs

extension Layout {
  /// Something open while the pieces are read; the whole script is a block that nothing opens.
  private struct Opened {
    let piece: Int
    let kind: Bracket.Kind
    var run: Int
    var statements = 0
    var hasLine = false
    var holdsBrokenBlock = false

    /// Notes that a line ends before a piece that stands right in it.
    mutating func note(_ piece: Int) {
      hasLine = hasLine || kind.holdsItems || piece == self.piece + 1
    }
  }

  private mutating func findRuns() {
    var open = [Opened(piece: -1, kind: .block, run: 0)]
    for (index, piece) in pieces.enumerated() {
      if gaps[index].hasLine { open[open.count - 1].note(index) }
      if piece.closes, open.count > 1 { close(open.removeLast(), index, &open[open.count - 1]) }
      let last = open.count - 1
      if open[last].kind == .block {
        if !piece.closes, gaps[index].endsStatement || open[last].piece == index - 1 {
          open[last].run = index
          open[last].statements += 1
        }
        lastOfStatement[open[last].run] = index
      }
      runs.append(open[last].run)
      openings.append(open[last].piece)
      if piece.kind == .pipe, gaps[index].hasLine || gaps[index + 1].hasLine {
        breaksPipes[open[last].run] = true
      }
      if let kind = piece.bracket { open.append(Opened(piece: index, kind: kind, run: index)) }
    }
  }

  private mutating func close(_ opened: Opened, _ index: Int, _ outer: inout Opened) {
    partner[index] = opened.piece
    partner[opened.piece] = index
    breaksInside[opened.piece] = opened.hasLine
    let hasLines = lines[opened.piece].end < lines[index].start
    let isBroken =
      opened.kind == .block && !isEmpty(opened.piece)
      && (hasLines || opened.statements > 1 || opened.holdsBrokenBlock)
    if isBroken { breaksBlocks[outer.run] = true }
    outer.holdsBrokenBlock = outer.holdsBrokenBlock || isBroken || opened.holdsBrokenBlock
  }
}

extension Bracket.Kind {
  /// Whether it holds items with commas between them, the last of which may trail.
  var holdsItems: Bool { self == .list || self == .record || self == .formals }
}
