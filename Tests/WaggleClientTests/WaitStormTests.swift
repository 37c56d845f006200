import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues
import WaggleWait

/// Many waits at once, that share subjects, begin and give up at any moment, while calls fail.
@Suite struct WaitStormTests {
  /// A wait of the storm, drawn from a seed; times in milliseconds.
  private struct Plan {
    let places: [Int]
    let begins: Int
    let timeout: Int
    /// When somebody cancels it, after its beginning; nil for nobody.
    let cancelled: Int?
  }

  private struct Draws {
    var state: UInt64

    mutating func next(_ range: Range<Int>) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(state >> 33) % range.count
    }
  }

  private static let never = 1_000_000_000

  private func plans(_ draws: inout Draws, of count: Int) -> [Plan] {
    (0..<40).map { _ in
      let places = (0..<draws.next(1..<7)).map { _ in draws.next(0..<count) }
      let (begins, timeout) = (draws.next(0..<10_000), draws.next(500..<40_000))
      let isCancelled = draws.next(0..<5) == 0
      return Plan(
        places: places, begins: begins, timeout: timeout,
        cancelled: isCancelled ? draws.next(1..<timeout) : nil)
    }
  }

  /// Runs the waits of a seed; gives how each ended and when, in milliseconds.
  private func storm(
    _ fleet: QuotaFleet, _ plans: [Plan], ids: [String]
  ) -> [(end: String, at: Int)] {
    let ends = Guarded([(end: String, at: Int)](repeating: ("nothing", 0), count: plans.count))
    virtually { strand in
      let budget = RequestBudget(rate: nil)
      let desk = WaitDesk(
        BudgetedGateway(fleet, budget), catalogue: .beeOS, seed: 1, budget: budget.allowance(at:))
      strand.parallel(
        rounds: plans.count, width: plans.count, token: strand.token, name: { "r[\($0)]" }
      ) { round, strand in
        let plan = plans[round]
        strand.sleep(nanoseconds: plan.begins * 1_000_000)
        let token = strand.token.child(
          deadline: plan.cancelled.map { strand.now.advanced(by: $0 * 1_000_000) })
        let end = strand.under(token) { wait(for: plan, of: fleet, ids, at: desk, on: strand) }
        let at = strand.now.nanoseconds / 1_000_000
        ends.withLock { $0[round] = (end, at) }
        return true
      }
    }
    return ends.withLock { $0 }
  }

  private func wait(
    for plan: Plan, of fleet: QuotaFleet, _ ids: [String], at desk: WaitDesk, on strand: Strand
  ) -> String {
    let request = WaitRequest(
      subjects: plan.places.map { Subject(id: ids[$0]) }, timeout: plan.timeout * 1_000_000,
      judge: fleet.judge(on: strand))
    do throws(WaitStop) {
      let records = try desk.wait(request, on: strand)
      return records.map { $0.id ?? "null" } == plan.places.map { ids[$0] } ? "reached" : "wrong"
    } catch {
      switch error {
      case .fault(let fault):
        if case .timedOut = fault.cause { return "timed out" }
        return "failed"
      case .cancelled: return "cancelled"
      default: return "stopped"
      }
    }
  }

  @Test(
    "whatever comes and goes, each wait ends when it should, and the same in each run",
    arguments: 0..<12)
  func ends(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 7919 &+ 1)
    let ready = (0..<30).map { _ in
      draws.next(0..<8) == 0 ? Self.never : draws.next(0..<25_000)
    }
    let down = draws.next(5_000..<20_000)
    let (downFor, perSecond) = (draws.next(0..<4_000), draws.next(20..<60))
    let plans = plans(&draws, of: ready.count)
    func run() -> [(end: String, at: Int)] {
      let fleet = QuotaFleet(
        ready: ready, perSecond: Double(perSecond), burst: Double(2 * perSecond),
        isDown: { ($0 >= down) && ($0 < down + downFor) }, isListed: { $0 % 11 != 5 })
      return storm(fleet, plans, ids: fleet.ids)
    }
    let ends = run()
    for (plan, end) in zip(plans, ends) {
      let last = plan.places.map { ready[$0] }.max() ?? 0
      let limit = plan.begins + plan.timeout
      switch end.end {
      case "reached": #expect(end.at >= last)
      case "timed out": #expect(end.at == limit && last > limit - 5_000 - downFor)
      case "cancelled":
        #expect(end.at == plan.begins + (plan.cancelled ?? -1))
        #expect(last > end.at - 5_000 - downFor)
      default: Issue.record("\(end.end) at \(end.at): \(plan)")
      }
    }
    #expect(run().map { "\($0)" } == ends.map { "\($0)" })
  }

  @Test("when the wait that looks for all is stopped in the middle of a look, another goes on")
  func takeOver() {
    let fleet = QuotaFleet(ready: [3_000], perSecond: 100, burst: 100)
    let plans = [
      Plan(places: [0], begins: 0, timeout: 60_000, cancelled: 40),
      Plan(places: [0], begins: 0, timeout: 60_000, cancelled: nil),
      Plan(places: [0], begins: 0, timeout: 290, cancelled: nil),
    ]
    let ends = storm(fleet, plans, ids: fleet.ids)
    #expect(ends.map(\.end) == ["cancelled", "reached", "timed out"])
    #expect(ends[0].at == 40 && ends[2].at == 290)
    #expect((3_080...3_400).contains(ends[1].at))
  }

  @Test("ids that never existed end a wait for all of them, however many they are")
  func neverExisted() {
    let fleet = QuotaFleet(ready: [0], perSecond: 10, burst: 60)
    let end = virtually { strand -> String in
      let desk = WaitDesk(fleet, catalogue: .beeOS)
      let request = WaitRequest(
        subjects: (0..<10_000).map { Subject(id: "nobody-\($0)") }, judge: fleet.judge(on: strand))
      do throws(WaitStop) {
        _ = try desk.wait(request, on: strand)
        return "reached"
      } catch {
        guard case .fault(let fault) = error, case .failed(let code) = fault.cause else {
          return "stopped"
        }
        return "\(code)"
      }
    }
    #expect(end == "gone")
    #expect(fleet.count.calls < 60 && fleet.count.refused == 0)
  }
}
