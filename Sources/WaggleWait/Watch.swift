import WaggleTime
import WaggleValues

/// What a wait knows of one subject, and what it makes of what a look shows.
///
/// Times that are compared are all of this machine, or all of the API: how far their clocks are
/// apart does not matter.
struct Watch {
  /// Where the subject stands with the wait.
  enum Stage: Equatable {
    case open
    case reached(round: Int)
    case failed(WaitReason)
  }

  let id: String
  private(set) var last: Record?
  private(set) var isMissing = false
  private(set) var seenAt: Instant?
  private(set) var stage = Stage.open
  /// Whether it was looked at in this round and not yet judged.
  private(set) var isFresh = false
  private(set) var end: WaitReason?
  /// Where the subject was when it was told to the observer last.
  var told: String?
  /// The state it is in, since when it is seen in it.
  private(set) var standing: Standing?
  /// The states that it was seen to leave, not yet told.
  private var left: [WaitProgress.Stay] = []
  private var report: Report?
  private let madeAt: Instant?
  /// The states in which the condition cannot come true.
  private let hopeless: [String]
  private var heading: String?
  /// Where it was sent when it was on its way to where the condition can come true.
  private var sentTo: String?

  /// How long what was there at the first look must stand: it may be left from before.
  static let staleAfter = 2_000_000_000

  init(_ subject: Subject, hopeless: [String] = []) {
    id = subject.id
    last = subject.known
    madeAt = subject.madeAt
    self.hopeless = hopeless
  }

  var isOpen: Bool { stage == .open }

  var reason: WaitReason {
    if case .failed(let reason) = stage { return reason }
    return .notYet
  }

  /// Takes in a fresh record.
  mutating func found(_ record: Record, at now: Instant, for lifecycle: Lifecycle, stuckAfter: Int?)
  {
    let isFirst = seenAt == nil
    last = record
    isMissing = false
    isFresh = true
    seenAt = now
    note(record, at: now, for: lifecycle, isFirst: isFirst)
    end = endShown(by: record, at: now, for: lifecycle) ?? stuck(at: now, after: stuckAfter)
  }

  /// Takes in that the API does not have it; of what this run has just made that says nothing yet.
  mutating func missed(at now: Instant) {
    if seenAt == nil, let madeAt, now < madeAt.advanced(by: Subject.grace) { return }
    isMissing = true
    isFresh = true
    seenAt = now
    end = .gone(wasThere: last != nil)
  }

  /// What the judge is shown.
  mutating func look(for lifecycle: Lifecycle) -> Look {
    isFresh = false
    return shown(for: lifecycle)
  }

  /// What the last look showed.
  func shown(for lifecycle: Lifecycle) -> Look {
    Look(id: id, record: last, isMissing: isMissing, end: end, lifecycle: lifecycle)
  }

  /// Where it was seen last, as progress calls it: `there` where its record has no state.
  func state(in lifecycle: Lifecycle, forReady: Bool) -> String {
    if isMissing { return "gone" }
    guard seenAt != nil, let last else { return WaitProgress.unseen }
    return lifecycle.standing(of: last, forReady: forReady) ?? "there"
  }

  /// Takes in what the judge said; of what never was, only a condition about being gone comes true.
  mutating func judged(_ verdict: Verdict, round: Int, expectsGone: Bool) {
    switch verdict {
    case .reached where !isMissing || expectsGone || last != nil: stage = .reached(round: round)
    case .failed: stage = .failed(.failIf)
    case .reached, .notYet: if let end { stage = .failed(end) }
    }
  }

  /// Whether it has left a state since `takeLeft` was asked last.
  var hasLeft: Bool { !left.isEmpty }

  /// Gives the states that it has left since this was asked last.
  mutating func takeLeft() -> [WaitProgress.Stay] {
    defer { left = [] }
    return left
  }
}

// MARK: What a record shows

extension Watch {
  /// A state that a subject is in.
  struct Standing: Equatable {
    let state: String
    /// Since when, by the clock of the API; nil where it does not say.
    let entered: String?
    /// Since when it is seen in it, by the clock of this run.
    let since: Instant
    /// Whether it was in it at the first look.
    let wasThereAtFirst: Bool
  }

  /// An error that a subject reports, and since when.
  private struct Report {
    let message: String
    let entered: String?
    let since: Instant
    let wasThereAtFirst: Bool
  }

