import WaggleTime
import WaggleValues

/// What a wait knows of one subject, and what it makes of what a look shows.
struct Watch {
  /// Where the subject stands with the wait.
  enum Stage: Equatable {
    case open
    case reached(round: Int)
    case failed(WaitReason)
  }

  /// An error that a subject reports, and since when.
  private struct Report: Equatable {
    let message: String
    let entered: String?
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
  private var report: (what: Report, since: Instant, wasThereAtFirst: Bool)?
  private var standing: (state: String, since: Instant)?
  /// Whether the condition would hold where the subject was heading, when that was last asked.
  private var headsThere = false
  private var heading: String?
  private var asksHeading = false

  /// How long an error that was there at the first look must stand: it may be left from before.
  static let staleAfter = 2_000_000_000

  init(_ subject: Subject) {
    id = subject.id
    last = subject.known
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

  /// Takes in that there is nothing to look at but a question to ask.
  mutating func asked(at now: Instant) {
    isFresh = true
    seenAt = now
  }

  /// Takes in that the API has it no longer.
  mutating func missed(at now: Instant) {
    isMissing = true
    isFresh = true
    seenAt = now
    end = .gone
  }

  /// What the judge is shown, and what it would be shown where the subject is heading now.
  mutating func looks(for lifecycle: Lifecycle) -> (look: Look, forecast: Look?) {
    isFresh = false
    let look = Look(
      id: id, record: last, isMissing: isMissing, end: end, lifecycle: lifecycle)
    return (look, asksHeading ? forecast(for: lifecycle) : nil)
  }

  /// Takes in what the judge said of both.
  mutating func judged(
    _ verdict: Verdict, forecast: Verdict?, round: Int, expectsGone: Bool
  ) {
    if let forecast { turned(forecast == .reached) }
    switch verdict {
    case .reached where !isMissing || expectsGone: stage = .reached(round: round)
    case .failed: stage = .failed(.failIf)
    case .reached, .notYet: if let end { stage = .failed(end) }
    }
  }

  // MARK: What a record shows

  private mutating func note(
    _ record: Record, at now: Instant, for lifecycle: Lifecycle, isFirst: Bool
  ) {
    let entered = lifecycle.entered.flatMap(record.text)
    let state = (record.text(lifecycle.status) ?? "") + " " + (entered ?? "")
    if standing?.state != state { standing = (state, now) }
    let message = lifecycle.error.flatMap(record.text)
    let what = message.map { Report(message: $0, entered: entered) }
    if let what, report?.what != what { report = (what, now, isFirst) }
    if what == nil { report = nil }
    let heading = lifecycle.desired.flatMap(record.text)
    asksHeading = heading != self.heading
    self.heading = heading
  }

  private func endShown(
    by record: Record, at now: Instant, for lifecycle: Lifecycle
  ) -> WaitReason? {
    if let state = record.text(lifecycle.status), lifecycle.isFinal(record) {
      return .ended(state: state)
    }
    guard let report, report.since < now else { return nil }
    let stands = now.nanoseconds &- report.since.nanoseconds
    guard !report.wasThereAtFirst || stands >= Watch.staleAfter else { return nil }
    return .reported(message: report.what.message)
  }

  private func stuck(at now: Instant, after limit: Int?) -> WaitReason? {
    guard let limit, let standing else { return nil }
    let stands = now.nanoseconds &- standing.since.nanoseconds
    return stands >= limit && stands > 0 ? .stuck(nanoseconds: stands) : nil
  }

  /// The record as it would be if the subject got where it is heading.
  private func forecast(for lifecycle: Lifecycle) -> Look? {
    guard let heading, var record = last else { return nil }
    guard (try? record.set(lifecycle.status, .text(heading))) != nil else { return nil }
    return Look(id: id, record: record, lifecycle: lifecycle, isForecast: true)
  }

  /// Says whether the subject now heads where the condition holds; turning away ends it.
  ///
  /// The wait knows what is wanted only by its condition, so nothing is overtaken that was not on
  /// its way there before.
  private mutating func turned(_ headsThere: Bool) {
    if self.headsThere, !headsThere, let heading, end == nil { end = .overtaken(heading: heading) }
    self.headsThere = headsThere
  }
}
