import Synchronization

/// What the tokens of a run share: their numbers, who is parked, the forced cancel.
final class TokenTree: @unchecked Sendable {
  private let ids = Atomic(0)
  private let force = Atomic(0)
  private let lock = Lock()
  private var roster = Roster()

  func nextID() -> Int {
    ids.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  /// The reason of the forced cancel as a number, 0 without one.
  var forced: Int { force.load(ordering: .acquiring) }

  func force(_ reason: Cancellation) -> Bool {
    force.compareExchange(expected: 0, desired: reason.code, ordering: .acquiringAndReleasing)
      .exchanged
  }

  /// The parked strands; in the order of their keys where the clock is counted, for there the order
  /// in which they are woken decides what happens.
  var parked: [Strand] {
    lock.withLock {
      let strands = roster.inAnyOrder
      return strands.first?.strands.isVirtual == true ? roster.inOrder : strands
    }
  }

  func enter(_ strand: Strand) { lock.withLock { roster.add(strand) } }

  func leave(_ strand: Strand) { lock.withLock { roster.remove(strand) } }
}
