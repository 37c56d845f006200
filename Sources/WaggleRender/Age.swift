import WaggleValues

/// How long ago a time was, as a person says it: `40s ago`, `3h ago`, `in 5d`.
///
/// One unit, the largest of which there are two at least, so that nothing is off by much.
struct Age {
  /// The words.
  let text: String

  /// The age of a time at a moment, both in nanoseconds since 1970.
  init(of time: Int, at now: Int) {
    let (gone, overflow) = now.subtractingReportingOverflow(time)
    let seconds = overflow ? .max : Int(gone.magnitude / 1_000_000_000)
    let amount = Self.amount(seconds)
    text = gone < 0 && seconds > 0 ? "in \(amount)" : "\(amount) ago"
  }

  private static func amount(_ seconds: Int) -> String {
    for (unit, length) in [("d", 86_400), ("h", 3_600), ("m", 60)] where seconds >= 2 * length {
      return "\(seconds / length)\(unit)"
    }
    return "\(seconds)s"
  }
}
