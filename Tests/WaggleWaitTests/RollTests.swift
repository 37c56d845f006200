import Testing
import WaggleTime
import WaggleValues
import WaggleWait

@Suite("Lists of those that did not move")
struct RollTests {
  /// One strand that waits for all of some tasks, and what it is told to do.
  private struct Waiting {
    private var schedule = Schedule()
    private let wait: Int
    private var ms = 0

    init(_ ids: [String], showsRecords: Bool = false, goesByRolls: Bool = true) {
      let rolls = Rolls(showsRecords: showsRecords) { record in
        guard case .text(let status)? = record["status"], status != "completed" else { return nil }
        return showsRecords ? status : "open"
      }
      wait = schedule.began(
        "Task", ids, canList: false, rolls: goesByRolls ? rolls : nil,
        at: Instant(nanoseconds: 0))
    }

    private var now: Instant { Instant(nanoseconds: ms * 1_000_000) }

    /// What is to be done at a moment, past news; the errands are left to be answered.
    mutating func errands(at ms: Int) -> [Errand] {
      self.ms = ms
      while true {
        switch schedule.turn(of: wait, at: now, allowance: .usual) {
        case .take: continue
        case .run(let errands): return errands
        case .park: return []
        }
      }
    }

    /// Answers gets with records of a status.
    mutating func found(_ errands: [Errand], _ status: String) {
      for errand in errands {
        guard case .get(let id) = errand.what else { continue }
        schedule.found(errand, instance(id, status), at: now, allowance: .usual)
      }
    }

    mutating func called(_ errand: Errand, _ ids: [String], next: String? = nil) {
      let rows = ids.map { ($0, instance($0, "active")) }
      let page = RollPage(rows, hasMore: next != nil, place: next)
      schedule.called(errand, page, at: now, allowance: .usual)
    }

    mutating func refused(_ errand: Errand) {
      schedule.refused(errand, at: now, allowance: .usual)
    }

    mutating func close(_ ids: [String]) { schedule.closed(ids, of: wait) }
  }

  @Test("after a first look one by one a list tells who has not ended, and the others are read")
  func open() {
    var waiting = Waiting(["a", "b", "c", "d", "e"])
    let gets = waiting.errands(at: 0)
    #expect(words(of: gets) == "get a b c d e")
    waiting.found(gets, "working")
    let roll = waiting.errands(at: 250)
    #expect(words(of: roll) == "roll open 0")
    waiting.called(roll[0], ["x", "e", "a", "c"])
    let missing = waiting.errands(at: 250)
    #expect(words(of: missing) == "get b d")
    waiting.found(missing, "completed")
    waiting.close(["b", "d"])
    #expect(words(of: waiting.errands(at: 500)) == "get a c e")
  }

  @Test("a wait that has to see more than the end reads one by one")
  func needsRecords() {
    var waiting = Waiting(["a", "b", "c", "d"], goesByRolls: false)
    waiting.found(waiting.errands(at: 0), "working")
    #expect(words(of: waiting.errands(at: 250)) == "get a b c d")
  }

  @Test("a long roll is read from place to place while that costs less than gets")
  func places() {
    let ids = (0..<7).map { "t\($0)" }
    var waiting = Waiting(ids)
    waiting.found(waiting.errands(at: 0), "working")
    let first = waiting.errands(at: 250)
    #expect(words(of: first) == "roll open 0" && first[0].place == nil)
    waiting.called(first[0], ["t0"], next: "p1")
    let second = waiting.errands(at: 250)
    #expect(words(of: second) == "roll open 1" && second[0].place == "p1")
    waiting.called(second[0], ["t1"], next: "p2")
    let third = waiting.errands(at: 250)
    #expect(words(of: third) == "roll open 2" && third[0].place == "p2")
    waiting.called(third[0], ["t2"], next: "p3")
    // Three pages found three, and four are left: gets are cheaper from here on, for a minute.
    let rest = waiting.errands(at: 250)
    #expect(words(of: rest) == "get t3 t4 t5 t6")
    waiting.found(rest, "working")
    #expect(words(of: waiting.errands(at: 10_000)) == "get t0 t1 t2 t3 t4 t5 t6")
  }

  @Test("who stands on a roll that shows no records is read now and then all the same")
  func unread() {
    var waiting = Waiting(["a", "b", "c", "d"])
    waiting.found(waiting.errands(at: 0), "working")
    var read: [String] = []
    for ms in stride(from: 5_000, through: 60_000, by: 5_000) {
      for errand in waiting.errands(at: ms) {
        if case .get(let id) = errand.what {
          read.append("\(id) at \(ms)")
          waiting.found([errand], "working")
        } else {
          waiting.called(errand, ["a", "b", "c", "d"])
        }
      }
    }
    #expect(read == ["a at 35000", "b at 40000", "c at 45000", "d at 50000"])
  }

  @Test("a roll that may not be read is left for gets")
  func refused() {
    var waiting = Waiting(["a", "b", "c", "d"])
    waiting.found(waiting.errands(at: 0), "working")
    waiting.refused(waiting.errands(at: 250)[0])
    #expect(words(of: waiting.errands(at: 1_000)) == "get a b c d")
  }

  @Test("where many have moved at once the pages of the whole list are read in place of gets")
  func moved() throws {
    let ids = (0..<100).map { "i\($0)" }
    var schedule = Schedule()
    var ms = 0
    var now: Instant { Instant(nanoseconds: ms * 1_000_000) }
    let rolls = Rolls(showsRecords: true) { record in
      if case .text(let status)? = record["status"] { status } else { nil }
    }
    let wait = schedule.began("Instance", ids, canList: true, rolls: rolls, at: now)
    func errands() -> [Errand] {
      while true {
        switch schedule.turn(of: wait, at: now, allowance: .usual) {
        case .take: continue
        case .run(let errands): return errands
        case .park: return []
        }
      }
    }
    // They stand on five pages, twenty on each.
    func answer(_ errand: Errand) {
      guard case .page(let page) = errand.what else { return }
      let rows = ids.dropFirst(page * 20).prefix(20).map { ($0, instance($0, "pending")) }
      schedule.paged(errand, rows, count: 200, total: 1_000, at: now, allowance: .usual)
    }
    while ms < 1 {
      let pages = errands()
      if pages.isEmpty { break }
      for page in pages { answer(page) }
    }
    ms = 8_000
    let roll = errands()
    #expect(words(of: roll) == "roll pending 0")
    let left = ids.prefix(10).map { ($0, instance($0, "pending")) }
    schedule.called(
      try #require(roll.first), RollPage(left, hasMore: false), at: now, allowance: .usual)
    #expect(words(of: errands()) == "page 0 1 2 3 4")
  }

  @Test("a roll of whole records is read where many would have to be read one by one")
  func whole() {
    var waiting = Waiting(["a", "b", "c", "d", "e", "f"], showsRecords: true)
    let gets = waiting.errands(at: 0)
    waiting.found(Array(gets.prefix(5)), "pending")
    waiting.found(Array(gets.suffix(1)), "running")
    let next = waiting.errands(at: 300)
    #expect(words(of: next) == "roll pending 0 f")
  }
}
