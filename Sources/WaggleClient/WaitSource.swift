import WaggleCatalogue
import WaggleValues
import WaggleWait

/// How subjects of a type are looked at: by which operations, and what their fields mean.
struct WaitSource: Sendable {
  /// Reads one by its id.
  let get: Operation
  /// Reads numbered pages of all, from any of which a wait may stop; nil where there is no such list.
  let list: Operation?
  /// Lists those that have not moved, and how; nil where nothing does.
  let roll: (list: Operation, entry: TypeEntry.Roll)?
  /// The field of a record that holds its id.
  let idField: String
  /// The fields that hold the ids of `get`, the record's own id last.
  let idFields: [String]
  /// What the fields say of its life.
  let lifecycle: Lifecycle

  /// Takes what the catalogue knows of a type; nil where it says that nobody can wait for one.
  init?(type: String, in catalogue: Catalogue) {
    guard let entry = catalogue.entry(named: type), let life = entry.lifecycle,
      let idField = entry.idField, let get = entry.refresh.flatMap(catalogue.operation(id:))
    else { return nil }
    self.get = get
    self.list = entry.list.flatMap(catalogue.operation(id:)).flatMap { $0.isNumbered ? $0 : nil }
    roll = entry.roll.flatMap { roll in
      catalogue.operation(id: roll.operation).map { ($0, roll) }
    }
    self.idField = idField
    idFields = entry.idFields
    self.lifecycle = Lifecycle(
      status: life.status, desired: life.desired, entered: life.entered, error: life.error,
      words: life.words, states: life.states, passing: life.passing, final: life.final,
      failed: life.failed, isOver: life.isOver, ready: life.ready)
  }

  /// How a wait may go by rolls; nil where it has to see whole records and they show none.
  func rolls(for request: WaitRequest) -> Rolls? {
    guard let roll = roll?.entry else { return nil }
    let lifecycle = lifecycle
    guard let unended = roll.unended else {
      return Rolls(showsRecords: true) { lifecycle.state(of: $0) }
    }
    guard request.isForEnds else { return nil }
    return Rolls(showsRecords: false) { record in
      lifecycle.state(of: record).flatMap { lifecycle.final.contains($0) ? nil : unended }
    }
  }

  /// The path of the call that reads a subject: what its record says, or its id alone.
  func path(to subject: Subject) -> [String] {
    guard idFields.count > 1, let known = subject.known else { return [subject.id] }
    return idFields.map { field in
      if case .text(let id)? = known[field] { id } else { "" }
    }
  }
}

extension Operation {
  /// Whether it gives a list by numbered pages.
  fileprivate var isNumbered: Bool {
    if case .list(_, .page) = success.shape { true } else { false }
  }
}
