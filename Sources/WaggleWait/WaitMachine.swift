package import WaggleTime
package import WaggleValues

/// Decides when to look, what one look serves, and when to stop: a wait without its I/O.
///
/// What comes in are events, each with its moment, and the jitter that somebody drew; what goes out
/// is the one thing to do next. The room knows neither clock nor gateway, nor any field of the API:
/// a `Lifecycle` tells it which fields say what. The first look is at once. A list page is read
/// where that costs less than a get for each subject that is still missing; whatever the pages did
/// not show is looked at by a get before it counts as gone.
///
///     var machine = WaitMachine(request, lifecycle: instance, canList: true)
///     var action = machine.began(at: now)          // .get(["instance_7"])
///     machine.found("instance_7", record, at: now)
///     action = machine.looked(at: now)             // .judge([…])
package struct WaitMachine {
  /// What to do next.
  package enum Action {
    /// Read that page of the list, `pageSize` records long; answer with `paged` or `pageFailed`.
    case page(Int)
    /// Look at these ids; answer with `found`, `missed`, `lookFailed` for each, then `looked`.
    case get([String])
    /// Judge these; answer with `judged` for each, then `judgementsEnded`.
    case judge([Look])
    /// Do nothing until then; answer with `woke`.
    case park(until: Instant)
    /// The wait has got there, with the records in the given order.
    case reached([Value])
    /// The wait has failed.
    case failed(WaitFault)
  }

  /// How many records a page is asked for: the most that the API gives.
  package static let pageSize = 200
  /// How many gets a page is worth: it is one call, but a long one.
  static let pageWorth = 4

  let request: WaitRequest
  let lifecycle: Lifecycle
  private let canList: Bool
  var watches: [Watch]
  private var positions: [String: Int]
  /// For each given subject, the place of its watch.
  let given: [Int]
  /// When the wait began.
  package private(set) var startedAt = Instant(nanoseconds: 0)
  private var pace: Pace
  private var round = 0
  private var nextPage: Int?
  private var total: Int?
  private var notBefore: Instant?
  private(set) var trouble: String?
  var statesSeen: [String] = []

  /// Makes a machine for a request about subjects of a lifecycle, with or without lists to read.
  package init(_ request: WaitRequest, lifecycle: Lifecycle, canList: Bool) {
    self.request = request
    self.lifecycle = lifecycle
    self.canList = canList
    pace = Pace(every: request.every)
    var watches: [Watch] = []
    var positions: [String: Int] = [:]
    given = request.subjects.map { subject in
      if let known = positions[subject.id] { return known }
      positions[subject.id] = watches.count
      watches.append(Watch(subject, hopeless: request.hopeless))
      return watches.count - 1
    }
    self.watches = watches
    self.positions = positions
  }

  // MARK: Events

  /// The wait began.
  package mutating func began(at now: Instant) -> Action {
    startedAt = now
    return decision ?? beginRound(at: now)
  }

  /// A page of the list came; total is the size of the whole list, where the API says it.
  package mutating func paged(
    _ records: [(id: String, record: Record)], total: Int?, at now: Instant
  )
    -> Action
  {
    for (id, record) in records { found(id, record, at: now) }
    if let total { self.total = total }
    let isLast = records.count < WaitMachine.pageSize
    nextPage = isLast ? nil : nextPage.map { $0 + 1 }
    return nextLook()
  }

  /// A page did not come; the wait looks past it and, where the API asks for it, pauses.
  package mutating func pageFailed(_ message: String, retryAfter: Int?, at now: Instant) -> Action {
    troubled(message, retryAfter: retryAfter, at: now)
    return judgeFresh()
  }

  /// A look showed a record.
  package mutating func found(_ id: String, _ record: Record, at now: Instant) {
    guard let position = positions[id], watches[position].isOpen else { return }
    watches[position].found(
      record, at: now, for: lifecycle, stuckAfter: request.stuckAfter)
  }

  /// A look was answered by 404.
  package mutating func missed(_ id: String, at now: Instant) {
    guard let position = positions[id] else { return }
    watches[position].missed(at: now)
  }

  /// A look had no answer, or one that may pass; the wait looks past it.
  package mutating func lookFailed(
    _ id: String, _ message: String, retryAfter: Int?, at now: Instant
  ) {
    troubled(message, retryAfter: retryAfter, at: now)
  }

  /// The looks that were asked for are over, those too that were not made for trouble before.
  package mutating func looked(at now: Instant) -> Action { judgeFresh() }

  /// A judge said what it thinks of a look.
  package mutating func judged(_ id: String, _ verdict: Verdict) {
    guard let position = positions[id] else { return }
    watches[position].judged(verdict, round: round, expectsGone: request.expectsGone)
  }

  /// All looks of the round are judged; the jitter is drawn from 0..<1.
  package mutating func judgementsEnded(at now: Instant, jitter: Double) -> Action {
    if let decision { return decision }
    let pause = now.advanced(by: pace.next(jitter: jitter))
    return .park(until: max(pause, notBefore ?? pause))
  }

  /// The pause is over.
  package mutating func woke(at now: Instant) -> Action { beginRound(at: now) }

  /// The time is up.
  package mutating func timedOut() -> WaitFault {
    fault(.timedOut(nanoseconds: request.timeout ?? 0))
  }

  // MARK: A round of looks

  private mutating func beginRound(at now: Instant) -> Action {
    round += 1
    nextPage = canList ? 0 : nil
    if request.isQuestion { for position in watches.indices { watches[position].asked(at: now) } }
    notBefore = nil
    trouble = nil
    return nextLook()
  }

  private mutating func nextLook() -> Action {
    let missing = watches.indices.filter { watches[$0].isOpen && !watches[$0].isFresh }
    if missing.isEmpty { return judgeFresh() }
    if let page = nextPage, missing.count >= WaitMachine.pageWorth * pagesLeft(from: page) {
      return .page(page)
    }
    return .get(leastSeen(missing).map { watches[$0].id })
  }

  /// Those that were looked at longest ago first, so that trouble does not starve the last ones.
  private func leastSeen(_ open: [Int]) -> [Int] {
    open.sorted {
      let (a, b) = (watches[$0].seenAt, watches[$1].seenAt)
      if a == b { return $0 < $1 }
      guard let a else { return true }
      guard let b else { return false }
      return a < b
    }
  }

  private func pagesLeft(from page: Int) -> Int {
    guard let total else { return 1 }
    return max(1, (total + WaitMachine.pageSize - 1) / WaitMachine.pageSize - page)
  }

  private mutating func troubled(_ message: String, retryAfter: Int?, at now: Instant) {
    trouble = message
    guard let retryAfter else { return }
    let moment = now.advanced(by: retryAfter)
    notBefore = max(moment, notBefore ?? moment)
  }

  private mutating func judgeFresh() -> Action {
    let fresh = watches.indices.filter { watches[$0].isFresh }
    return .judge(fresh.map { watches[$0].look(for: lifecycle) })
  }
}
