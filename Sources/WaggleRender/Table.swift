import WaggleValues

/// A list of records as rows and columns.
///
/// The columns are the usual ones of the records' type, or of plain records every key that one of
/// them has, in the order in which they come. Numbers and durations stand at the right of theirs.
struct Table {
  private let columns: [String]
  private let rows: [[String]]
  private let isNumeric: [Bool]
  /// Whether the first column is the id of records of the API, which is typed again.
  private let beginsWithID: Bool

  /// Makes a table of records; nil where an element is no record, or there are none.
  ///
  /// `say` makes the text of a cell.
  init?(_ list: List, columns usual: (RecordType) -> [String], say: (Value) -> String) {
    var records: [Record] = []
    for element in list.elements {
      guard case .record(let record) = element else { return nil }
      records.append(record)
    }
    guard let first = records.first else { return nil }
    if let type = first.type, records.allSatisfy({ $0.type === type }) {
      columns = usual(type)
      beginsWithID = true
    } else {
      columns = Self.keys(of: records)
      beginsWithID = false
    }
    let columns = columns
    let isTyped = beginsWithID
    let values = records.map { record in
      columns.map { (isTyped ? Self.field($0, of: record) : record[$0]) ?? .null }
    }
    rows = values.map { $0.map { SafeText(say($0)).text } }
    isNumeric = columns.indices.map { column in
      let cells = values.map { $0[column] }.filter { !$0.isNull }
      return !cells.isEmpty && cells.allSatisfy { [.int, .float, .duration].contains($0.kind) }
    }
  }

  /// The field that a column of a type names, or that of a record in it: `meta.id`.
  private static func field(_ column: String, of record: Record) -> Value? {
    var value: Value? = .record(record)
    for step in column.split(separator: ".") {
      guard case .record(let record)? = value else { return nil }
      value = record[String(step)]
    }
    return value
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
    var end = ""
    if let width { end = fit(&widths, to: width) }
    var text = line(heads, widths, end) { style(.heading, $0) }
    for row in rows { text += line(row, widths, end) { $0 } }
    return text
  }

  /// Makes the lines fit: takes from the widest columns, but leaves each of them eight and an id
  /// whole; leaves out the last ones where that is not enough.
  ///
  /// The first one is what the others are about: it is cut last.
  ///
  /// - Returns: What stands at the end of each line, for columns that are left out.
  private func fit(_ widths: inout [Int], to width: Int) -> String {
    let least = widths.enumerated().map { column, width in
      column == 0 && beginsWithID ? width : min(width, 8)
    }
    func room(_ widths: some Sequence<Int>) -> Int { widths.reduce(-2) { $0 + $1 + 2 } }
    var count = widths.count
    while count > 1, room(least.prefix(count)) + (count < widths.count ? 2 : 0) > width {
      count -= 1
    }
    let end = count < widths.count ? " …" : ""
    widths = Array(widths.prefix(count))
    var excess = room(widths) + (end.isEmpty ? 0 : 2) - width
    while excess > 0,
      let widest = Self.widest(of: widths, above: least, in: widths.indices.dropFirst())
        ?? Self.widest(of: widths, above: least, in: widths.indices)
    {
      widths[widest] -= 1
      excess -= 1
    }
    if excess > 0, let first = widths.first { widths[0] = max(first - excess, 1) }
    return end
  }

  private static func widest(
    of widths: [Int], above least: [Int], in columns: Range<Int>
  ) -> Int? {
    columns.filter { widths[$0] > least[$0] }.max { widths[$0] < widths[$1] }
  }

  private func line(
    _ cells: [String], _ widths: [Int], _ end: String, paint: (String) -> String
  ) -> String {
    var line = ""
    var gap = 0
    for column in widths.indices {
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
    if !end.isEmpty { line += String(repeating: " ", count: max(0, gap - 2)) + end }
    return line + "\n"
  }
}
