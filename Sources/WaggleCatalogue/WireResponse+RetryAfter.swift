import WaggleTime

extension WireResponse {
  /// What `Retry-After` asks for, in nanoseconds from now; nil where it is absent or unreadable.
  ///
  /// The contract leaves the unit open, so both of HTTP's forms are read: seconds, and a date,
  /// which counts from the answer's own `Date` where it has one, since clocks differ. A day is the
  /// most.
  func retryAfter(now: Instant) -> Int? {
    guard let text = header("retry-after").map(Self.trimmed), !text.isEmpty else { return nil }
    let most = 86_400
    if text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
      return min(Int(text) ?? most, most) * 1_000_000_000
    }
    let sent = header("date").flatMap { HTTPDate.parse($0, now: now) } ?? now
    guard let date = HTTPDate.parse(text, now: now) else { return nil }
    let (wait, overflow) = date.nanoseconds.subtractingReportingOverflow(sent.nanoseconds)
    return overflow ? nil : min(max(wait, 0), most * 1_000_000_000)
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
