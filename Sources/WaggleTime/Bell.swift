import Glibc

/// What a thread sleeps on: a ring wakes it, and a ring that comes too early is kept for it.
final class Bell: @unchecked Sendable {
  private let lock = Lock()
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var isRung = false

  init() {
    condition = .allocate(capacity: 1)
    condition.initialize(to: pthread_cond_t())
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  /// Wakes the thread that waits, or lets the next wait return at once; from any thread.
  func ring() {
    lock.withLock { isRung = true }
    pthread_cond_signal(condition)
  }

  /// Waits for a ring.
  func wait() {
    lock.withLock {
      while !isRung { pthread_cond_wait(condition, lock.mutex) }
      isRung = false
    }
  }

  /// Waits for a ring, but no longer than to a moment of the monotonic clock, in nanoseconds.
  func wait(untilMonotonic nanoseconds: Int) {
    guard nanoseconds < .max else { return wait() }
    var moment = timespec(
      tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    if nanoseconds < 0 { moment = timespec() }
    lock.withLock {
      while !isRung {
        if pthread_cond_timedwait(condition, lock.mutex, &moment) == ETIMEDOUT { break }
      }
      isRung = false
    }
  }
}
