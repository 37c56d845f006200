import WaggleText

/// The lines of a source that a message is about, with their spots underlined.
///
///       --> fleet-up.waggle:11:25
///        |
///     11 |         wait $bee until stauts == running timeout 5m
///        |                         ^^^^^^ did you mean `status`?
struct Excerpt {
  /// A stretch that is underlined.
  private struct Mark {
    let span: Span
    let text: String
    let label: Style.Label
    let sign: String
  }

  private let sources: SourceMap
  private let style: Style
  private let width: Int
  private let main: Span
  private var marks: [Mark] = []
  private var notes: [(label: String, text: String)] = []
  private let table: LineTable
  private let gutter: String

  /// Begins an excerpt about a spot, underlined in the colour of a label; `table` has the lines of
  /// its source.
  init(
    _ span: Span, hint: String, label: Style.Label, asides: [Diagnostic.Label] = [],
    in sources: SourceMap, _ table: LineTable, style: Style, width: Int
  ) {
    self.sources = sources
    self.style = style
    self.width = width
    main = span
    self.table = table
    marks = [Mark(span: span, text: hint, label: label, sign: "^")]
    for aside in asides where aside.span.source == span.source {
      marks.append(Mark(span: aside.span, text: aside.text, label: .aside, sign: "-"))
    }
    let last = marks.map { table.line(at: Int($0.span.lower)) }.max() ?? 1
    gutter = String(repeating: " ", count: String(last).utf8.count)
  }

  /// Adds a line below the excerpt: `= help: …`.
  mutating func add(_ label: String, _ text: String) { notes.append((label, text)) }

  /// The lines of the excerpt.
  var lines: [String] {
    let position = table.position(of: Int(main.lower))
    let place = "\(sources[main.source].name):\(position.line):\(position.column)"
    var lines = [gutter + style(.gutter, "--> ") + place]
    let bar = gutter + style(.gutter, " |")
    lines.append(bar)
    let numbers = Set(marks.map { table.line(at: Int($0.span.lower)) }).sorted()
    var previous: Int?
    for number in numbers {
      if let previous, number > previous + 1 { lines.append(style(.gutter, "...")) }
      lines += shown(line: number, bar)
      previous = number
    }
    for note in notes {
      lines.append(gutter + style(.gutter, " = ") + style(.advice, note.label + ": ") + note.text)
    }
    return lines
  }

  /// A line of the source and a row below it for each of its marks.
  private func shown(line number: Int, _ bar: String) -> [String] {
    let bounds = table.bounds(ofLine: number) ?? 0..<0
    let here = marks.filter { table.line(at: Int($0.span.lower)) == number }
    let ordered = here.sorted { $0.span.lower < $1.span.lower }
    let around = here.first.map { Int($0.span.lower) } ?? bounds.lowerBound
    let line = ExcerptLine(
      sources[main.source], line: bounds, around: around, width: width - gutter.utf8.count - 3)
    let padded = DisplayWidth.pad(String(number), to: gutter.utf8.count, atStart: true)
    var rows = [style(.gutter, padded + " |") + (line.text.isEmpty ? "" : " " + line.text)]
    for mark in ordered {
      let lower = Int(mark.span.lower)
      let (start, count) = line.columns(from: lower, to: max(lower, Int(mark.span.upper)))
      let underline = String(repeating: mark.sign, count: count)
      let text = mark.text.isEmpty ? underline : underline + " " + mark.text
      rows.append(bar + String(repeating: " ", count: start + 1) + style(mark.label, text))
    }
    return rows
  }
}
