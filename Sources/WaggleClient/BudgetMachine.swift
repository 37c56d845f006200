package import WaggleTime

/// Decides when a call may go out, so that all calls of a credential stay within its quota.
///
/// What comes in are calls that arrive, ask and leave, and refusals for their number (429); what
/// goes out is whether the one that asks may go. Calls go in the order in which they arrived,
/// whichever strand they come from, and each try pays. A rate that somebody told is kept over every
/// stretch of its length, so the server has no reason to refuse; a bucket that starts full would
/// let twice as many through at first. Without one the budget learns: a refusal stops everybody for
/// as long as the server asks, and the calls of the minute before it are taken for the quota, which
/// grows by an eighth with each minute that goes well.
package struct BudgetMachine {
  /// What a call does.
  package enum Action: Equatable {
    /// It goes out, and is counted.
    case go
    /// It is the first in line, and asks again then.
    case park(until: Instant)
    /// It waits until the one before it has gone.
    case queue
  }

  /// A pause that a server asks for is kept by everybody up to this; each call meets a longer one
  /// by itself and fails, for a run must not stand still for an hour: 2 minutes.
  package static let longestPause = 120_000_000_000
  /// What is learned is no less than this, for another program may have used up the quota.
  package static let leastLearned = 6
  private static let minute = 60_000_000_000
  private static let usualPause = 1_000_000_000

  private var told: Rate?
  private var learned: Int?
  private var learnedAt = Instant(nanoseconds: 0)
  private var pausedUntil = Instant(nanoseconds: .min)
  private var window: CallWindow
  private var line: [Int] = []
  private var lastTicket = 0

  /// Keeps to a rate, or to what it learns.
  package init(_ rate: Rate?) {
    told = rate
    window = CallWindow(nanoseconds: rate?.nanoseconds ?? Self.minute)
  }

  /// Keeps to another rate from now on, under which the calls of the stretch before count as made
  /// now, so that nothing is gained by changing it.
  package mutating func keep(to rate: Rate?, at now: Instant) {
    guard rate != told else { return }
    window.move(to: now)
    let made = min(window.total, rate?.count ?? .max)
    told = rate
    window = CallWindow(nanoseconds: rate?.nanoseconds ?? Self.minute)
    for _ in 0..<made { window.add(at: now) }
  }

  /// A call arrived; nil where it goes out at once, else its ticket, with which it asks.
  package mutating func arrived(at now: Instant) -> Int? {
    if line.isEmpty, turn(at: now) == .go { return nil }
    lastTicket += 1
    line.append(lastTicket)
    return lastTicket
  }

  /// A call of the line asks whether it may go; one that may has left the line.
  package mutating func asked(_ ticket: Int, at now: Instant) -> Action {
    guard line.first == ticket else { return .queue }
    let action = turn(at: now)
    if action == .go { line.removeFirst() }
    return action
  }

  /// A call of the line is no longer wanted.
  package mutating func left(_ ticket: Int) { line.removeAll { $0 == ticket } }

  /// The ticket whose turn is next.
  package var first: Int? { line.first }

  /// A call was refused for the number of calls; the server may have said for how long.
  package mutating func refused(retryAfter: Int?, at now: Instant) {
    let pause = retryAfter ?? Self.usualPause
    guard pause <= Self.longestPause else { return }
    pausedUntil = max(pausedUntil, now.advanced(by: pause))
    // A quota of a second is kept by the pause alone.
    guard told == nil, retryAfter.map({ $0 > Self.usualPause }) ?? true else { return }
    window.move(to: now)
    learned = max(min(learned ?? .max, window.total) - 1, Self.leastLearned)
    learnedAt = now
  }

  /// What the first in line does.
  private mutating func turn(at now: Instant) -> Action {
    if now < pausedUntil { return .park(until: pausedUntil) }
    window.move(to: now)
    if let most = quota(at: now), window.total >= most {
      return .park(until: window.moment(ofFewerThan: most))
    }
    window.add(at: now)
    return .go
  }

  /// The calls that a stretch may have; nil for any number.
  private mutating func quota(at now: Instant) -> Int? {
    if let told { return told.count }
    guard let most = learned else { return nil }
    if now < learnedAt.advanced(by: Self.minute) { return most }
    learned = most + max(most / 8, 1)
    learnedAt = now
    return learned
  }
}
