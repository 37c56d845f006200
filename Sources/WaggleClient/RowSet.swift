import WaggleValues

/// The records of a list as they come in, each once.
struct RowSet {
  /// The records in the order in which they first came.
  private(set) var values: [Value] = []
  /// Whether every record had an id, by which it is known again.
  private(set) var isKnown = true
  private let field: String
  private var seen: Set<String> = []

  /// Knows records again by a field.
  init(by field: String) { self.field = field }

  /// Whether one of the records came before.
  func hasSeen(anyOf rows: some Sequence<Value>) -> Bool {
    rows.contains { id(of: $0).map(seen.contains) ?? false }
  }

  /// Takes in what is new, and says how many that were.
  mutating func add(_ rows: some Sequence<Value>) -> Int {
    let before = values.count
    for row in rows {
      guard let id = id(of: row) else {
        isKnown = false
        values.append(row)
        continue
      }
      if seen.insert(id).inserted { values.append(row) }
    }
    return values.count - before
  }

  private func id(of row: Value) -> String? {
    guard case .record(let record) = row else { return nil }
    return switch record[field] {
    case .text(let id)?: id
    case .int(let number)?: String(number)
    default: nil
    }
  }
}
