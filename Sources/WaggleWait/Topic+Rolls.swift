import WaggleTime
import WaggleValues

/// Which rolls are read, and what they say.
extension Topic {
  /// How long the length of a roll is remembered: a minute.
  private static let memory = 60_000_000_000
  /// How long a subject may go by rolls that show no records before it is read: 30 s.
  private static let longestUnread = 30_000_000_000

  /// A round that reads rolls, where it costs less than half of another way to look at the same
  /// subjects; nil where it does not.
  func rollCall(
    _ number: Int, of welcome: [Target], due: [Target], account: Int, instead: Int, at now: Instant
  ) -> Tick? {
    let called = called(of: welcome, at: now)
    let names = called.keys.sorted()
    let ids = Set(called.values.joined().map(\.id))
    var gets = due.filter { !ids.contains($0.id) }.map(\.id)
    let cost = names.reduce(gets.count + moved) {
      $0 + length(of: $1, called[$1]?.count ?? 0, at: now)
    }
    guard !names.isEmpty, 2 * cost <= instead else { return nil }
    if let unread = unread(of: called, at: now) { gets.append(unread) }
    gets = Array(gets.prefix(Self.mostGets))
    return Tick(
      number: number, begun: now, account: account, rolls: names, gets: gets,
      wanted: ids.union(gets))
  }

  /// The subjects for which it pays to read a roll, by its name.
  private func called(of wanted: [Target], at now: Instant) -> [String: [Target]] {
    var called: [String: [Target]] = [:]
    for target in wanted {
      if let name = roll(of: target) { called[name, default: []].append(target) }
    }
    return called.filter { name, targets in
      targets.count >= max(Self.fewest, 2 * length(of: name, targets.count, at: now))
    }
  }

  private func roll(of target: Target) -> String? {
    guard let last = target.last, target.goesByRolls else { return nil }
    return rolls?.name(last)
  }

  /// How many pages a roll has on which so many subjects stand, as far as known.
  private func length(of name: String, _ count: Int, at now: Instant) -> Int {
    guard let known = lengths[name], known.until > now else {
      return (count + Schedule.pageSize - 1) / Schedule.pageSize
    }
    return known.pages
  }

  /// Who was not read for longest, where rolls show no records and it was too long.
  private func unread(of called: [String: [Target]], at now: Instant) -> String? {
    guard rolls?.showsRecords == false else { return nil }
    let oldest = called.values.joined().min { ($0.read, $0.arrival) < ($1.read, $1.arrival) }
    guard let oldest, now.nanoseconds &- oldest.read.nanoseconds > Self.longestUnread else {
      return nil
    }
    return oldest.id
  }

  /// Takes in a page of a roll.
  mutating func called(_ name: String, _ number: Int, _ page: RollPage, at now: Instant) {
    listing.answered()
    tick?.rolls[name]?.hasMore = page.hasMore
    tick?.rolls[name]?.place = page.place
    let pages = page.length ?? (number + (page.hasMore ? 2 : 1))
    lengths[name] = (pages, now.advanced(by: Self.memory))
  }

  /// The pages of rolls that a round goes on to: while they show more than gets would.
  func nextRolls(of tick: Tick) -> [Errand.What] {
    var left: [String: Int] = [:]
    for id in tick.wanted {
      if let target = targets[id], let name = roll(of: target) { left[name, default: 0] += 1 }
    }
    return tick.rolls.keys.sorted().compactMap { name in
      guard let roll = tick.rolls[name], roll.hasMore,
        left[name] ?? 0 >= max(Self.fewest, 2 * roll.pages)
      else { return nil }
      return .roll(name, page: roll.pages)
    }
  }

  /// The pages of the whole list that cost less than gets for those whom no roll showed, where so
  /// many have moved at once; nil where they do not.
  func pagesInstead(of tick: Tick) -> [Int]? {
    guard canList, !tick.rolls.isEmpty else { return nil }
    let pages = pages(of: tick.wanted.compactMap { targets[$0] })
    return tick.wanted.count >= max(Self.fewest, pages.count + 1) ? pages : nil
  }
}
