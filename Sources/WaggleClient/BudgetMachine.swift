package import WaggleTime
package import WaggleWait

/// Decides when a call may go out, so that all calls of a credential stay within its quota.
///
/// What comes in are calls that arrive, ask and leave, and refusals for their number (429); what
/// goes out is whether the one that asks may go. Calls go in the order in which they arrived,
/// whichever strand they come from, and each try pays. A rate that somebody told is kept over every
/// stretch of its length, so the server has no reason to refuse; a bucket that starts full would
/// let twice as many through at first. Looks of waits go behind all other calls. Without a rate the
/// budget learns: a refusal stops everybody for as long as the server asks, and the calls of the
/// minute before it are taken for the quota, which grows by an eighth with each minute that goes
/// well. All calls that are under way when a quota is met are refused, so of changes in a burst only
/// a few are until one is known.
package struct BudgetMachine {
  /// What a call is for.
  package enum Kind: Sendable {
    /// A look of a wait: it goes behind all others.
    case look
    case read
    case change
  }

  /// What a call does.
  package enum Action: Equatable {
    /// It goes out, and is counted.
    case go
    /// It is the first in line, and asks again then.
    case park(until: Instant)
    /// It waits until the one before it has gone, or one that is under way was answered.
    case queue
  }

  /// A pause that a server asks for is kept by everybody up to this; each call meets a longer one
  /// by itself and fails, for a run must not stand still for an hour: 2 minutes.
  package static let longestPause = 120_000_000_000
  /// What is learned is no less than this, for another program may have used up the quota.
  package static let leastLearned = 6
  /// A refusal that met fewer calls in its minute than this teaches nothing alone.
  ///
  /// It may have been meant for others, or for something else. The pause that it asks for is kept.
  static let leastTelling = 30
  /// From how many calls in a second on a rate is kept over each second too: a quota of thousands a
  /// minute is no leave to send them all at once.
  static let burst = 50
  /// How long what a burst taught goes well before a little more is tried: 10 s.
  private static let probation = 10_000_000_000
  private static let minute = 60_000_000_000
  private static let usualPause = 1_000_000_000
  /// What a burst teaches is no less than this, for calls that are under way are refused together.
  private static let leastBurst = 8
  /// How many calls are under way while changes go out in a burst and no quota is known.
  static let probes = 4
  /// How much of a rate that was told goes out in a second, for answers that come sooner than others.
  private static let margin = 59.0 / 60
  /// The most of a second by which what a full bucket lets through is taken to exceed its rate.
  private static let mostRefilled = 0.5

  /// A call in line.
  private struct Waiting {
    let ticket: Int
    let kind: Kind
  }

  private var told: Rate?
  private var learned: Int?
  private var learnedAt = Instant(nanoseconds: 0)
  /// When a call was refused last for longer than a second.
  private var refusedAt: Instant?
  private var pausedUntil = Instant(nanoseconds: .min)
  private var window: CallWindow
  /// The calls of the last second, what is left of those that it may have, and how many these are;
  /// nil for any number.
  private var second = CallWindow(nanoseconds: BudgetMachine.usualPause)
  private var bucket = CallBucket()
  private var learnedOfSecond: Int?
  private var learnedOfSecondAt = Instant(nanoseconds: 0)
  /// When the calls of the last second began.
  private var burstAt = Instant(nanoseconds: 0)
  /// How many calls went out and were not answered yet.
  private var underWay = 0
  /// The calls that wait, in the order in which they came; looks go behind all others.
  private var line: [Waiting] = []
  private var looks: [Waiting] = []
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
    bucket.empty(at: now)
  }

  /// A call arrived; nil where it goes out at once, else its ticket, with which it asks.
  package mutating func arrived(_ kind: Kind = .read, at now: Instant) -> Int? {
    let isLook = kind == .look
    if line.isEmpty, !isLook || looks.isEmpty, turn(of: kind, at: now) == .go { return nil }
    lastTicket += 1
    let waiting = Waiting(ticket: lastTicket, kind: kind)
    if isLook { looks.append(waiting) } else { line.append(waiting) }
    return lastTicket
  }

  /// A call of the line asks whether it may go; one that may has left the line.
  package mutating func asked(_ ticket: Int, at now: Instant) -> Action {
    guard let next = line.first ?? looks.first, next.ticket == ticket else { return .queue }
    let action = turn(of: next.kind, at: now)
    if action == .go { left(ticket) }
    return action
  }

  /// A call of the line is no longer wanted.
  package mutating func left(_ ticket: Int) {
    line.removeAll { $0.ticket == ticket }
    looks.removeAll { $0.ticket == ticket }
  }

  /// The ticket whose turn is next.
  package var first: Int? { (line.first ?? looks.first)?.ticket }

  /// A call that went out was answered, or is given up; said after `refused` where it was.
  package mutating func ended() { underWay -= 1 }

  /// A call that went out at a moment was refused for the number of calls, perhaps for a time.
  ///
  /// Of those that are refused together the first one teaches.
  package mutating func refused(sent: Instant, retryAfter: Int?, at now: Instant) {
    let pause = retryAfter ?? Self.usualPause
    guard pause <= Self.longestPause else { return }
    pausedUntil = max(pausedUntil, now.advanced(by: pause))
    guard told == nil else { return }
    // What is meant for a second may read like two as a date.
    if let retryAfter, retryAfter <= 2 * Self.usualPause { return refusedBurst(sent, at: now) }
    window.move(to: now)
    let passed = window.total - underWay
    let isFirst = refusedAt.map { now.nanoseconds &- $0.nanoseconds > Self.minute } ?? true
    if sent > refusedAt ?? Instant(nanoseconds: .min) { refusedAt = now }
    guard passed >= Self.leastTelling || learned != nil || !isFirst else { return }
    guard learned == nil || sent > learnedAt else { return }
    learned = max(min(learned ?? .max, passed), Self.leastLearned)
    learnedAt = now
  }

  /// Learns from a refusal for a second; one that met few calls was meant for longer, or for others.
  ///
  /// What went well before the first is what a bucket held and what ran into it meanwhile: so many
  /// calls in a second would be refused again.
  private mutating func refusedBurst(_ sent: Instant, at now: Instant) {
    second.move(to: now)
    guard second.total >= Self.leastBurst, learnedOfSecond == nil || sent > learnedOfSecondAt
    else { return }
    let passed = second.total - underWay
    if let most = learnedOfSecond {
      learnedOfSecond = max(min(most, passed) - 1, Self.leastBurst)
    } else {
      let gone = Double(now.nanoseconds &- burstAt.nanoseconds) / Double(Self.usualPause)
      let perSecond = Double(passed) / (1 + min(gone, Self.mostRefilled))
      learnedOfSecond = max(Int(perSecond), Self.leastBurst)
    }
    learnedOfSecondAt = now
    bucket.empty(at: now)
  }

  /// What is left of the quota for looks, and how it is known.
  package mutating func allowance(at now: Instant) -> Allowance {
    window.move(to: now)
    let pause = pausedUntil > now ? pausedUntil : nil
    func known(_ count: Int, _ time: Int, _ source: Allowance.Source) -> Allowance {
      Allowance(
        count: count, nanoseconds: time, source: source, used: window.total, pausedUntil: pause)
    }
    if let told { return known(told.count, told.nanoseconds, .told) }
    let perMinute = learned ?? .max
    if let perSecond = learnedOfSecond, perSecond <= perMinute / 60 {
      return known(perSecond, Self.usualPause, .learned)
    }
    if let learned { return known(learned, Self.minute, .learned) }
    return known(Allowance.usual.count, Allowance.usual.nanoseconds, .assumed)
  }

  /// What the first in line does.
  private mutating func turn(of kind: Kind, at now: Instant) -> Action {
    if now < pausedUntil { return .park(until: pausedUntil) }
    window.move(to: now)
    if let most = quota(at: now), window.total >= most {
      return .park(until: window.moment(ofFewerThan: most))
    }
    second.move(to: now)
    if let perSecond = quotaOfSecond(at: now) {
      bucket.fill(perSecond, upTo: perSecond, at: now)
      if bucket.room < 1, let moment = bucket.moment(perSecond) { return .park(until: moment) }
    }
    let isKnown = told != nil || learned != nil || learnedOfSecond != nil
    if kind == .change, !isKnown, second.total >= Self.burst, underWay >= Self.probes {
      return .queue
    }
    if second.total == 0 { burstAt = now }
    window.add(at: now)
    second.add(at: now)
    bucket.take(1)
    underWay += 1
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

  /// The calls that a second may have; nil for any number.
  private mutating func quotaOfSecond(at now: Instant) -> Double? {
    if let told {
      let perSecond = told.count / max(told.nanoseconds / Self.usualPause, 1)
      return perSecond >= Self.burst ? Double(perSecond) * Self.margin : nil
    }
    guard let most = learnedOfSecond else { return nil }
    if now >= learnedOfSecondAt.advanced(by: Self.probation) {
      learnedOfSecond = most + max(most / 8, 1)
      learnedOfSecondAt = now
    }
    return learnedOfSecond.map(Double.init)
  }
}
