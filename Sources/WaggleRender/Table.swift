import WaggleValues

/// A list of records as rows and columns.
///
/// The columns are the usual ones of the records' type, or of plain records every key that one of
/// them has, in the order in which they come. Numbers and durations stand at the right of theirs.
struct Table {
  private let columns: [String]
  private let rows: [[String]]
  private let isNumeric: [Bool]

  /// Makes a table of records; nil where an element is no record, or there are none.
  init?(_ list: List, columns usual: (RecordType) -> [String]) {
    var records: [Record] = []
    for element in list.elements {
      guard case .record(let record) = element else { return nil }
      records.append(record)
    }
    guard let first = records.first else { return nil }
    if let type = first.type, records.allSatisfy({ $0.type === type }) {
      columns = usual(type)
    } else {
      columns = Self.keys(of: records)
    }
    let columns = columns
    let values = records.map { record in columns.map { record[$0] ?? .null } }
    rows = values.map { $0.map { SafeText($0.plainText).text } }
    isNumeric = columns.indices.map { column in
      let cells = values.map { $0[column] }.filter { !$0.isNull }
      return !cells.isEmpty && cells.allSatisfy { [.int, .float, .duration].contains($0.kind) }
    }
  }

  private static func keys(of records: [Record]) -> [String] {
    var keys: [String] = []
    var seen: Set<String> = []
    for record in records {
      for key in record.keys where seen.insert(key).inserted { keys.append(key) }
    }
    return keys
  }

  /// The rows under their heads, each line ended; cut to a width where one is given.
  func text(_ style: Style, width: Int?) -> String {
    let heads = columns.map { SafeText($0).text }
    var widths = heads.indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.reduce(DisplayWidth.of(heads[column]), max)
    }
    if let width { shrink(&widths, to: width) }
    var text = line(heads, widths) { style(.heading, $0) }
    for row in rows { text += line(row, widths) { $0 } }
    return text
  }

  /// Takes columns from the widest until the lines fit, but leaves each of them eight.
  ///
  /// The first one is what the others are about, an id to be typed again: it is cut last.
  private func shrink(_ widths: inout [Int], to width: Int) {
    var excess = widths.reduce(0) { $0 + $1 + 2 } - 2 - width
    while excess > 0,
      let widest = Self.widest(of: widths, in: widths.indices.dropFirst())
        ?? Self.widest(of: widths, in: widths.indices)
    {
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func widest(of widths: [Int], in columns: Range<Int>) -> Int? {
    columns.filter { widths[$0] > 8 }.max { widths[$0] < widths[$1] }
  }

  private func line(_ cells: [String], _ widths: [Int], paint: (String) -> String) -> String {
    var line = ""
    var gap = 0
    for column in cells.indices {
      let cell = DisplayWidth.cut(cells[column], to: widths[column])
      let room = widths[column] - DisplayWidth.of(cell)
      let before = isNumeric[column] ? room : 0
      if cell.isEmpty {
        gap += room + 2
      } else {
        line += String(repeating: " ", count: gap + before) + paint(cell)
        gap = room - before + 2
      }
    }
    return line + "\n"
  }
}