  private mutating func note(
    _ record: Record, at now: Instant, for lifecycle: Lifecycle, isFirst: Bool
  ) {
    let state = record.text(lifecycle.status) ?? ""
    let entered = lifecycle.entered.flatMap(record.text)
    if standing?.state != state || standing?.entered != entered {
      if let standing, standing.state != state { leave(standing, at: now, next: entered) }
      standing = Standing(state: state, entered: entered, since: now, wasThereAtFirst: isFirst)
    }
    let message = lifecycle.error.flatMap(record.text)
    if message != report?.message || entered != report?.entered {
      report = message.map {
        Report(message: $0, entered: entered, since: now, wasThereAtFirst: isFirst)
      }
    }
    turn(to: lifecycle.desired.flatMap(record.text))
  }

  private mutating func leave(_ standing: Standing, at now: Instant, next: String?) {
    let seen = now.nanoseconds &- standing.since.nanoseconds
    left.append(
      WaitProgress.Stay(
        state: standing.state, nanoseconds: Self.time(from: standing.entered, to: next) ?? seen))
  }

  /// The time between two moments of the API's clock; nil where one is not told or they run back.
  private static func time(from: String?, to: String?) -> Int? {
    guard let from, let to, let first = try? Timestamp(parsing: from),
      let time = try? Timestamp(parsing: to).since(first), time.nanoseconds >= 0
    else { return nil }
    return time.nanoseconds
  }

  /// Notes where it is heading; turning away from where the condition can come true ends it.
  ///
  /// Nothing is overtaken that was not on its way there before: somebody may yet send it there.
  private mutating func turn(to heading: String?) {
    guard heading != self.heading else { return }
    let headedThere = self.heading.map { !hopeless.contains($0) } ?? false
    let headsThere = heading.map { !hopeless.contains($0) } ?? true
    sentTo = headsThere ? nil : headedThere || sentTo != nil ? heading : nil
    self.heading = heading
  }

  private func endShown(
    by record: Record, at now: Instant, for lifecycle: Lifecycle
  ) -> WaitReason? {
    let state = record.text(lifecycle.status) ?? ""
    if lifecycle.isFinal(record) {
      if lifecycle.isGoodEnd(state), isPast(state, of: lifecycle) {
        return .passed(state: state)
      }
      return .ended(state: state, because: lifecycle.reason(of: record))
    }
    if let reported = reportStanding(at: now) { return reported }
    if let sentTo { return .overtaken(heading: sentTo) }
    return halt(of: record, in: state, at: now, for: lifecycle)
      ?? passed(state, at: now, of: lifecycle)
  }

  private func reportStanding(at now: Instant) -> WaitReason? {
    guard let report, report.since < now else { return nil }
    let stands = now.nanoseconds &- report.since.nanoseconds
    guard !report.wasThereAtFirst || stands >= Watch.staleAfter else { return nil }
    return .reported(message: report.message)
  }

  /// One that came to rest, during the wait, elsewhere than where it was heading, and says why.
  private func halt(
    of record: Record, in state: String, at now: Instant, for lifecycle: Lifecycle
  ) -> WaitReason? {
    guard let heading, heading != state, !lifecycle.isPassing(state), hopeless.contains(state),
      let standing, !standing.wasThereAtFirst,
      now.nanoseconds &- standing.since.nanoseconds >= Watch.staleAfter,
      let words = lifecycle.reason(of: record)
    else { return nil }
    return .halted(state: state, because: words)
  }

  private func passed(_ state: String, at now: Instant, of lifecycle: Lifecycle) -> WaitReason? {
    guard let standing, isPast(state, of: lifecycle) else { return nil }
    let stands = now.nanoseconds &- standing.since.nanoseconds
    guard !standing.wasThereAtFirst || stands >= Watch.staleAfter else { return nil }
    return .passed(state: state)
  }

  /// Whether every state in which the condition can come true is one that nobody rests in and lies
  /// behind this one.
  private func isPast(_ state: String, of lifecycle: Lifecycle) -> Bool {
    guard hopeless.contains(state), let place = lifecycle.states.firstIndex(of: state) else {
      return false
    }
    let isFinal = lifecycle.final.contains(state)
    if !isFinal, !lifecycle.isPassing(state), let heading, heading != state { return false }
    let hopes = lifecycle.states.indices.filter { !hopeless.contains(lifecycle.states[$0]) }
    return !hopes.isEmpty
      && hopes.allSatisfy { hope in
        let state = lifecycle.states[hope]
        let isBehind = isFinal ? !lifecycle.final.contains(state) : lifecycle.isPassing(state)
        return hope < place && isBehind
      }
  }

  private func stuck(at now: Instant, after limit: Int?) -> WaitReason? {
    guard let limit, let standing else { return nil }
    let stands = now.nanoseconds &- standing.since.nanoseconds
    return stands >= limit && stands > 0 ? .stuck(nanoseconds: stands) : nil
  }
}
