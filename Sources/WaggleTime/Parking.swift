/// Where the virtual clock stands with a strand.
struct Parking {
  /// Whether the strand waits for the baton.
  var isParked = false
  /// Whether somebody woke the strand while it was not parked.
  var isSignalled = false
  /// Whether the strand was told that nothing can wake it.
  var isDeadlocked = false
  /// Counts the parks; what the agenda holds for an earlier one is stale.
  var ticket: UInt64 = 0
}
