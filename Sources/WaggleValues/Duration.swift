/// A stretch of time in nanoseconds, negative ones included: `1h30m`, `250ms`.
package struct Duration: Hashable, Comparable, Sendable {
  /// The length.
  package var nanoseconds: Int

  /// Makes a duration of nanoseconds.
  package init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

  /// Whether one is shorter than the other.
  package static func < (a: Duration, b: Duration) -> Bool { a.nanoseconds < b.nanoseconds }
}
