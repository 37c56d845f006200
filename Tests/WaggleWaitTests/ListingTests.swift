import Testing
import WaggleTime
import WaggleWait

@Suite("Lists that fail while single records are answered")
struct ListingTests {
  @Test("after two failures one is read, then all for a minute, and then the list is tried again")
  func failing() {
    var schedule = Schedule()
    var ms = 0
    let ids = ["a", "b", "c", "d", "e"]
    let wait = schedule.began("Instance", ids, canList: true, at: Instant(nanoseconds: 0))
    var lines: [String] = []
    while ms < 75_000 {
      let now = Instant(nanoseconds: ms * 1_000_000)
      switch schedule.turn(of: wait, at: now, allowance: .usual) {
      case .take: break
      case .park(let until): ms = max(ms + 1, (until?.nanoseconds ?? 0) / 1_000_000)
      case .run(let errands):
        lines.append("\(ms / 1_000) \(words(of: errands))")
        for errand in errands {
          if case .get(let id) = errand.what {
            schedule.found(errand, instance(id, "pending"), at: now, allowance: .usual)
          } else {
            schedule.failed(
              errand, "500", retryAfter: nil, blamesList: true, at: now, allowance: .usual)
          }
        }
      }
    }
    #expect(
      lines.prefix(5) == ["0 page 0", "0 page 0", "0 get a", "0 page 0", "0 get b c d e a"])
    let pages = lines.filter { $0.contains("page") }.map { $0.prefix { $0 != " " } }
    // The minute is over, the list fails before and behind a get, and so it is for another minute.
    #expect(pages.count == 5 && pages.suffix(2).allSatisfy { (60...66).contains(Int($0) ?? 0) })
  }

  @Test("where nothing is answered one call a round says so")
  func down() {
    var schedule = Schedule()
    let wait = schedule.began(
      "Instance", (0..<50).map { "i\($0)" }, canList: true, at: Instant(nanoseconds: 0))
    var calls = 0
    for ms in stride(from: 0, through: 10_000, by: 1_000) {
      let now = Instant(nanoseconds: ms * 1_000_000)
      for _ in 0..<3 {
        guard case .run(let errands) = schedule.turn(of: wait, at: now, allowance: .usual) else {
          continue
        }
        calls += errands.count
        for errand in errands {
          schedule.failed(
            errand, "502", retryAfter: nil, blamesList: true, at: now, allowance: .usual)
        }
      }
    }
    #expect(calls == 11)
  }
}
