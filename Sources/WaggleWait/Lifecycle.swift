package import WaggleValues

/// How a type of subject lives: which fields tell, what is final, what is ready.
///
/// Data of the catalogue, so that this room names no field of the API itself.
package struct Lifecycle: Sendable {
  /// The field that tells the state: `status`.
  package let status: String
  /// The field that tells where it is heading: `desiredStatus`; nil where there is none.
  package let desired: String?
  /// The field that tells since when it is in its state: `statusEnteredAt`; nil without one.
  package let entered: String?
  /// The field in which a failure is reported: `errorMessage`; nil without one.
  package let error: String?
  /// The states in the order in which one lives through them; progress is told in it.
  package let states: [String]
  /// The states that nothing leaves: `terminated`.
  package let final: [String]
  /// The field that says by itself whether it is over: `terminal`; nil where the state alone does.
  package let isOver: String?
  /// The fields that `ready` looks at, with their values.
  package let ready: [(field: String, value: String)]

  /// Makes a lifecycle.
  package init(
    status: String, desired: String? = nil, entered: String? = nil, error: String? = nil,
    states: [String], final: [String], isOver: String? = nil,
    ready: [(field: String, value: String)]
  ) {
    self.status = status
    self.desired = desired
    self.entered = entered
    self.error = error
    self.states = states
    self.final = final
    self.isOver = isOver
    self.ready = ready
  }
}

extension Lifecycle {
  /// Whether nothing becomes of a record any more.
  package func isFinal(_ record: Record) -> Bool {
    if let isOver, case .bool(let isOver)? = record[isOver] { return isOver }
    return record.text(status).map(final.contains) ?? false
  }
}

extension Record {
  /// The text of a text or time field; nil for an absent or empty one.
  func text(_ field: String) -> String? {
    switch self[field] {
    case .text(let text) where !text.isEmpty: text
    case .time(let time): time.text
    default: nil
    }
  }
}
