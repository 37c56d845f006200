/// Reads Markdown line by line for its headings and fences.
struct MarkdownScan {
  private let bytes: [UInt8]
  private(set) var fences: [Runbook.Fence] = []
  /// The fence that is open, of `waggle` or not.
  private var open: Open?
  private var title: (text: String, place: Range<Int>)?
  /// The columns at which the text of the lists begins that are open, from the outermost on.
  private var lists: [Int] = []
  /// The line above, where it may be one of a paragraph.
  private var paragraph: Range<Int>?
  private var isComment = false

  /// A fence that is open.
  private struct Open {
    let sign: UInt8
    let count: Int
    /// How many `>` stand before it, and by how much its lines are indented at most.
    let quotes: Int
    let column: Int
    let isOurs: Bool
  }

  /// A line, as far as what it stands in was taken off.
  private struct Line {
    /// The offset of the first byte that is left, and behind the last one before the line end.
    var lower: Int
    let upper: Int
    /// The column of `lower`.
    var column = 0
    var quotes = 0
  }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads all lines.
  mutating func run() {
    var start = skipHead()
    while start < bytes.count {
      var upper = start
      while upper < bytes.count, bytes[upper] != 0x0A, bytes[upper] != 0x0D { upper += 1 }
      var end = min(upper + 1, bytes.count)
      if end < bytes.count, bytes[upper] == 0x0D, bytes[end] == 0x0A { end += 1 }
      let line = Line(lower: start, upper: upper)
      if let open { goOn(open, line, end) } else { read(line) }
      start = end
    }
  }

  /// The offset behind the head of a page: what stands between `---` and `---` at its start.
  private func skipHead() -> Int {
    guard bytes.starts(with: "---".utf8) else { return 0 }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let isRule = { (line: ArraySlice<UInt8>) in line.prefix { $0 != 0x0D }.elementsEqual("---".utf8)
    }
    guard let first = lines.first, isRule(first),
      let last = lines.dropFirst().first(where: isRule)
    else { return 0 }
    return min(last.endIndex + 1, bytes.count)
  }

  // MARK: In a fence

  private mutating func goOn(_ open: Open, _ whole: Line, _ end: Int) {
    var line = whole
    while line.quotes < open.quotes, takeQuote(&line) {}
    guard line.quotes == open.quotes else {
      self.open = nil
      return read(whole)
    }
    if closes(open, line) {
      if open.isOurs { fences[fences.count - 1].isClosed = true }
      self.open = nil
      return
    }
    while line.column < open.column, line.lower < line.upper, isBlank(line.lower) {
      step(&line)
    }
    if open.isOurs { fences[fences.count - 1].lines.append(line.lower..<end) }
  }

  private func closes(_ open: Open, _ whole: Line) -> Bool {
    var line = whole
    while line.lower < line.upper, isBlank(line.lower) { step(&line) }
    guard line.column < open.column + 4 else { return false }
    var end = line.lower
    while end < line.upper, bytes[end] == open.sign { end += 1 }
    return end - line.lower >= open.count && bytes[end..<line.upper].allSatisfy { Self.isBlank($0) }
  }

  // MARK: Elsewhere

  private mutating func read(_ whole: Line) {
    var line = whole
    let above = paragraph
    paragraph = nil
    if isComment {
      isComment = !ends("-->", in: line.lower..<line.upper)
      return
    }
    let base = enter(&line)
    guard line.lower < line.upper else { return }
    guard line.column < base + 4 else { return }
    let text = line.lower..<line.upper
    if begins("<!--", at: line.lower) {
      isComment = !ends("-->", in: text)
    } else if let heading = heading(text) {
      title = heading
    } else if let above, isUnderline(text) {
      title = (plain(above), above)
    } else if !openFence(line) {
      paragraph = text
    }
  }

  /// Takes off the quotes and lists that a line stands in; gives the column at which its text may
  /// begin.
  private mutating func enter(_ line: inout Line) -> Int {
    var base = 0
    var depth = 0
    while true {
      let before = line
      skipBlanks(&line)
      guard line.lower < line.upper else { return base }
      if depth < lists.count, line.column >= lists[depth] {
        base = lists[depth]
        depth += 1
        continue
      }
      line = before
      if line.column < base + 4, takeQuote(&line) {
        base = line.column
        continue
      }
      skipBlanks(&line)
      guard line.column < base + 4, let width = marker(line) else { break }
      lists.removeSubrange(depth...)
      for _ in 0..<width { step(&line) }
      let column = line.column
      skipBlanks(&line)
      base = line.column > column + 4 || line.lower == line.upper ? column + 1 : line.column
      lists.append(base)
      depth += 1
    }
    lists.removeSubrange(depth...)
    return base
  }

