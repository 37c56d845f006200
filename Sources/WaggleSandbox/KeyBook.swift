/// What was answered to calls with a key, so that a second sending gets the same answer.
///
/// A key counts for one caller, one operation and one path, for 24 hours.
struct KeyBook {
  private struct Entry {
    let payload: UInt64
    let outcome: Outcome
    let forgottenAt: Int
  }

  private static let day = 86_400_000

  private var entries: [String: Entry] = [:]
  /// The keys in the order in which they will be forgotten.
  private var order: ArraySlice<(at: Int, key: String)> = []

  /// The answer to an earlier sending of the same call; nil for a new one.
  func recall(_ key: String, _ payload: UInt64, at now: Int) throws(Refusal) -> Outcome? {
    guard let entry = entries[key], entry.forgottenAt > now else { return nil }
    guard entry.payload == payload else { throw .keyReused }
    var outcome = entry.outcome
    outcome.wait = outcome.wait?.again(from: now)
    return outcome
  }

  mutating func remember(_ key: String, _ payload: UInt64, _ outcome: Outcome, at now: Int) {
    while let first = order.first, first.at <= now {
      order.removeFirst()
      if let entry = entries[first.key], entry.forgottenAt <= now { entries[first.key] = nil }
    }
    let end = now + Self.day
    entries[key] = Entry(payload: payload, outcome: outcome, forgottenAt: end)
    order.append((end, key))
  }
}
