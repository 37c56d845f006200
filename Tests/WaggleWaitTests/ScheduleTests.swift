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
