import Glibc
import Synchronization

/// What reaches a reader while it waits for a key.
package enum EditorEvent: Equatable, Sendable {
  /// The terminal has another size.
  case resized
  /// Ctrl-C.
  case interrupted
  /// Ctrl-Z: leave the terminal as it was, stop, and take it up again.
  case suspended
  /// The terminal is gone, or the program is to end.
  case ended
}

/// Wakes a reader that waits for a key; may be posted to from any thread.
package final class WakePipe: Sendable {
  /// The end that a reader polls.
  package let readEnd: Int32
  private let writeEnd: Int32
  private let events = Mutex<[EditorEvent]>([])

  /// Opens the pipe; nil where the process has no descriptors left.
  package init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Queues an event and wakes the reader.
  package func post(_ event: EditorEvent) {
    events.withLock { $0.append(event) }
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes every event that is queued, in order.
  package func take() -> [EditorEvent] {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) > 0 {}
    return events.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
