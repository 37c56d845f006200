import WaggleValues

/// A record as a line for each of its fields, folded under itself to the width of a terminal.
struct Card {
  private let rows: [(key: String, value: String)]

  /// Takes a record; `say` makes the text of a value.
  init(_ record: Record, say: (Value) -> String) {
    rows = zip(record.keys, record.indices).map { key, position in
      (SafeText(key).text, SafeText(say(record.value(at: position))).text)
    }
  }

  /// How many lines a value may take on a terminal; the last then ends with `…`.
  private static let mostLines = 4
  /// The fewest columns that values have beside their keys; with less they stand below.
  private static let leastRoom = 20

  /// The lines, each ended; as long as they are where no width is given.
  func text(_ style: Style, width: Int?) -> String {
    let widest = rows.map { DisplayWidth.of($0.key) }.max() ?? 0
    guard let width else {
      return rows.map { row in
        line(row.key, [row.value], style, column: widest + 2)
      }.joined()
    }
    let isBelow = width - widest - 2 < Self.leastRoom
    let column = isBelow ? 2 : widest + 2
    let room = max(width - column, 8)
    return rows.map { row in
      let lines = Self.fold(row.value, to: room)
      guard isBelow, !row.value.isEmpty else { return line(row.key, lines, style, column: column) }
      let key = style(.heading, DisplayWidth.cut(row.key, to: width)) + "\n"
      return key + lines.map { "  " + $0 + "\n" }.joined()
    }.joined()
  }

  private func line(_ key: String, _ lines: [String], _ style: Style, column: Int) -> String {
    guard let first = lines.first, !first.isEmpty else { return style(.heading, key) + "\n" }
    let gap = String(repeating: " ", count: max(column - DisplayWidth.of(key), 1))
    let indent = String(repeating: " ", count: column)
    return style(.heading, key) + gap + first + "\n"
      + lines.dropFirst().map { indent + $0 + "\n" }.joined()
  }

  /// A text in lines of a width, broken at spaces where there are some.
  private static func fold(_ text: String, to width: Int) -> [String] {
    guard DisplayWidth.of(text) > width else { return [text] }
    var lines: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      guard lines.count < mostLines - 1 || DisplayWidth.of(rest) <= width else {
        return lines + [DisplayWidth.cut(String(rest.prefix(width + 1)), to: width)]
      }
      let line = prefix(of: rest, width)
      lines.append(String(line))
      rest = rest[line.endIndex...].drop { $0 == " " }
    }
    return lines
  }

  /// The start of a text that fits, ending at a space if that does not waste most of the line.
  private static func prefix(of text: Substring, _ width: Int) -> Substring {
    var end = text.startIndex
    var used = 0
    var space: (index: String.Index, used: Int)?
    while end < text.endIndex {
      let next = DisplayWidth.of(text[end])
      if used + next > width { break }
      if text[end] == " " { space = (end, used) }
      used += next
      end = text.index(after: end)
    }
    if end == text.endIndex || end == text.startIndex {
      return text[..<(end == text.startIndex ? text.index(after: end) : end)]
    }
    if text[end] == " " { return text[..<end] }
    guard let space, space.used > width / 2 else { return text[..<end] }
    return text[..<space.index]
  }
}
