/// A page of help while it is written: headings, paragraphs and rows of two columns, folded to a
/// width.
struct HelpPage {
  private let style: Style
  private let width: Int
  private(set) var text = ""
  private var rows: [(left: String, right: String)] = []

  /// Begins a page for so many columns, 20 at least and a comfortable 100 at most.
  init(style: Style, width: Int) {
    self.style = style
    self.width = min(max(width, 20), 100)
  }

  /// Whether nothing was written.
  var isEmpty: Bool { text.isEmpty && rows.isEmpty }

  /// Begins a part of the page.
  mutating func heading(_ heading: String) {
    flush()
    if !text.isEmpty { text += "\n" }
    let lines = Self.folded(heading, to: width - 4)
    text += lines.map { style(.heading, $0) }.joined(separator: "\n    ") + "\n"
  }

  /// Adds sentences.
  mutating func paragraph(_ words: String) {
    flush()
    for line in Self.folded(words, to: width) { text += line + "\n" }
  }

  /// Adds lines that are to be typed, as they are.
  mutating func example(_ lines: String) {
    flush()
    for line in lines.split(separator: "\n") { text += "  " + style(.good, String(line)) + "\n" }
  }

  /// Adds a row; rows in a row have their right sides under each other.
  mutating func row(_ left: String, _ right: String) { rows.append((left, right)) }

  /// Ends rows that are open; the page is then complete.
  mutating func flush() {
    let widest = rows.map { DisplayWidth.of($0.left) }.filter { $0 <= width / 3 }.max() ?? 0
    let column = widest + 4
    for (left, right) in rows {
      let lines = Self.folded(right, to: max(width - column, 16))
      let indent = String(repeating: " ", count: width - column < 16 ? 4 : column)
      if DisplayWidth.of(left) <= widest, width - column >= 16 {
        let head = "  " + style(.message, left)
        let gap = String(repeating: " ", count: widest - DisplayWidth.of(left) + 2)
        text += head + (lines.isEmpty ? "" : gap) + lines.joined(separator: "\n" + indent) + "\n"
      } else {
        text += "  " + style(.message, left) + "\n"
        for line in lines { text += indent + line + "\n" }
      }
    }
    rows = []
  }

  /// A text as lines of at most so many columns, broken at spaces.
  static func folded(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
