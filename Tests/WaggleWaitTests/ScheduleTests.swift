import Testing
import WaggleTime
import WaggleValues
import WaggleWait

@Suite struct ScheduleTests {
  private static let second = 1_000_000_000
  private func at(_ ms: Int) -> Instant { Instant(nanoseconds: ms * 1_000_000) }

  /// What a strand is told to do, as a line.
  private func line(_ turn: Schedule.Turn) -> String {
    switch turn {
    case .take(let news): "take " + news.map(\.id).joined(separator: " ")
    case .run(let errands): words(of: errands)
    case .park(let until): until.map { "park \($0.nanoseconds / 1_000_000)" } ?? "park"
    }
  }

  private func turn(_ schedule: inout Schedule, _ wait: Int, _ ms: Int) -> Schedule.Turn {
    schedule.turn(of: wait, at: at(ms), allowance: .usual)
  }

  private func errand(_ turn: Schedule.Turn) throws -> Errand {
    guard case .run(let errands) = turn else { throw Missing() }
    return try #require(errands.first)
  }

  private struct Missing: Error {}

  @Test("a subject that two waits ask about is read once, and both hear of it")
  func shared() throws {
    var schedule = Schedule()
    let one = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let two = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let get = try errand(turn(&schedule, one, 0))
    #expect(line(turn(&schedule, two, 0)) == "park")
    schedule.found(get, instance("a", "pending"), at: at(80), allowance: .usual)
    #expect(schedule.takeRung() == [two])
    #expect(line(turn(&schedule, two, 80)) == "take a")
    #expect(line(turn(&schedule, one, 80)) == "take a")
    #expect(line(turn(&schedule, one, 80)) == "park 250")
    #expect(line(turn(&schedule, two, 80)) == "park")
  }

  @Test("an answer says nothing to a wait that began after its call was sent")
  func begunLater() throws {
    var schedule = Schedule()
    let one = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let get = try errand(turn(&schedule, one, 0))
    let two = schedule.began("Instance", ["a"], canList: true, at: at(40))
    #expect(line(turn(&schedule, two, 40)) == "park")
    schedule.found(get, instance("a", "stopped"), at: at(80), allowance: .usual)
    #expect(schedule.takeRung() == [])
    #expect(line(turn(&schedule, one, 80)) == "take a")
    schedule.ended(one)
    #expect(schedule.takeRung() == [two])
    let next = turn(&schedule, two, 80)
    // The look before took 80 ms, and a quarter of that is its break.
    #expect(line(next) == "park 100")
    #expect(line(turn(&schedule, two, 100)) == "get a")
  }

