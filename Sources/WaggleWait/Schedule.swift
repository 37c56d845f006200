package import WaggleTime

/// One schedule for all open waits of a process: which looks to make, when, and who hears of them.
///
/// A machine: what comes in are waits that begin and end, strands that ask what to do, answers of
/// calls, each with its moment; what goes out are errands (calls to make), news and moments to park
/// until. It knows neither clock nor gateway nor what a condition is. A subject that several waits
/// ask about is read once, and what a look shows goes to every wait that began before its call was
/// sent. Pages of a list are read where they cost fewer calls than gets: those on which the subjects
/// were seen last, then as many as are needed for the rest; what no page showed is asked for by a
/// get, for pages are no snapshot. Where the list of a state (`Rolls`) costs less than half of that,
/// it is read instead.
///
/// A strand that waits asks for its turn again and again. It is given its news, or errands that
/// serve all, or it parks: one of those that are parked keeps the time, the others sleep until they
/// are rung. So whichever strand is awake does what is due, and none is needed for that alone.
///
///     let wait = schedule.began("Instance", ["instance_7"], canList: true, at: now)
///     schedule.turn(of: wait, at: now, allowance: .usual)      // .run([get instance_7])
///     schedule.found(errand, record, at: now)
///     schedule.turn(of: wait, at: now, allowance: .usual)      // .take([found …])
package struct Schedule {
  /// What a strand does next.
  package enum Turn: Sendable {
    /// Judge what looks showed.
    case take([News])
    /// Make these calls and answer each; then ask for the next turn.
    case run([Errand])
    /// Sleep until then or until rung; nil where somebody else keeps the time.
    case park(until: Instant?)
  }

  /// How many records a page is asked for: the most that the API gives.
  package static let pageSize = 200
  /// How many calls are made at once.
  package static let width = 8

  var waits: [Int: Subscription] = [:]
  var topics: [String: Topic] = [:]
  /// The types in the order in which they came.
  private var types: [String] = []
  private var purse = Purse()
  /// Numbers waits and calls as they come.
  private var last = 0
  private let seed: UInt64?
  /// The wait whose strand keeps the time, and until when it parks; nil for one that was just rung.
  private var keeper: (wait: Int, until: Instant?)?
  private var rung: [Int] = []

  /// Makes a schedule without waits; the seed decides the jitter, and without one there is none.
  package init(seed: UInt64? = nil) { self.seed = seed }

  // MARK: Waits come and go

  /// A wait for subjects of a type began, which goes by rolls where it is given them; gives its
  /// number.
  ///
  /// Waits of one kind are those that expect the same, so that one says how long the next may take.
  package mutating func began(
    _ type: String, _ ids: [String], canList: Bool, rolls: Rolls? = nil, every: Int? = nil,
    kind: [String] = [],
    at now: Instant
  ) -> Int {
    last += 1
    waits[last] = Subscription(type: type, ids: ids, every: every, at: now)
    if topics[type] == nil {
      topics[type] = Topic(canList: canList)
      types.append(type)
    }
    if let rolls { topics[type]?.rolls = rolls }
    topics[type]?.add(
      ids, of: last, every: every, kind: kind, goesByRolls: rolls != nil, at: now)
    return last
  }

  /// A wait has no more need of looks at these subjects; those that got there tell how long it took.
  package mutating func closed(_ ids: [String], of wait: Int, asReached: Bool = false) {
    guard let type = waits[wait]?.type else { return }
    for id in ids where waits[wait]?.open.remove(id) != nil {
      topics[type]?.remove(id, of: wait, asReached: asReached)
    }
  }

  /// A wait is over; another keeps the time where it did.
  package mutating func ended(_ wait: Int) {
    guard let open = waits[wait]?.open else { return }
    closed(Array(open), of: wait)
    waits[wait] = nil
    if keeper?.wait == wait { keeper = nil }
    if keeper == nil { appoint() }
  }

  /// The calls made on the account of a wait.
  package func calls(of wait: Int) -> Int { waits[wait]?.calls ?? 0 }

  /// Since when no call is answered that looks for a wait; nil where none is under way.
  package func unanswered(of wait: Int) -> Instant? {
    guard let wait = waits[wait], let tick = topics[wait.type]?.tick,
      !tick.wanted.isDisjoint(with: wait.open)
    else { return nil }
    return tick.unanswered
  }

  /// When a wait is looked for again: when a look at a subject of it is due, the API has not asked
  /// for a pause and the budget has room; nil for a wait that is over.
  package func nextLook(
    of wait: Int, at now: Instant, allowance: Allowance
  ) -> Instant? {
    guard let wait = waits[wait], let due = topics[wait.type]?.due(of: wait.open, jitter) else {
      return nil
    }
    return topics[wait.type]?.tick?.running ?? 0 > 0
      ? now : purse.moment(of: max(due, now), allowance)
  }

  /// The waits whose strands are to be woken since this was asked last.
  package mutating func takeRung() -> [Int] {
    defer { rung = [] }
    return rung
  }

  // MARK: A turn

  /// Says what the strand of a wait does now; one that is to stop is given no errands.
  package mutating func turn(
    of wait: Int, isStopping: Bool = false, at now: Instant, allowance: Allowance
  ) -> Turn {
    waits[wait]?.isParked = false
    if keeper?.wait == wait { keeper = nil }
    if waits[wait]?.isReleased ?? false { return .take(takeNews(of: wait, at: now)) }
    guard !isStopping, waits[wait] != nil else { return .park(until: nil) }
    let jitter = self.jitter
    for type in types {
      if let due = topics[type]?.due(jitter), due <= now {
        last += 1
        topics[type]?.beginTick(last, at: now, jitter: jitter)
      }
    }
    let errands = takeErrands(for: wait, at: now, allowance)
    if !errands.isEmpty { return .run(errands) }
    waits[wait]?.isParked = true
    return .park(until: keepTime(wait, at: now, allowance, jitter))
  }

  private mutating func takeNews(of wait: Int, at now: Instant) -> [News] {
    let news = waits[wait]?.news ?? []
    waits[wait]?.news = []
    waits[wait]?.isCalled = false
    waits[wait]?.isReleased = false
    return news
  }

  /// The errands that a strand takes: one where others can help, else as many as go out at once.
  private mutating func takeErrands(
    for wait: Int, at now: Instant, _ allowance: Allowance
  ) -> [Errand] {
    let pending = types.reduce(0) { $0 + (topics[$1]?.tick?.pending.count ?? 0) }
    guard pending > 0 else { return [] }
    let running = running
    let most = min(pending, purse.room(at: now, allowance))
    guard running < Self.width, most > 0 else { return [] }
    let hands = min(most, Self.width - running)
    let isShared = waits.count >= hands && waits.count > 1
    let errands = (0..<(isShared ? 1 : hands)).compactMap { _ in takeErrand(at: now) }
    purse.spend(errands.count)
    if isShared { ring(hands - 1) }
    let isBusyElsewhere = types.contains { type in
      topics[type]?.tick == nil && topics[type]?.targets.isEmpty == false
    }
    if isBusyElsewhere, keeper == nil { appoint() }
    return errands
  }

  /// How many calls are under way.
  private var running: Int { types.reduce(0) { $0 + (topics[$1]?.tick?.running ?? 0) } }

  private mutating func takeErrand(at now: Instant) -> Errand? {
    for type in types {
      guard let tick = topics[type]?.tick, let what = tick.pending.first else { continue }
      last += 1
      topics[type]?.tick?.pending.removeFirst()
      topics[type]?.tick?.running += 1
      topics[type]?.tick?.unanswered = now
      waits[topics[type]?.account(of: what) ?? tick.account]?.calls += 1
      var place: String?
      if case .roll(let name, _) = what { place = tick.rolls[name]?.place }
      return Errand(type: type, what: what, place: place, number: last, begun: now)
    }
    return nil
  }

  /// When a strand that parks has to be back, where it is the one that keeps the time.
  private mutating func keepTime(
    _ wait: Int, at now: Instant, _ allowance: Allowance, _ jitter: Double
  ) -> Instant? {
    var next: Instant?
    let hasRoom = running < Self.width
    for type in types {
      let tick = topics[type]?.tick
      let isHeldBack = tick.map { !$0.pending.isEmpty && $0.running == 0 && hasRoom } ?? false
      let moment = isHeldBack ? purse.moment(allowance) : topics[type]?.due(jitter)
      next = [next, moment].compactMap { $0 }.min()
    }
    guard let next else { return nil }
    if let keeper, keeper.until.map({ $0 <= next }) ?? true { return nil }
    keeper = (wait, next)
    return next
  }

  /// Makes the first that is parked keep the time.
  private mutating func appoint() {
    guard let first = parked.min() else { return }
    keeper = (first, nil)
    ring([first])
  }

  private var parked: some Sequence<Int> {
    waits.lazy.filter { $0.value.isParked }.map(\.key)
  }

  private mutating func ring(_ count: Int) {
    guard count > 0 else { return }
    ring(Array(parked.sorted().prefix(count)))
  }

  mutating func ring(_ waits: [Int]) {
    for wait in waits { self.waits[wait]?.isParked = false }
    rung += waits
  }

  /// Drawn anew for each call that was made, the same in each run.
  private var jitter: Double {
    guard let seed else { return 0 }
    var z = (seed ^ UInt64(truncatingIfNeeded: last)) &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
