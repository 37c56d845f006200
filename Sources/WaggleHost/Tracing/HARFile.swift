import Glibc
import Synchronization

/// The archive of a run's calls (`--trace FILE`), which browsers' tools open.
///
/// It is a whole archive after each entry: the next one is written over its end. So it is valid
/// however the run ends, and nothing is kept in memory.
final class HARFile: Sendable {
  private struct State {
    var end: off_t
    var isFirst = true
    var hasFailed = false
  }

  private let file: Int32
  private let state: Mutex<State>
  /// Told once why nothing more is written.
  private let complain: @Sendable (String) -> Void
  private static let tail = "\n]}}\n"

  /// Makes an empty archive, for its owner alone; what the file held is gone.
  init(
    path: String, shown: String, version: String, complain: @escaping @Sendable (String) -> Void
  ) throws(UsageError) {
    self.complain = complain
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else { throw .untraceable(shown, errno) }
    let head =
      "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"waggle\",\"version\":\"\(version)\"},"
      + "\"entries\":["
    state = Mutex(State(end: off_t(head.utf8.count)))
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .untraceable(shown, EINVAL)
    }
    guard fchmod(file, 0o600) == 0, ftruncate(file, 0) == 0, put(head + Self.tail, at: 0) else {
      throw .untraceable(shown, errno)
    }
  }

  deinit { close(file) }

  /// Adds an entry.
  func add(_ entry: String) {
    let failure = state.withLock { state -> Int32 in
      guard !state.hasFailed else { return 0 }
      let text = (state.isFirst ? "\n" : ",\n") + entry
      guard put(text + Self.tail, at: state.end) else {
        let failure = errno
        state.hasFailed = true
        _ = put(Self.tail, at: state.end)
        _ = ftruncate(file, state.end + off_t(Self.tail.utf8.count))
        return failure
      }
      state.end += off_t(text.utf8.count)
      state.isFirst = false
      return 0
    }
    guard failure != 0 else { return }
    complain("warning: the trace ends here: \(String(cString: strerror(failure)))\n")
  }

  /// Writes all of a text at a place; false where the system would not.
  private func put(_ text: String, at place: off_t) -> Bool {
    var place = place
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, place) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      place += off_t(count)
      rest = rest.dropFirst(count)
    }
    return true
  }
}

extension UsageError {
  static func untraceable(_ path: String, _ failure: Int32) -> UsageError {
    UsageError(
      failure == EINVAL
        ? "`\(path)` is no plain file, so no trace can be written there"
        : "`\(path)` cannot be written: \(String(cString: strerror(failure)))")
  }
}