  /// Takes a `>` and the blank behind it.
  private func takeQuote(_ line: inout Line) -> Bool {
    var next = line
    skipBlanks(&next)
    guard next.lower < next.upper, bytes[next.lower] == UInt8(ascii: ">") else { return false }
    step(&next)
    if next.lower < next.upper, bytes[next.lower] == 0x20 { step(&next) }
    next.quotes += 1
    line = next
    return true
  }

  /// The length of `-`, `*`, `+`, `1.` or `1)` with a blank behind it; nil where none stands here.
  private func marker(_ line: Line) -> Int? {
    var end = line.lower
    while end < line.upper, end - line.lower < 9, Spelling.isDigit(bytes[end]) { end += 1 }
    guard end < line.upper else { return nil }
    let signs = end == line.lower ? "-*+" : ".)"
    guard signs.utf8.contains(bytes[end]) else { return nil }
    return end + 1 == line.upper || isBlank(end + 1) ? end + 1 - line.lower : nil
  }

  private mutating func openFence(_ line: Line) -> Bool {
    let sign = bytes[line.lower]
    guard sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return false }
    var end = line.lower
    while end < line.upper, bytes[end] == sign { end += 1 }
    let info = bytes[end..<line.upper]
    guard end - line.lower >= 3, sign != UInt8(ascii: "`") || !info.contains(sign) else {
      return false
    }
    let word = info.drop(while: Self.isBlank).prefix { !Self.isBlank($0) }
    let isOurs = word.elementsEqual("waggle".utf8)
    if isOurs {
      fences.append(
        Runbook.Fence(opening: line.lower..<word.endIndex, title: title, prefix: prefix(of: line)))
    }
    open = Open(
      sign: sign, count: end - line.lower, quotes: line.quotes, column: line.column, isOurs: isOurs)
    return true
  }

  /// What stands before the lines of a fence: quotes as they are, blanks for the mark of a list.
  private func prefix(of line: Line) -> String {
    var start = line.lower
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    let before = bytes[start..<line.lower].map {
      $0 == UInt8(ascii: ">") || $0 == 0x09 ? $0 : 0x20
    }
    return String(decoding: before, as: UTF8.self)
  }

  // MARK: Headings

  private func heading(_ text: Range<Int>) -> (String, Range<Int>)? {
    let level = bytes[text].prefix { $0 == UInt8(ascii: "#") }.count
    let start = text.lowerBound + level
    guard (1...6).contains(level), start == text.upperBound || isBlank(start) else { return nil }
    var end = text.upperBound
    while end > start, isBlank(end - 1) { end -= 1 }
    var closing = end
    while closing > start, bytes[closing - 1] == UInt8(ascii: "#") { closing -= 1 }
    if closing == start || isBlank(closing - 1) { end = closing }
    return (plain(start..<end), text)
  }

  /// Whether a line makes a heading of the one above.
  private func isUnderline(_ text: Range<Int>) -> Bool {
    let signs = bytes[text].prefix { $0 == bytes[text.lowerBound] }
    return "=-".utf8.contains(bytes[text.lowerBound])
      && bytes[signs.endIndex..<text.upperBound].allSatisfy { Self.isBlank($0) }
  }

  /// The words of a heading, without the signs of emphasis and code around them.
  private func plain(_ text: Range<Int>) -> String {
    let words = bytes[text].filter { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "*") }
    let start = words.drop(while: Self.isBlank)
    let end = start.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? start.startIndex
    return String(decoding: start[..<end], as: UTF8.self)
  }

  // MARK: Bytes

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  private func isBlank(_ offset: Int) -> Bool { Self.isBlank(bytes[offset]) }

  /// Goes behind a byte; a tab reaches to the next column that four divides.
  private func step(_ line: inout Line) {
    line.column = bytes[line.lower] == 0x09 ? (line.column / 4 + 1) * 4 : line.column + 1
    line.lower += 1
  }

  private func skipBlanks(_ line: inout Line) {
    while line.lower < line.upper, isBlank(line.lower) { step(&line) }
  }

  private func begins(_ sign: StaticString, at offset: Int) -> Bool {
    sign.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  private func ends(_ sign: StaticString, in range: Range<Int>) -> Bool {
    var offset = range.lowerBound
    while offset + sign.utf8CodeUnitCount <= range.upperBound {
      if begins(sign, at: offset) { return true }
      offset += 1
    }
    return false
  }
}
