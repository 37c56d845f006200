import Glibc

/// Keeps the threads of a run out of one another's way, for a few instructions at a time.
///
/// A pthread mutex rather than `Synchronization.Mutex`: its slow path lies in a library that the
/// thread sanitizer cannot see into, and strands are to be checked by it.
package final class Lock: @unchecked Sendable {
  let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// Makes a lock that nobody holds.
  package init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs a body that nobody else runs meanwhile.
  package func withLock<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }
}
