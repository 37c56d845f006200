import WaggleWait

/// What several waits come to together.
struct WaitSum {
  /// The longest time gone, in nanoseconds.
  let elapsed: Int
  /// The shortest time left, in nanoseconds; nil where none of them has a limit.
  let left: Int?
  let total: Int
  let needed: Int
  let reached: Int
  let calls: Int
  /// How often conditions without a subject were asked, and what was seen that keeps them; nil where
  /// none of the waits is such a one.
  let asked: (count: Int, obstacles: [String])?
  /// What the request budget left to looks when it was last told; nil where that is not known.
  let allowance: Allowance?
  let states: [WaitProgress.State]
  /// Why the last looks of one of them were not answered; nil where they were.
  let trouble: String?
  /// The subjects that are longest in their state, the longest first; a few.
  let longest: [(id: String, name: String?, state: String, time: Int)]

  /// How many subjects are named.
  private static let mostNamed = 3

  /// Adds up waits, each some nanoseconds after it was told of.
  init(_ waits: [(wait: WaitProgress, later: Int)]) {
    elapsed = waits.map { $0.wait.elapsed &+ $0.later }.max() ?? 0
    left = waits.compactMap { wait, later in
      wait.limit.map { max($0 &- wait.elapsed &- later, 0) }
    }.min()
    total = waits.reduce(0) { $0 + $1.wait.total }
    let looking = waits.map(\.wait).filter { $0.asked == nil }
    needed = looking.reduce(0) { $0 + $1.needed }
    reached = looking.reduce(0) { $0 + min($1.reached, $1.needed) }
    let asked = waits.compactMap(\.wait.asked)
    self.asked =
      asked.isEmpty
      ? nil : (asked.reduce(0) { $0 + $1.count }, asked.flatMap { $0.parts.obstacles() })
    calls = waits.reduce(0) { $0 + $1.wait.calls }
    allowance = waits.max { $0.wait.at < $1.wait.at }?.wait.allowance
    trouble = waits.lazy.compactMap(\.wait.trouble).first
    states = WaitProgress.State.sum(waits.map(\.wait.states))
    let open = waits.flatMap { wait, later in
      wait.slowest.filter { $0.reason == .notYet && $0.state != WaitProgress.unseen }.map {
        (id: $0.id, name: $0.name, state: $0.state, time: $0.nanoseconds &+ later)
      }
    }
    longest = Array(open.sorted { ($1.time, $0.id) < ($0.time, $1.id) }.prefix(Self.mostNamed))
  }
}
