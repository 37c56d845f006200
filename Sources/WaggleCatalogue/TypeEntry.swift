package import WaggleValues

/// What is known of a type of record beyond its fields: how to read one again, how it lives, which
/// columns a table shows.
///
/// `wait` and tables are made from it, so that no other room names a field of the API.
package struct TypeEntry: Sendable {
  /// The type.
  package let type: RecordType
  /// The fields that hold the ids of `refresh`, in the path's order, its own id last.
  ///
  /// Empty for a type that has no id; its own id alone for one that cannot be read again.
  package let idFields: [String]
  /// The id of the operation that reads one by its id: `getInstance`.
  package let refresh: String?
  /// The id of the operation that lists them, where pages may be cheaper than single reads.
  package let list: String?
  /// How those that have not moved are listed; nil where they are not.
  package let roll: Roll?
  /// How it lives; nil for a type that nobody waits for.
  package let lifecycle: Lifecycle?
  /// The fields that a table shows when nothing else is asked for.
  package let columns: [String]

  /// Which fields tell how a subject lives, and which of their values mean an end.
  package struct Lifecycle: Sendable {
    /// The field that tells the state.
    package let status: String
    /// The field that tells where it is heading; nil where there is none.
    package let desired: String?
    /// The field that tells since when it is in its state; nil without one.
    package let entered: String?
    /// The field in which a failure is reported; nil without one.
    package let error: String?
    /// The fields in which a record says why it ended or stopped, the most telling first;
    /// `error.message` is a field of a record inside of it.
    package let words: [String]
    /// The states in the order in which one lives through them.
    package let states: [String]
    /// The states that nobody rests in, with the seconds that one takes at most as a rule.
    package let passing: [(state: String, usual: Int?)]
    /// The states that nothing leaves.
    package let final: [String]
    /// The final states that nobody hopes for; empty where an end is neither good nor bad.
    package let failed: [String]
    /// The field that says by itself whether it is over; nil where the state alone does.
    package let isOver: String?
    /// The fields that `ready` looks at, with their values.
    package let ready: [(field: String, value: String)]

    /// Makes a lifecycle; what is left out is not there.
    init(
      status: String, desired: String? = nil, entered: String? = nil, error: String? = nil,
      words: [String] = [], isOver: String? = nil, states: [String],
      passing: [(state: String, usual: Int?)] = [], final: [String], failed: [String] = [],
      ready: [(field: String, value: String)] = []
    ) {
      self.status = status
      self.desired = desired
      self.entered = entered
      self.error = error
      self.isOver = isOver
      self.words = words
      self.states = states
      self.passing = passing
      self.final = final
      self.failed = failed
      self.ready = ready
    }
  }

  /// A list that can be asked for those that are in a state, or that have not ended.
  package struct Roll: Sendable {
    /// The id of the operation that lists them.
    package let operation: String
    /// The query parameter that says which.
    package let parameter: String
    /// What it says for those that have not ended; nil where it is the state itself, and the list
    /// gives whole records.
    package let unended: String?
    /// The field of a row, and its values, that say the same of it; nil for whole records.
    package let row: (field: String, values: [String])?
  }

  /// Makes an entry; see `Catalogue+Types` for all of them.
  init(
    _ type: RecordType, idFields: [String] = [], refresh: String? = nil, list: String? = nil,
    roll: Roll? = nil, lifecycle: Lifecycle? = nil, columns: [String]
  ) {
    self.type = type
    self.idFields = idFields
    self.refresh = refresh
    self.list = list
    self.roll = roll
    self.lifecycle = lifecycle
    self.columns = columns
  }

  /// The field that holds its own id, the last of the path's; nil for a type that has none.
  package var idField: String? { idFields.last }
}
