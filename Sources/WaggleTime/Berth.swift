import Glibc

/// A thread as its strands see it: what it sleeps on, and how far its stack reaches.
///
/// Strands that follow one another on a thread share its berth, and so does a strand with the
/// rounds it works on itself: only the innermost of them ever parks.
final class Berth: @unchecked Sendable {
  let bell = Bell()
  /// The lowest address that code of this thread should reach; set and read by the thread itself.
  private(set) var stackFloor: UInt = 0
  /// The bytes between the start of the thread's work and that address.
  private(set) var stackBytes = 0

  /// Bytes of stack that are kept for what a body calls when it is already at the floor.
  static let reserve = 256 << 10
  /// The stack of every thread that a run makes: virtual memory, taken page by page when touched.
  static let threadStack = 8 << 20

  /// Measures the stack of a thread that the run made; to be called on it.
  func measureMade() { measure(bytes: UInt(Berth.threadStack)) }

  /// Measures the stack of the main strand's thread, the process's first; to be called on it.
  ///
  /// Arguments and environment may take a quarter of it. (Asking pthread for its ends would read
  /// /proc/self/maps, which costs more than all of our start-up.)
  func measureFirst() {
    var limit = rlimit()
    let failure = getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    let isKnown = failure == 0 && limit.rlim_cur <= 1 << 30
    let bytes = isKnown ? UInt(limit.rlim_cur) : UInt(Berth.threadStack)
    measure(bytes: bytes / 4 &* 3)
  }

  private func measure(bytes: UInt) {
    var mark = 0
    let here = withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
    let usable = bytes > UInt(Berth.reserve) ? bytes &- UInt(Berth.reserve) : 0
    stackFloor = here &- usable
    stackBytes = Int(usable)
  }
}
