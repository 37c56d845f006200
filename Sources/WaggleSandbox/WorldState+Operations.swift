import WaggleCatalogue
import WaggleValues

/// Which work belongs to which operation.
extension WorldState {
  /// Does what a request asks, at a moment in milliseconds since 1970.
  ///
  /// The request has been judged: ids, query, header fields and body are as the catalogue has them.
  /// Each group of operations is a file `WorldState+Group.swift` with one function like these, which
  /// gives nil for what is not its own, the functions behind it, and a sub-state of `WorldState`
  /// where the group keeps something.
  mutating func act(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    if let outcome = try fleetWork(target, at: now) { return outcome }
    if let outcome = try agentWork(target, at: now) { return outcome }
    if let outcome = offerWork(target) { return outcome }
    if let outcome = try fileWork(target, at: now) { return outcome }
    if let outcome = try deviceWork(target, at: now) { return outcome }
    if let outcome = try runtimeWork(target, at: now) { return outcome }
    if let outcome = try taskWork(target, at: now) { return outcome }
    if let outcome = try invokeWork(target, at: now) { return outcome }
    if let outcome = try conversationWork(target, at: now) { return outcome }
    if let outcome = try eventWork(target, at: now) { return outcome }
    if let outcome = try webhookWork(target, at: now) { return outcome }
    throw .notDone(target.operation.id)
  }

  /// Does it once: a call with a key that came before gets the answer of that time.
  mutating func actOnce(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    guard let key = target.key, !key.isEmpty else { return try act(target, at: now) }
    let place = "\(target.caller.rawValue) \(target.operation.id) \(target.ids) \(key)"
    let payload = Draws.hash(Value.record(target.body).revealedJSON)
    if let outcome = try keys.recall(place, payload, at: now) { return outcome }
    let outcome = try act(target, at: now)
    keys.remember(place, payload, outcome, at: now)
    return outcome
  }
}
