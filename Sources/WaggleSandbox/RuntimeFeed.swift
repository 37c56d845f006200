/// The log of an operation of a runtime, event by event, until it is over.
struct RuntimeFeed: Feed {
  let operation: String
  /// The sequence of the last event that was told.
  var sequence: Int

  mutating func next(in state: inout WorldState, at now: Int) -> FeedStep {
    guard let operation = state.runtime[operation] else { return .ended }
    if let frame = operation.frames(after: sequence, at: now).first {
      sequence += 1
      return .event(frame)
    }
    if operation.end(at: now) != nil { return .ended }
    return .wait(for: operation.nextEvent(after: now), at: now)
  }
}
