import WaggleTime
import WaggleValues

/// The subjects of one type that anybody waits for, and the rounds of looks at them.
struct Topic {
  /// Whether there is a list to read.
  var canList: Bool
  /// How those that did not move are listed; nil where they are not.
  var rolls: Rolls?
  /// How many pages rolls had, and until when that is believed.
  var lengths: [String: (pages: Int, until: Instant)] = [:]
  /// How many subjects the last round saw to have moved: a roll costs a get for each.
  private(set) var moved = 0
  private(set) var targets: [String: Target] = [:]
  /// The round under way.
  var tick: Tick?
  private var arrivals = 0
  /// How many records the list has, where a page said so.
  private var total: Int?
  /// How many records a full page has.
  private var pageSize = Schedule.pageSize
  /// How many records the longest page had that was read.
  private var longest: Int?
  /// Whether the last page seen was the list's last, where no page says how long the list is.
  private var isRead = false
  /// No round begins before this: the API asked for a pause, or was slow to answer.
  private var notBefore = Instant(nanoseconds: .min)
  /// The next sweep begins no sooner, unless a wait fixed its pace: it costs several calls.
  private var rest = Instant(nanoseconds: .min)
  /// When the next look is due, until something changes that.
  private var known: Instant?
  /// How long subjects took, by the number of the kind of their waits.
  private var durations: [Durations] = []
  private var kinds: [[String]: Int] = [:]
  /// Whether lists can be read at all.
  var listing = Listing()
  /// How far pages are to be believed.
  private var doubt = Doubt()
  /// What the budget bears beyond what the bound demands.
  private var spare = Pace.Spare()

  /// The fewest subjects that a page is read for, whatever the list may be.
  static let fewest = 4
  /// The most gets of a round without pages, so that who comes meanwhile need not wait for all.
  static let mostGets = 64
  /// The part of the budget that goes to looks beyond those that the bound demands: a twelfth.
  private static let share = 12.0

  /// Makes a topic that nobody waits for yet.
  init(canList: Bool) { self.canList = canList }

  // MARK: Who waits

  /// Takes in a wait for some subjects.
  ///
  /// Beside many it has its first look in their next round, after the pause of a young wait: a
  /// thousand rounds that begin one after another would cost a get each. Beside few it has it at
  /// once, in the round under way if there is one.
  mutating func add(
    _ ids: [String], of wait: Int, every: Int?, kind: [String], goesByRolls: Bool, at now: Instant
  ) {
    let isJoining = targets.count >= Self.fewest
    let kind = number(of: kind)
    let interest = Target.Interest(
      wait: wait, since: now, first: isJoining ? now.advanced(by: Pace.first) : now, every: every,
      kind: kind, goesByRolls: goesByRolls)
    for id in ids {
      arrivals += targets[id] == nil ? 1 : 0
      targets[id, default: Target(id: id, arrival: arrivals)].interests.append(interest)
    }
    known = nil
    guard !isJoining, ids.count < Self.fewest, let tick, !tick.isTroubled else { return }
    let new = ids.filter { !tick.wanted.contains($0) }
    self.tick?.wanted.formUnion(new)
    self.tick?.pending += new.map(Errand.What.get)
  }

  private mutating func number(of kind: [String]) -> Int {
    if let known = kinds[kind] { return known }
    kinds[kind] = durations.count
    durations.append(Durations())
    return durations.count - 1
  }

  /// Takes out a wait's interest in a subject; one that got there tells how long that took.
  mutating func remove(_ id: String, of wait: Int, asReached: Bool) {
    if asReached, let target = targets[id],
      let interest = target.interests.first(where: { $0.wait == wait }),
      let took = target.took(since: interest.since), durations[interest.kind].add(took)
    {
      known = nil
    }
    targets[id]?.interests.removeAll { $0.wait == wait }
    guard targets[id]?.interests.isEmpty ?? false else { return }
    targets[id] = nil
    tick?.wanted.remove(id)
    if let tick, tick.wanted.isEmpty {
      self.tick?.pending = []
      if tick.running == 0 { endTick(at: nil) }
    }
  }

  // MARK: A round

  /// When the next round is due; nil while one is under way or nobody waits.
  mutating func due(_ jitter: Double) -> Instant? {
    guard tick == nil, !targets.isEmpty else { return nil }
    let earliest =
      known
      ?? targets.values.reduce(Instant(nanoseconds: .max)) { earliest, target in
        min(earliest, due(of: target, jitter))
      }
    known = earliest
    return max(earliest, notBefore)
  }

  /// When the next look at one of some subjects is due; nil where nobody waits for any.
  func due(of ids: Set<String>, _ jitter: Double) -> Instant? {
    ids.lazy.compactMap { targets[$0] }.map { due(of: $0, jitter) }.min().map { max($0, notBefore) }
  }

  private func due(of target: Target, _ jitter: Double) -> Instant {
    target.due(jitter, rest: rest, kinds: durations, spare: spare)
  }

