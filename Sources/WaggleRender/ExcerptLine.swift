import WaggleText
import WaggleValues

/// One line of a source as it is shown in an excerpt: tabs widened, control characters spelled out,
/// cut to a window around its first mark where it is long.
struct ExcerptLine {
  /// A character as it is shown.
  private struct Cell {
    let text: String
    let width: Int
    let offset: Int
  }

  private static let tabStop = 4
  /// How many bytes of a very long line are looked at on either side of the mark.
  private static let reach = 1_000

  private var cells: [Cell] = []
  private var isCutBefore: Bool
  private var isCutAfter: Bool

  /// Takes the part of a line that a window of so many columns around an offset shows.
  init(_ source: Source, line: Range<Int>, around mark: Int, width: Int) {
    let bytes = source.text.utf8
    let near = max(line.lowerBound, mark - Self.reach)..<min(line.upperBound, mark + Self.reach)
    let first = bytes.index(bytes.startIndex, offsetBy: near.lowerBound)
    let last = bytes.index(first, offsetBy: max(0, near.upperBound - near.lowerBound))
    isCutBefore = near.lowerBound > line.lowerBound
    isCutAfter = near.upperBound < line.upperBound
    var offset = near.lowerBound
    var column = 0
    for character in String(decoding: bytes[first..<last], as: UTF8.self) {
      let text = Self.shown(character, at: column)
      let cell = Cell(text: text, width: DisplayWidth.of(text), offset: offset)
      cells.append(cell)
      column += cell.width
      offset += character.utf8.count
    }
    if isCutBefore || isCutAfter || column > width { window(around: mark, width: max(width, 20)) }
  }

  private static func shown(_ character: Character, at column: Int) -> String {
    if character == "\t" { return String(repeating: " ", count: tabStop - column % tabStop) }
    return SafeText(String(character)).text
  }

  /// Keeps what fits, with a third of the window before the mark.
  private mutating func window(around mark: Int, width: Int) {
    let marked = cells.firstIndex { $0.offset >= mark } ?? cells.count
    var first = marked
    var before = 0
    while first > 0, before + cells[first - 1].width <= width / 3 {
      first -= 1
      before += cells[first].width
    }
    var last = first
    var used = 2
    while last < cells.count, used + cells[last].width <= width {
      used += cells[last].width
      last += 1
    }
    isCutBefore = isCutBefore || first > 0
    isCutAfter = isCutAfter || last < cells.count
    cells = Array(cells[first..<last])
  }

  /// The line.
  var text: String {
    let shown = cells.map(\.text).joined()
    return (isCutBefore ? "…" : "") + shown + (isCutAfter ? "…" : "")
  }

  /// Where the underline of a stretch begins and how long it is; at least one column.
  func columns(from lower: Int, to upper: Int) -> (start: Int, count: Int) {
    var start = isCutBefore ? 1 : 0
    var count = 0
    for cell in cells {
      if cell.offset < lower {
        start += cell.width
      } else if cell.offset < upper {
        count += cell.width
      }
    }
    return (start, max(count, 1))
  }
}
