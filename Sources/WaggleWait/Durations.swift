/// How long the last subjects of a kind took, in this run, from the beginning of their wait on.
///
/// A look tells only that something came after the look before it. So each of them took between
/// this and that, and the fastest and the slowest are the outer ends: who looks often learns more.
struct Durations {
  /// How many are needed before they say what is usual.
  private static let fewest = 3
  /// How many are remembered, so that a few that were odd are forgotten.
  private static let most = 32

  private var last: [ClosedRange<Int>] = []
  private var next = 0
  /// How long the fastest and the slowest took, in nanoseconds; nil while too few are known.
  private(set) var ends: ClosedRange<Int>?

  /// One more got there, so long after its wait began; says whether that changes the ends.
  mutating func add(_ took: ClosedRange<Int>) -> Bool {
    if last.count < Self.most {
      last.append(took)
    } else {
      last[next] = took
      next = (next + 1) % Self.most
    }
    let before = ends
    if last.count >= Self.fewest,
      let fastest = last.map(\.lowerBound).min(), let slowest = last.map(\.upperBound).max()
    {
      ends = fastest...slowest
    }
    return ends != before
  }
}
