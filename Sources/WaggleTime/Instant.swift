/// A moment on the clock of a run, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// On the wall clock it is steady: read once from the real time at the start and carried on by the
/// monotonic clock, so that a machine's time that is set in between moves no deadline. On the
/// virtual clock it is the virtual time. `now` of a script is this instant too.
package struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch.
  package var nanoseconds: Int

  /// Makes a moment of nanoseconds since the epoch.
  package init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

  /// Whether one is earlier than the other.
  package static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The moment that many nanoseconds later, held at the ends of what can be counted.
  package func advanced(by nanoseconds: Int) -> Instant {
    let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    guard overflow else { return Instant(nanoseconds: sum) }
    return Instant(nanoseconds: nanoseconds > 0 ? .max : .min)
  }
}
