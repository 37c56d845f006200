package import WaggleTime
package import WaggleValues

/// One wait: what it knows of its subjects, what its judge is to be asked, and when it is over.
///
/// A machine: what comes in are news of looks, each with its moment, and what the judge says of
/// them; what goes out are the looks to judge and the end. When to look is decided by a `Schedule`
/// for all waits together. The room knows neither clock nor gateway, nor any field of the API: a
/// `Lifecycle` tells it which fields say what.
///
///     var machine = WaitMachine(request, lifecycle: instance)
///     machine.began(at: now)                        // nil: it goes on
///     machine.take(news)
///     for look in machine.looks() { machine.judged(look.id, …) }
///     let end = machine.judgementsEnded()           // .reached([…])
package struct WaitMachine {
  /// How a wait is over.
  package enum End {
    /// It has got there, with the records in the given order.
    case reached([Value])
    /// It has failed.
    case failed(WaitFault)
  }

  let request: WaitRequest
  let lifecycle: Lifecycle
  var watches: [Watch]
  private let positions: [String: Int]
  /// For each given subject, the place of its watch.
  let given: [Int]
  /// When the wait began.
  package private(set) var startedAt = Instant(nanoseconds: 0)
  /// Whether it came to an end of its own.
  private(set) var hasEnded = false
  private var round = 0
  private(set) var trouble: String?
  var statesSeen: [String] = []

  /// Makes a machine for a request about subjects of a lifecycle.
  package init(_ request: WaitRequest, lifecycle: Lifecycle) {
    self.request = request
    self.lifecycle = lifecycle
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

  /// The ids of the subjects that are to be looked at, each once, in the given order.
  package var open: [String] { watches.lazy.filter(\.isOpen).map(\.id) }

  /// Whether a subject is still to be looked at.
  package func isOpen(_ id: String) -> Bool { positions[id].map { watches[$0].isOpen } ?? false }

  // MARK: Events

  /// The wait began; nil where it goes on.
  package mutating func began(at now: Instant) -> End? {
    startedAt = now
    return decide()
  }

  /// Looks showed something.
  package mutating func take(_ news: [News]) {
    round += 1
    trouble = nil
    for news in news {
      guard case .trouble(let message) = news.what else {
        take(news)
        continue
      }
      trouble = message
    }
  }

  private mutating func take(_ news: News) {
    guard let position = positions[news.id], watches[position].isOpen else { return }
    switch news.what {
    case .found(let record):
      watches[position].found(
        record, at: news.moment, for: lifecycle, stuckAfter: request.stuckAfter)
    case .missed: watches[position].missed(at: news.moment)
    case .trouble: break
    }
  }

  /// What the judge is to be asked now: everything that looks showed since it was asked last.
  package mutating func looks() -> [Look] {
    let fresh = watches.indices.filter { watches[$0].isFresh }
    return fresh.map { watches[$0].look(for: lifecycle) }
  }

  /// A judge said what it thinks of a look.
  package mutating func judged(_ id: String, _ verdict: Verdict) {
    guard let position = positions[id] else { return }
    watches[position].judged(verdict, round: round, expectsGone: request.expectsGone)
  }

  /// All looks are judged; nil where the wait goes on.
  package mutating func judgementsEnded() -> End? { decide() }

  private mutating func decide() -> End? {
    let end = decision
    hasEnded = end != nil
    return end
  }

  /// How long a call may take before it is said that it is not answered, in nanoseconds: 2 s.
  private static let patience = 2_000_000_000

  /// The time is up; the last call that looked has had no answer for so many nanoseconds.
  package mutating func timedOut(unansweredFor time: Int? = nil) -> WaitFault {
    hasEnded = true
    if let time, trouble == nil, round == 0 || time >= Self.patience {
      let time = Duration(nanoseconds: time / 100_000_000 * 100_000_000)
      trouble = "no answer within \(time.text)"
    }
    return fault(.timedOut(nanoseconds: request.timeout ?? 0))
  }
}
