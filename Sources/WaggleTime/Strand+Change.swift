extension Strand {
  /// Parks for the answer to a change, which a first Ctrl-C does not end: only a deadline and a
  /// forced cancel (a second Ctrl-C) do.
  ///
  /// A gateway that gave a change up could not say what became of it, so it waits as long as it may.
  ///
  /// - Parameter park: Parks on this strand; called again, under a shield, where it was cancelled.
  /// - Returns: Why the last park ended; of two reasons to stop the first one.
  package func insist(_ park: () -> Wake) -> Wake {
    // Made before the park, so that a second Ctrl-C right behind the first one ends it too.
    let shield = token.shield(deadline: token.deadline)
    let wake = park()
    guard case .cancelled(let reason) = wake else { return wake }
    if case .deadline = reason { return wake }
    let end = under(shield, park)
    if case .cancelled = end { return wake }
    return end
  }
}
