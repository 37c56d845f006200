extension Strand {
  /// What the answer to a change is waited for under: only the nearest deadline and a forced cancel
  /// (a second Ctrl-C) end it.
  ///
  /// Make it before the look at ``cancellation`` that lets the change go out. A forced cancel that
  /// comes earlier is seen by the look, a later one by the shield; made behind the sending, a shield
  /// would take a force in between for one that is over, and wait on.
  package func changeShield() -> Token { token.shield(deadline: token.deadline) }

  /// Parks for the answer to a change, which a first Ctrl-C does not end.
  ///
  /// A gateway that gave a change up could not say what became of it, so it waits as long as it may.
  ///
  /// - Parameters:
  ///   - shield: What ``changeShield()`` gave before the change went out.
  ///   - park: Parks on this strand; called again, under the shield, where it was cancelled.
  /// - Returns: Why the last park ended; of two reasons to stop the first one.
  package func insist(under shield: Token, _ park: () -> Wake) -> Wake {
    let wake = park()
    guard case .cancelled(let reason) = wake else { return wake }
    if case .deadline = reason { return wake }
    let end = under(shield, park)
    if case .cancelled = end { return wake }
    return end
  }
}
