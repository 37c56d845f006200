import Synchronization
import WaggleEval
import WaggleTime
import WaggleValues

/// A source that gives a number each second and fails or ends after so many.
final class Trickle: ItemSource {
  private let count: Int
  private let failure: Fault?
  private let state = Mutex((given: 0, isClosed: false))

  init(_ count: Int, failure: Fault? = nil) {
    self.count = count
    self.failure = failure
  }

  /// How many items it gave.
  var given: Int { state.withLock { $0.given } }
  /// Whether somebody closed it.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  func next(on strand: Strand) throws(Fault) -> Value? {
    try strand.pause(1_000_000_000)
    if given == count {
      if let failure { throw failure }
      return nil
    }
    return state.withLock { state in
      state.given += 1
      return .int(state.given)
    }
  }

  func close() { state.withLock { $0.isClosed = true } }
}