  @Test("when the strand that looks for all is stopped, another takes the call over at once")
  func takeOver() throws {
    var schedule = Schedule()
    let waits = (0..<3).map { _ in schedule.began("Instance", ["a"], canList: true, at: at(0)) }
    let get = try errand(turn(&schedule, waits[0], 0))
    for wait in waits.dropFirst() { #expect(line(turn(&schedule, wait, 0)) == "park") }
    schedule.gaveUp(get, at: at(10), allowance: .usual)
    schedule.ended(waits[0])
    #expect(schedule.takeRung() == [waits[1]])
    #expect(line(turn(&schedule, waits[1], 10)) == "get a")
  }

  @Test("one keeps the time; who has to be back sooner takes over, and the next when it ends")
  func keeper() throws {
    var schedule = Schedule()
    let one = schedule.began("Instance", ["a"], canList: true, every: 10 * Self.second, at: at(0))
    let first = try errand(turn(&schedule, one, 0))
    schedule.found(first, instance("a", "pending"), at: at(0), allowance: .usual)
    _ = turn(&schedule, one, 0)
    #expect(line(turn(&schedule, one, 0)) == "park 10000")
    let two = schedule.began("Task", ["t"], canList: false, at: at(1_000))
    let second = try errand(turn(&schedule, two, 1_000))
    schedule.found(second, instance("t", "pending"), at: at(1_000), allowance: .usual)
    _ = turn(&schedule, two, 1_000)
    _ = schedule.takeRung()
    #expect(line(turn(&schedule, one, 1_000)) == "park 1250")
    #expect(line(turn(&schedule, two, 1_000)) == "park")
    schedule.ended(one)
    #expect(schedule.takeRung() == [two])
    #expect(line(turn(&schedule, two, 1_100)) == "park 1250")
  }

  @Test("strands that wait share the calls of a round, and one alone makes eight at once")
  func hands() throws {
    let ids = (0..<8).map { "t\($0)" }
    var alone = Schedule()
    let only = alone.began("Task", ids, canList: false, at: at(0))
    #expect(line(turn(&alone, only, 0)) == "get t0 t1 t2 t3 t4 t5 t6 t7")

    var shared = Schedule()
    let first = shared.began("Task", ["s"], canList: false, every: Self.second, at: at(0))
    let get = try errand(turn(&shared, first, 0))
    shared.found(get, instance("s", "pending"), at: at(0), allowance: .usual)
    _ = turn(&shared, first, 0)
    let others = (1..<4).map {
      shared.began("Task", ["s\($0)"], canList: false, every: Self.second, at: at(0))
    }
    #expect(line(turn(&shared, first, 0)) == "get s1")
    #expect(line(turn(&shared, others[0], 0)) == "get s2")
    #expect(line(turn(&shared, others[1], 0)) == "get s3")
    #expect(line(turn(&shared, others[2], 0)) == "park")
  }

  @Test("a quota of one call a minute gives looks a call every two minutes")
  func smallQuota() throws {
    let quota = Allowance(count: 1, nanoseconds: 60 * Self.second, source: .told)
    var schedule = Schedule()
    let wait = schedule.began("Instance", ["a"], canList: true, at: at(0))
    var now = at(0)
    var calls: [Int] = []
    while calls.count < 4 {
      switch schedule.turn(of: wait, at: now, allowance: quota) {
      case .take: break
      case .run(let errands):
        calls.append(now.nanoseconds / Self.second)
        for errand in errands {
          schedule.found(errand, instance("a", "pending"), at: now, allowance: quota)
        }
      case .park(let until): now = try #require(until)
      }
    }
    #expect(calls == [0, 120, 240, 360])
  }

  @Test("a pause of a day is kept, and nothing is sent meanwhile")
  func retryAfterADay() throws {
    var schedule = Schedule()
    let wait = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let get = try errand(turn(&schedule, wait, 0))
    schedule.failed(
      get, "429", retryAfter: 86_400 * Self.second, at: at(0), allowance: .usual)
    #expect(line(turn(&schedule, wait, 0)) == "take ")
    #expect(line(turn(&schedule, wait, 0)) == "park 86400000")
  }

  /// Waits for one subject after another and gives, for each, how long its wait had lasted at its
  /// looks, in milliseconds.
  private func looks(
    taking times: [Int], every: Int? = nil, isReached: Bool = true, perMinute: Int = 6_000,
    source: Allowance.Source = .assumed
  ) throws -> [[Int]] {
    let quota = Allowance(count: perMinute, nanoseconds: 60 * Self.second, source: source)
    var schedule = Schedule()
    return try times.enumerated().map { place, time in
      let since = place * 1_000_000
      let wait = schedule.began(
        "Task", ["t\(place)"], canList: false, every: every, at: at(since))
      var (now, looks) = (at(since), [Int]())
      while true {
        switch schedule.turn(of: wait, at: now, allowance: quota) {
        case .take: break
        case .park(let until): now = try #require(until)
        case .run(let errands):
          looks.append(now.nanoseconds / 1_000_000 - since)
          let state = looks.last.map { $0 >= time } ?? false ? "completed" : "running"
          let task = instance("t\(place)", state)
          try schedule.found(#require(errands.first), task, at: now, allowance: quota)
          guard state == "completed" else { continue }
          schedule.closed(["t\(place)"], of: wait, asReached: isReached)
          schedule.ended(wait)
          return looks
        }
      }
    }
  }

  @Test("between the fastest and the slowest of three others, looks are made more often")
  func others() throws {
    let others = [60_000, 60_400, 59_700]
    let usual = try looks(taking: [60_200])[0]
    #expect(usual.suffix(3) == [52_784, 57_784, 62_784])
    let known = try looks(taking: others + [60_200, 57_000, 75_000])
    #expect(known[0...2].allSatisfy { $0 == usual })
    // The fastest came after 57,784 and the slowest before 62,784, and an eighth of that is 625.
    #expect(known[3].suffix(6) == [52_784, 57_784, 58_409, 59_034, 59_659, 60_284])
    #expect(known[4].suffix(2) == [52_784, 57_784])
    // Now the fastest came after 52,784: the steps are 1,250, and end one behind the slowest.
    let last = (1...9).map { 52_784 + $0 * 1_250 }
    #expect(known[5].suffix(13) == [52_784] + last + [69_034, 74_034, 79_034])
    #expect(try looks(taking: others + [60_200], isReached: false)[3] == usual)
    let poor = try looks(taking: others + [60_200], perMinute: 60)
    #expect(poor[3] == poor[0])
    #expect(
      try looks(taking: others + [60_200], every: 5 * Self.second)[3]
        == Array(stride(from: 0, through: 65_000, by: 5_000)))
  }

  @Test("a large quota that was told halves the pauses, and a small one leaves them as they are")
  func told() throws {
    let looks = try looks(taking: [90_000], source: .told)[0]
    for (one, next) in zip(looks, looks.dropFirst()) {
      #expect(abs(next - one - max(250, one / 20)) <= 1)
    }
    let small = try self.looks(taking: [90_000], perMinute: 120, source: .told)
    #expect(try small == self.looks(taking: [90_000], perMinute: 120, source: .learned))
  }

  @Test("the next look is when it is due, the API wants it and the budget has room")
  func nextLook() throws {
    var schedule = Schedule()
    let wait = schedule.began("Instance", ["a"], canList: true, at: at(0))
    func next(_ ms: Int, _ allowance: Allowance = .usual) -> Int? {
      schedule.nextLook(of: wait, at: at(ms), allowance: allowance).map {
        $0.nanoseconds / 1_000_000
      }
    }
    #expect(next(0) == 0)
    let first = try errand(turn(&schedule, wait, 0))
    #expect(next(40) == 40)
    schedule.found(first, instance("a", "pending"), at: at(80), allowance: .usual)
    #expect(next(80) == 250)
    let paused = Allowance(
      count: 600, nanoseconds: 60 * Self.second, source: .assumed, pausedUntil: at(9_000))
    #expect(next(80, paused) == 9_000)
    let small = Allowance(count: 1, nanoseconds: 60 * Self.second, source: .told)
    #expect(next(80, small) == 250)
    _ = turn(&schedule, wait, 80)
    #expect(line(turn(&schedule, wait, 80)) == "park 250")
    let second = try errand(turn(&schedule, wait, 250))
    schedule.failed(
      second, "429", retryAfter: 30 * Self.second, at: at(300), allowance: .usual)
    #expect(next(300) == 30_300)
    _ = turn(&schedule, wait, 300)
    #expect(line(turn(&schedule, wait, 300)) == "park 30300")
    schedule.ended(wait)
    #expect(next(300) == nil)
  }

  @Test("the next look waits for room in the budget")
  func nextLookHeldBack() throws {
    let quota = Allowance(count: 1, nanoseconds: 60 * Self.second, source: .told)
    var schedule = Schedule()
    let wait = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let get = try errand(schedule.turn(of: wait, at: at(0), allowance: quota))
    schedule.found(get, instance("a", "pending"), at: at(0), allowance: quota)
    let next = schedule.nextLook(of: wait, at: at(0), allowance: quota)
    #expect(next.map { $0.nanoseconds / Self.second } == 120)
  }

  @Test("waits for other types have rounds of their own")
  func mixedKinds() throws {
    var schedule = Schedule()
    let one = schedule.began("Instance", ["a"], canList: true, at: at(0))
    let two = schedule.began("Task", ["t"], canList: false, at: at(0))
    let get = try errand(turn(&schedule, one, 0))
    #expect(get.type == "Instance")
    let other = try errand(turn(&schedule, two, 0))
    #expect(other.type == "Task")
    schedule.found(other, instance("t", "done"), at: at(10), allowance: .usual)
    #expect(line(turn(&schedule, two, 10)) == "take t")
    schedule.found(get, instance("a", "pending"), at: at(80), allowance: .usual)
    #expect(line(turn(&schedule, one, 80)) == "take a")
  }
}
