import WaggleTime
import WaggleValues

/// A subject of open waits: who waits for it, and what the last look at it was.
struct Target {
  /// One wait's interest in it.
  struct Interest {
    /// The wait; those that came later have greater numbers.
    let wait: Int
    /// Since when it waits.
    let since: Instant
    /// When it wants its first look.
    let first: Instant
    /// The pace that it asks for.
    let every: Int?
    /// What it waits for, as the number of a kind.
    let kind: Int
    /// Whether rolls tell it enough.
    let goesByRolls: Bool
  }

  /// A look that was tried, whatever came of it.
  struct Try {
    let number: Int
    let begun: Instant
  }

  let id: String
  /// Its place among all that ever came, for an order that is the same in each run.
  let arrival: Int
  var interests: [Interest] = []
  var tried: Try?
  /// When the last look that told something of it began.
  var looked: Instant?
  /// Between which two looks it last changed; nil where nobody saw it before.
  var changed: ClosedRange<Instant>?
  /// When its record came last.
  var read = Instant(nanoseconds: .min)
  /// The page of the list on which it was last seen.
  var page: Int?
  /// What the last look showed; nil before, and where it was missing.
  var last: Record?
  var isMissing = false
  /// What a page showed when a get showed something newer; as long as pages show it they are behind.
  var passed: Record?
  /// When the last look began that was a get or told something new.
  var assured: Instant?

  /// How long a subject took from the beginning of a wait to its last change; nil if not known.
  func took(since: Instant) -> ClosedRange<Int>? {
    guard let changed, changed.lowerBound >= since else { return nil }
    let begun = since.nanoseconds
    return (changed.lowerBound.nanoseconds &- begun)...(changed.upperBound.nanoseconds &- begun)
  }

  /// When the next look at it is due; none before `rest`, but for a wait that fixed its pace.
  ///
  /// `kinds` are how long others took.
  func due(_ jitter: Double, rest: Instant, kinds: [Durations], spare: Pace.Spare) -> Instant {
    interests.reduce(Instant(nanoseconds: .max)) { earliest, interest in
      let own = due(for: interest, jitter, kinds[interest.kind].ends, spare)
      return min(earliest, interest.every == nil ? max(own, rest) : own)
    }
  }

  private func due(
    for interest: Interest, _ jitter: Double, _ others: ClosedRange<Int>?, _ spare: Pace.Spare
  ) -> Instant {
    guard let tried, tried.number > interest.wait else { return interest.first }
    let waited = tried.begun.nanoseconds &- interest.since.nanoseconds
    var pause = Pace.pause(after: waited, every: interest.every, jitter: jitter)
    if interest.every == nil {
      pause = Pace.pause(after: waited, usual: pause, others: others, spare: spare)
    }
    return tried.begun.advanced(by: pause)
  }

  /// Whether rolls tell enough to all who wait for it.
  var goesByRolls: Bool { interests.allSatisfy(\.goesByRolls) }

  /// Whether a look at it is welcome though it is due a little later: half of the pause is over.
  func isWelcome(at now: Instant, due: Instant) -> Bool {
    guard due > now else { return true }
    guard let tried else { return due.nanoseconds &- now.nanoseconds <= Pace.first }
    return due.nanoseconds &- now.nanoseconds <= now.nanoseconds &- tried.begun.nanoseconds
  }

  /// Whether a page shows what a get has already shown to be past.
  mutating func isPast(_ record: Record) -> Bool {
    guard let passed else { return false }
    if Value.isSame(.record(record), .record(passed)) { return true }
    self.passed = nil
    return false
  }

  /// A get was answered; what the page before showed is past if the two do not agree.
  mutating func got(_ record: Record?, isDoubted: Bool) {
    guard let shown = isDoubted ? last : passed else { return }
    passed = record.map { $0.agrees(with: shown) } ?? false ? nil : shown
  }

  /// Whether it was looked at longer ago than another, or never: so trouble starves nobody.
  func isBehind(_ other: Target) -> Bool {
    guard looked != other.looked else { return arrival < other.arrival }
    guard let mine = looked, let theirs = other.looked else { return looked == nil }
    return mine < theirs
  }
}

extension Record {
  /// Whether it has the fields of another with the same values; it may have more.
  fileprivate func agrees(with other: Record) -> Bool {
    other.keys.allSatisfy { key in
      guard let mine = self[key], let theirs = other[key] else { return false }
      return Value.isSame(mine, theirs)
    }
  }
}
