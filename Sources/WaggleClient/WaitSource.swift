import WaggleCatalogue
import WaggleWait

/// How subjects of a type are looked at: by which operations, and what their fields mean.
struct WaitSource: Sendable {
  /// Reads one by its id.
  let get: Operation
  /// Reads pages of all; nil where there is no such list.
  let list: Operation?
  /// The field of a record that holds its id.
  let idField: String
  /// What the fields say of its life.
  let lifecycle: Lifecycle

  /// Takes what the catalogue knows of a type; nil where it says that nobody can wait for one.
  init?(type: String, in catalogue: Catalogue) {
    guard let entry = catalogue.entry(named: type), let life = entry.lifecycle,
      let idField = entry.idField, let get = entry.refresh.flatMap(catalogue.operation(id:))
    else { return nil }
    self.get = get
    self.list = entry.list.flatMap(catalogue.operation(id:))
    self.idField = idField
    self.lifecycle = Lifecycle(
      status: life.status, desired: life.desired, entered: life.entered, error: life.error,
      states: life.states, final: life.final, ready: life.ready)
  }
}

extension Lifecycle {
  /// That of a question without a subject.
  static var none: Lifecycle { Lifecycle(status: "", states: [], final: [], ready: []) }
}
