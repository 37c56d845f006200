import Glibc

/// The time since an unknown moment, for pacing what is drawn; what a script sees is never from here.
struct Stopwatch: Sendable {
  /// Nanoseconds of a clock that only goes forward.
  let read: @Sendable () -> Int

  /// The machine's own.
  static let monotonic = Stopwatch {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }
}