  /// Begins a round: pages where they cost fewer calls than gets, else gets of what is due.
  mutating func beginTick(_ number: Int, at now: Instant, jitter: Double) {
    var due: [Target] = []
    var welcome: [Target] = []
    for target in targets.values {
      let moment = self.due(of: target, jitter)
      guard target.isWelcome(at: now, due: moment) else { continue }
      welcome.append(target)
      if moment <= now { due.append(target) }
    }
    due.sort { $0.isBehind($1) }
    guard let first = due.first, let account = first.interests.first?.wait else {
      known = nil
      return
    }
    let way = listing.way(at: now)
    let pages = pages(of: welcome)
    let sweeps =
      canList && way == .lists && welcome.count >= max(fewest(for: welcome), pages.count + 1)
    let unplaced = welcome.count { $0.last != nil && $0.page == nil }
    if way == .lists,
      let roll = rollCall(
        number, of: welcome, due: due, account: account,
        instead: sweeps ? pages.count + unplaced : welcome.count, at: now)
    {
      tick = roll
    } else if sweeps {
      tick = Tick(
        number: number, begun: now, account: account, pages: pages,
        wanted: Set(welcome.map(\.id)))
    } else {
      let asked = due.prefix(way == .probe ? 1 : Self.mostGets).map(\.id)
      rest = Instant(nanoseconds: .min)
      tick = Tick(
        number: number, begun: now, account: account, gets: asked, wanted: Set(asked))
      tick?.isProbe = way == .probe
    }
  }

  /// The wait on whose account a call is: who asked for the subject, or for the round.
  func account(of what: Errand.What) -> Int? {
    guard case .get(let id) = what else { return tick?.account }
    return targets[id]?.interests.first?.wait
  }

  /// The fewest subjects that pages are read for, where it is some of these.
  ///
  /// A page is one call, but work for the API and the wire, which counts as one subject more for
  /// each hundred records on it: a page of a short list is read for two, one of 200 records for
  /// four. A subject that no page has shown may be on none, so that it costs a page and a get. How
  /// long the list is, no get tells: that is tried once, at the second look, for many waits end with
  /// the first.
  private func fewest(for wanted: some Collection<Target>) -> Int {
    guard let longest else { return wanted.contains { $0.tried == nil } ? Self.fewest : 2 }
    let isShort = total.map { $0 <= pageSize } ?? isRead
    let areSeen = wanted.allSatisfy { $0.page != nil || isShort && $0.tried == nil }
    return areSeen ? min(2 + longest / 100, Self.fewest) : Self.fewest
  }

  /// The pages to begin a sweep with: where the subjects were last; the first where nothing is known.
  func pages(of wanted: [Target]) -> [Int] {
    let pages = Set(wanted.compactMap(\.page)).filter { page in
      total.map { page * pageSize < $0 } ?? true
    }
    return pages.isEmpty ? [0] : pages.sorted()
  }

  /// Takes in the records of a page.
  mutating func read(_ page: Int, _ count: Int, total: Int?) {
    listing.answered()
    longest = max(longest ?? 0, count)
    if let total {
      self.total = total
      // A gateway may give fewer than it is asked for: its full pages are as long as its first.
      if page == 0, count > 0, count < min(total, Schedule.pageSize) { pageSize = count }
    } else {
      isRead = count < pageSize
    }
  }

  /// Takes in what a look told of a subject; says whether it was news, nil where it is past.
  mutating func see(
    _ id: String, _ record: Record?, isRead: Bool, page: Int?, by errand: Errand
  ) -> Bool? {
    guard var target = targets[id] else { return nil }
    defer { targets[id] = target }
    if errand.isGet {
      listing.gotOne(at: errand.begun)
      let isDoubted = tick?.doubted.contains(id) ?? false
      target.got(record, isDoubted: isDoubted)
      if isDoubted, target.passed != nil { tick?.isBelied = true }
    } else if isRead, let record, target.isPast(record) {
      return nil
    }
    let wasMissing = target.isMissing
    let last = target.last
    let before = target.looked
    target.tried = Target.Try(number: errand.number, begun: errand.begun)
    target.looked = errand.begun
    if isRead { target.read = errand.begun }
    if let rolls, let last, rolls.name(last) != record.flatMap(rolls.name) { tick?.moved += 1 }
    target.isMissing = record == nil
    target.last = record
    if record == nil { target.page = nil } else if let page { target.page = page }
    tick?.wanted.remove(id)
    if tick?.wanted.isEmpty ?? false { tick?.pending = [] }
    var isNew = wasMissing != target.isMissing || record != nil
    if let record, let last { isNew = !Value.isSame(.record(record), .record(last)) }
    if isNew, let before { target.changed = before...max(before, errand.begun) }
    if isNew { doubt.heard(at: errand.begun) }
    if isNew || errand.isGet { target.assured = errand.begun }
    return isNew
  }

