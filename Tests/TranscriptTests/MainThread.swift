import Dispatch
import Foundation
import Synchronization

/// A thread with the stack of a process's first, as a host wants it.
enum MainThread {
  /// Runs a body on it and waits for its status.
  static func run(_ body: @escaping @Sendable () -> Int32) -> Int32 {
    let result = Result()
    let end = DispatchSemaphore(value: 0)
    let thread = Thread {
      result.status.withLock { $0 = body() }
      end.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
    end.wait()
    return result.status.withLock { $0 }
  }

  private final class Result: Sendable {
    let status = Mutex<Int32>(0)
  }
}
