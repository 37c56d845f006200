/// What is known of the waits of a run at a moment: the open ones, how long subjects of a kind were
/// in a state, and which of them take far too long.
///
/// A machine without I/O. What comes in is the progress of waits, each with its strand; what goes
/// out is what a person should hear of once, and on demand what `why` needs.
package struct WaitBook {
  /// How long others were in a state.
  package struct Others: Equatable, Sendable {
    /// How many they are.
    package let count: Int
    /// The time that half of them took at most, in nanoseconds.
    package let median: Int
    /// The longest, in nanoseconds.
    package let slowest: Int
  }

  /// A subject that takes far longer than its kind does.
  package struct Warning: Equatable, Sendable {
    /// The subject.
    package let subject: WaitProgress.Waiting
    /// What others took; nil where too few of them are known.
    package let others: Others?
  }

  private struct Kind: Hashable {
    let type: String
    let state: String
  }

  private var open: [String: (progress: WaitProgress, number: Int)] = [:]
  private var begun = 0
  private var stays: [Kind: [Int]] = [:]
  private var warned: Set<String> = []
  /// The last wait that ended without having got there.
  package private(set) var lastFailed: WaitProgress?

  /// How many others are needed before they say what is usual.
  static let fewest = 3
  /// How many times the median is far too long.
  static let farTooLong = 4
  /// What is never called too long, in nanoseconds: 30 s.
  static let leastStuck = 30_000_000_000
  /// How many stays of a kind are remembered.
  private static let mostStays = 10_000

  /// Begins with nothing.
  package init() {}

  /// The waits that are open, in the order in which they began.
  package var waits: [WaitProgress] {
    open.values.sorted { $0.number < $1.number }.map(\.progress)
  }

  /// Takes in the progress of a wait; gives the subjects to warn of, each once in a run.
  package mutating func note(_ progress: WaitProgress) -> [Warning] {
    for stay in progress.stays { add(stay, of: progress.type) }
    if progress.isOver {
      open[progress.strand] = nil
      if progress.reached < progress.needed { lastFailed = progress }
      return []
    }
    begun += 1
    open[progress.strand] = (progress, open[progress.strand]?.number ?? begun)
    // What looks did not show may long be over.
    guard progress.trouble == nil else { return [] }
    return progress.slowest.compactMap { warning(of: $0, progress.type) }
  }

  /// How long others of a type were in a state; nil where nobody has left it.
  package func others(in state: String, of type: String) -> Others? {
    guard let stays = stays[Kind(type: type, state: state)], let slowest = stays.last else {
      return nil
    }
    return Others(count: stays.count, median: stays[(stays.count - 1) / 2], slowest: slowest)
  }

  private mutating func warning(of subject: WaitProgress.Waiting, _ type: String) -> Warning? {
    guard subject.reason == .notYet else { return nil }
    let others = others(in: subject.state, of: type).flatMap { $0.count < Self.fewest ? nil : $0 }
    let limit =
      others.map { max($0.median.multipliedClamped(by: Self.farTooLong), Self.leastStuck) }
      ?? subject.usual.map { $0 &* 1_000_000_000 }
    guard let limit, subject.usual != nil, subject.nanoseconds > limit,
      warned.insert("\(type) \(subject.id)").inserted
    else { return nil }
    return Warning(subject: subject, others: others)
  }

  private mutating func add(_ stay: WaitProgress.Stay, of type: String) {
    let kind = Kind(type: type, state: stay.state)
    var known = stays[kind] ?? []
    guard known.count < Self.mostStays else { return }
    stays[kind] = nil
    known.insert(stay.nanoseconds, at: known.place(of: stay.nanoseconds))
    stays[kind] = known
  }
}

extension [Int] {
  /// Where a number belongs in a list that is sorted.
  fileprivate func place(of number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Int {
  fileprivate func multipliedClamped(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
