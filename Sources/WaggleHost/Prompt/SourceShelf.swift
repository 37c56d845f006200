import Synchronization
import WaggleText

/// The entries of a session as sources: a function of line 3 may fail in line 40.
final class SourceShelf: Sendable {
  private let state = Mutex((map: SourceMap(), count: 0))

  /// The sources so far.
  var map: SourceMap { state.withLock { $0.map } }

  /// Adds a source that is no entry.
  func add(_ source: Source) -> SourceID { state.withLock { $0.map.add(source) } }

  /// Adds an entry as the newest: `entry 3` in messages.
  func add(_ text: String) -> (source: Source, id: SourceID) {
    state.withLock { state in
      state.count += 1
      let source = Source(name: "entry \(state.count)", text: text)
      return (source, state.map.add(source))
    }
  }
}