  /// A call of the round failed: what is left of it is left to the next.
  mutating func trouble(retryAfter: Int?, blamesList: Bool, at now: Instant) {
    if blamesList { listing.failed() }
    // Where one is asked for all, all have been tried.
    if listing.isFailing { tick?.wanted = Set(targets.keys) }
    tick?.isTroubled = true
    tick?.pending = []
    guard let retryAfter else { return }
    notBefore = max(notBefore, now.advanced(by: retryAfter))
  }

  /// Goes on with the round after an answer; says whether it is over.
  mutating func goOn(at now: Instant, _ allowance: Allowance) -> Bool {
    guard var tick, tick.isIdle else { return self.tick == nil }
    if tick.isProbe, !tick.isTroubled, canList {
      tick.goOn(with: pages(of: Array(targets.values)), for: Set(targets.keys))
      self.tick = tick
      return false
    }
    if tick.isSweep, !tick.isTroubled, !tick.isConfirming {
      let unread = tick.rolls.isEmpty ? unread(beside: tick.pages) : []
      let rolls = nextRolls(of: tick)
      if !rolls.isEmpty {
        tick.pending = rolls
        for case .roll(let name, _) in rolls { tick.rolls[name]?.pages += 1 }
      } else if let pages = pagesInstead(of: tick) {
        tick.pending = pages.map(Errand.What.page)
        tick.pages = Set(pages)
        tick.rolls = [:]
      } else if tick.wanted.count >= max(Self.fewest, unread.count + 1), !unread.isEmpty {
        let least = (tick.wanted.count + pageSize - 1) / pageSize
        tick.pending = unread.prefix(least).map(Errand.What.page)
        tick.pages.formUnion(unread.prefix(least))
      } else {
        tick.isConfirming = true
        for id in tick.wanted where targets[id]?.page.map(tick.pages.contains) ?? false {
          targets[id]?.page = nil
        }
        tick.doubted = doubted(beside: tick)
        tick.wanted.formUnion(tick.doubted)
        let missing = tick.wanted.compactMap { targets[$0] }.sorted { $0.isBehind($1) }
        tick.pending = missing.map { .get($0.id) }
      }
      self.tick = tick
      if !tick.pending.isEmpty { return false }
    }
    if !tick.doubted.isEmpty, !tick.isTroubled {
      doubt.confirmed(isBelied: tick.isBelied, at: tick.begun)
    }
    spare = spare(allowance)
    if tick.isSweep, tick.pageCount > 1 {
      let pause = Pace.pause(after: .max, every: nil, jitter: 0.5)
      rest = tick.begun.advanced(
        by: min(pause, Self.share(of: tick.pageCount, allowance)))
    }
    endTick(at: now)
    return true
  }

  /// The subjects that the pages of a round showed and gets are to confirm.
  private func doubted(beside tick: Tick) -> Set<String> {
    let number = doubt.number(at: tick.begun)
    guard number > 0 else { return [] }
    let shown = targets.values.filter {
      $0.tried?.number ?? 0 > tick.number && !tick.wanted.contains($0.id) && $0.page != nil
    }
    let oldest = shown.sorted {
      let (a, b) = ($0.assured ?? tick.begun, $1.assured ?? tick.begun)
      return a == b ? $0.arrival < $1.arrival : a < b
    }
    return Set(oldest.prefix(number).map(\.id))
  }

  /// What the budget bears beyond what the bound demands, going by what a look at all costs.
  private func spare(_ allowance: Allowance) -> Pace.Spare {
    let pages = Set(targets.values.compactMap(\.page)).count
    let isSwept = canList && targets.count >= max(fewest(for: targets.values), pages + 1)
    let calls = isSwept ? max(pages, 1) : targets.count
    return Pace.Spare(
      pause: Self.share(of: calls, allowance), isTold: allowance.source == .told)
  }

  /// The nanoseconds in which so many calls are that part of the budget.
  private static func share(of calls: Int, _ allowance: Allowance) -> Int {
    Int(min(Double(calls) * share / allowance.perSecond * 1e9, 1e18))
  }

  /// The pages that the list has beside those of the round, from its beginning on.
  private func unread(beside pages: Set<Int>) -> [Int] {
    if let total {
      return (0..<((total + pageSize - 1) / pageSize)).filter { !pages.contains($0) }
    }
    return isRead ? [] : [(pages.max() ?? -1) + 1]
  }

  /// Ends the round; what it did not get to was tried all the same, or trouble would have no pause.
  private mutating func endTick(at now: Instant?) {
    guard let tick else { return }
    self.tick = nil
    known = nil
    moved = tick.moved
    for id in tick.wanted {
      targets[id]?.tried = Target.Try(number: tick.number, begun: tick.begun)
    }
    // Calls that take long are not to follow one another without a break.
    guard let now else { return }
    notBefore = max(notBefore, now.advanced(by: tick.slowest / 4))
  }
}
