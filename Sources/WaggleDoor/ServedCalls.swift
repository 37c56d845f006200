import NIOCore
package import WaggleTime

/// How many calls came through a door, for whoever wants to know what a client costs a server.
package struct ServedCalls: Sendable, Equatable {
  /// How many came.
  package private(set) var count = 0
  /// How many of them were refused for their number, by 429.
  package private(set) var refused = 0
  /// How many came in the busiest second.
  package private(set) var peak = 0
  /// The moments of those of the last second.
  private var last = CircularBuffer<Instant>()

  /// Begins with none.
  package init() {}

  /// Counts a call that came then; the status is nil where it got no answer.
  package mutating func add(_ status: Int?, at now: Instant) {
    count += 1
    if status == 429 { refused += 1 }
    last.append(now)
    while let first = last.first, now.nanoseconds &- first.nanoseconds >= 1_000_000_000 {
      last.removeFirst()
    }
    peak = max(peak, last.count)
  }
}
