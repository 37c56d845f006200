import WaggleCatalogue
import WaggleValues

/// The records that went by in a session, for completion: their ids and names, the newest first.
///
/// Only what calls answered is kept, and of that only what is typed again: an id, a name, a state.
struct SeenRecords {
  /// A record that was seen.
  struct Entry: Equatable {
    let type: String
    let id: String
    let name: String
    let state: String
  }

  /// The most that are kept; the oldest go first.
  static let most = 2_000

  private let catalogue: Catalogue
  private var entries: [String: (entry: Entry, number: Int)] = [:]
  private var count = 0

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Takes note of the records in the value of a call.
  mutating func note(_ value: Value) {
    switch value {
    case .record(let record): note(record)
    case .list(let list):
      for element in list.elements.prefix(Self.most).reversed() {
        if case .record(let record) = element { note(record) }
      }
    default: break
    }
  }

  /// The ids and names of types, the newest first; of every type without any.
  func entries(ofTypes types: [String] = []) -> [Entry] {
    entries.values.filter { types.isEmpty || types.contains($0.entry.type) }
      .sorted { $0.number > $1.number }
      .map(\.entry)
  }

  private mutating func note(_ record: Record) {
    guard let type = record.type, let known = catalogue.entry(of: type),
      let field = known.idField, let id = record[field]?.revealedText
    else { return }
    let state = known.lifecycle.flatMap { record[$0.status]?.revealedText } ?? ""
    let name = record["name"]?.revealedText ?? ""
    count += 1
    entries[type.name + "/" + id] = (
      Entry(type: type.name, id: id, name: name, state: state), count
    )
    if entries.count > 2 * Self.most { forgetOldest() }
  }

  private mutating func forgetOldest() {
    let oldest = entries.sorted { $0.value.number < $1.value.number }
    for (key, _) in oldest.prefix(entries.count - Self.most) { entries[key] = nil }
  }
}
