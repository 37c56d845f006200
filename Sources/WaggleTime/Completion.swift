/// Something that happens once and that a strand can park for: an answer, the end of a loop.
package final class Completion: @unchecked Sendable {
  private let lock = Lock()
  private var isDone = false
  private var waiting: [Strand] = []

  /// Makes one that has not happened yet.
  package init() {}

  /// Whether it has happened.
  package var isComplete: Bool { lock.withLock { isDone } }

  /// Says that it happened and wakes who parks for it; from any thread, and again without effect.
  package func complete() {
    let woken = lock.withLock {
      defer { waiting = [] }
      isDone = true
      return waiting
    }
    for strand in woken { strand.wake() }
  }

  func attach(_ strand: Strand) {
    lock.withLock { if !isDone { waiting.append(strand) } }
  }

  func detach(_ strand: Strand) {
    lock.withLock { waiting.removeAll { $0 === strand } }
  }
}
