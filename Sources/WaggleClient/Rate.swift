/// So many calls in a stretch of time: `60/min`.
package struct Rate: Equatable, Sendable {
  /// How many calls; at least 1.
  package let count: Int
  /// The stretch of time, in nanoseconds.
  package let nanoseconds: Int

  /// What is written, for messages.
  package static let form = "calls in a time, such as `60/min`, `5/s` or `1000/h`"

  /// Makes a rate of calls in a minute.
  package init(perMinute count: Int) {
    self.count = max(count, 1)
    nanoseconds = 60_000_000_000
  }

  /// Reads `60/min`, `5/s` or `1000/h`; nil for anything else.
  package init?(parsing text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let seconds = ["s": 1, "min": 60, "h": 3600]
    guard parts.count == 2, let unit = seconds[parts[1]], !parts[0].isEmpty,
      parts[0].utf8.allSatisfy({ $0 &- 0x30 < 10 }), let count = Int(parts[0]),
      (1...1_000_000).contains(count)
    else { return nil }
    self.count = count
    nanoseconds = unit * 1_000_000_000
  }
}
