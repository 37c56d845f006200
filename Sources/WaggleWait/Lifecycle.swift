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
  /// The fields in which a record says why it ended or stopped, the most telling first; a field of a
  /// record inside of it has a dot: `error.message`.
  package let words: [String]
  /// The states in the order in which one lives through them; progress is told in it.
  package let states: [String]
  /// The states that nobody rests in, with the seconds that one takes at most as a rule.
  ///
  /// They lie behind who has left them and does not head for a state beyond them again.
  package let passing: [(state: String, usual: Int?)]
  /// The states that nothing leaves: `terminated`.
  package let final: [String]
  /// The final states that nobody hopes for; empty where an end is neither good nor bad.
  package let failed: [String]
  /// The field that says by itself whether it is over: `terminal`; nil where the state alone does.
  package let isOver: String?
  /// The fields that `ready` looks at, with their values.
  package let ready: [(field: String, value: String)]

  /// Makes a lifecycle.
  package init(
    status: String, desired: String? = nil, entered: String? = nil, error: String? = nil,
    words: [String] = [], states: [String], passing: [(state: String, usual: Int?)] = [],
    final: [String], failed: [String] = [], isOver: String? = nil,
    ready: [(field: String, value: String)]
  ) {
    self.status = status
    self.desired = desired
    self.entered = entered
    self.error = error
    self.words = words
    self.states = states
    self.passing = passing
    self.final = final
    self.failed = failed
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

  /// Where a record is, as a person is told of it: its state, and what `ready` misses in it where
  /// that is waited for, `running but not online`; nil where the record has no state.
  func standing(of record: Record, forReady: Bool) -> String? {
    guard let state = record.text(status) else { return nil }
    guard forReady, ready.contains(where: { $0.field == status && $0.value == state }),
      let missing = ready.first(where: { record.text($0.field) != $0.value })
    else { return state }
    return Self.standing(state, without: missing.value)
  }

  /// All that `standing` may say of known states, in the order in which one lives through them.
  var standings: [String] {
    states.flatMap { state in
      let isReady = ready.contains { $0.field == status && $0.value == state }
      let others = isReady ? ready.filter { $0.field != status } : []
      return others.map { Self.standing(state, without: $0.value) } + [state]
    }
  }

  private static func standing(_ state: String, without value: String) -> String {
    "\(state) but not \(value)"
  }

  /// The state that a record tells; nil where it tells none that is known.
  package func state(of record: Record) -> String? {
    record.text(status).flatMap { states.contains($0) ? $0 : nil }
  }

  /// What a record says of why it ended or stopped; nil where it says nothing.
  func reason(of record: Record) -> String? {
    words.lazy.compactMap { record.text(at: $0.split(separator: ".")) }.first
  }

  /// Whether a state is an end that was hoped for, where ends are good or bad.
  func isGoodEnd(_ state: String) -> Bool {
    !failed.isEmpty && final.contains(state) && !failed.contains(state)
  }

  /// Whether nobody rests in a state.
  func isPassing(_ state: String) -> Bool { passing.contains { $0.state == state } }
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

  /// The text that a path of fields leads to.
  fileprivate func text(at path: [Substring]) -> String? {
    guard let field = path.first.map(String.init) else { return nil }
    guard path.count > 1 else { return text(field) }
    guard case .record(let inner)? = self[field] else { return nil }
    return inner.text(at: Array(path.dropFirst()))
  }
}
