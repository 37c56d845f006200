import WaggleTime

extension WireResponse {
  /// What `Retry-After` asks for, in nanoseconds from now; nil where it is absent or unreadable.
  ///
  /// The contract leaves the unit open, so both of HTTP's forms are read: seconds, and a date,
  /// which counts from the answer's own `Date` where it has one, since clocks differ. A date that
  /// has passed says nothing: a server without `Date` whose clock is slow would ask for no pause at
  /// all. A day is the most.
  func retryAfter(now: Instant) -> Int? {
    guard let text = header("retry-after").map(Self.trimmed), !text.isEmpty else { return nil }
    let most = 86_400
    if text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
      return min(Int(text) ?? most, most) * 1_000_000_000
    }
    let sent = header("date").flatMap { HTTPDate.parse($0, now: now) } ?? now
    guard let date = HTTPDate.parse(text, now: now) else { return nil }
    let (wait, overflow) = date.nanoseconds.subtractingReportingOverflow(sent.nanoseconds)
    return overflow || wait < 0 ? nil : min(wait, most * 1_000_000_000)
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
