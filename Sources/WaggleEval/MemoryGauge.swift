/// How much memory a run may have, and how much the process has now.
///
/// It is asked before something large is made, and now and then while something grows; what has too
/// much ends with a fault that a script can catch, before the system ends the process.
package struct MemoryGauge: Sendable {
  /// The bytes that the process may have.
  let limit: Int
  /// The bytes that it has.
  private let used: @Sendable () -> Int
  /// Gives back what is free but still held.
  private let giveBack: @Sendable () -> Void

  /// Makes a gauge; `used` and `giveBack` are called from any strand.
  package init(
    limit: Int, used: @escaping @Sendable () -> Int, giveBack: @escaping @Sendable () -> Void
  ) {
    self.limit = limit
    self.used = used
    self.giveBack = giveBack
  }

  /// Whether there is room for so many bytes more.
  package func hasRoom(for bytes: Int) -> Bool {
    guard bytes <= limit else { return false }
    if used() <= limit - bytes { return true }
    giveBack()
    return used() <= limit - bytes
  }
}
