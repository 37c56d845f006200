import Glibc
import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues
import WaggleWait

/// What waits cost and how late they see things: the whole desk, under the virtual clock, against a
/// gateway with a quota.
///
/// `scripts/bench wait` shows the rows; here each has to keep its bounds.
@Suite struct WaitFiguresTests {
  private static let isBench = getenv("WAGGLE_FIGURES") != nil

  /// What a strategy cost.
  private struct Row {
    let what: String
    let count: QuotaFleet.Count
    let lags: [Int]

    func lag(_ part: Double) -> Int { lags.isEmpty ? 0 : lags[Int(Double(lags.count - 1) * part)] }

    /// Shows the row in a bench run.
    func show() {
      guard WaitFiguresTests.isBench else { return }
      let cells = [
        what, "\(count.calls)", "\(count.refused)", "\(lag(0.5))", "\(lag(0.99))", "\(lag(1))",
      ]
      print("figure\t" + cells.joined(separator: "\t"))
    }
  }

  /// Waits for all of a fleet as one list, under a quota that the run was told or was not.
  private func list(
    _ what: String, _ fleet: QuotaFleet, told: Rate?, every: Int? = nil, of ids: [String]? = nil
  ) -> Row {
    virtually { strand in
      let budget = RequestBudget(rate: told)
      let desk = WaitDesk(
        BudgetedGateway(fleet, budget), catalogue: .beeOS, seed: 1, budget: budget.allowance(at:))
      let request = WaitRequest(
        subjects: (ids ?? fleet.ids).map { Subject(id: $0) }, timeout: nil, every: every,
        judge: fleet.judge(on: strand))
      _ = try? desk.wait(request, on: strand)
    }
    let row = Row(what: what, count: fleet.count, lags: fleet.lags)
    row.show()
    return row
  }

  /// Waits for each of a fleet in a round of its own; the rounds begin one after another.
  private func rounds(
    _ what: String, _ fleet: QuotaFleet, told: Rate?, apart: Int
  ) -> Row {
    virtually { strand in
      let budget = RequestBudget(rate: told)
      let desk = WaitDesk(
        BudgetedGateway(fleet, budget), catalogue: .beeOS, seed: 1, budget: budget.allowance(at:))
      let ids = fleet.ids
      strand.parallel(
        rounds: ids.count, width: ids.count, token: strand.token, name: { "r[\($0)]" }
      ) { round, strand in
        strand.sleep(nanoseconds: round * apart * 1_000_000)
        let request = WaitRequest(
          subjects: [Subject(id: ids[round])], timeout: nil, judge: fleet.judge(on: strand))
        return (try? desk.wait(request, on: strand)) != nil
      }
    }
    let row = Row(what: what, count: fleet.count, lags: fleet.lags)
    row.show()
    return row
  }

  /// What people write: a loop for each instance that gets it every two seconds.
  private func naive(_ what: String, _ fleet: QuotaFleet) -> Row {
    virtually { strand in
      let ids = fleet.ids
      strand.parallel(
        rounds: ids.count, width: ids.count, token: strand.token, name: { "r[\($0)]" }
      ) { round, strand in
        while true {
          do throws(CallFault) {
            let reply = try fleet.send(Call(Fleet.get, path: [ids[round]]), on: strand)
            guard case .record(let record) = reply.data else { return false }
            let look = Look(
              id: ids[round], record: record,
              lifecycle: Lifecycle(status: "status", states: [], final: [], ready: []))
            if (try? fleet.judge(on: strand)(look)) == .reached { return true }
            strand.sleep(nanoseconds: 2_000_000_000)
          } catch {
            strand.sleep(nanoseconds: error.retryAfter ?? 2_000_000_000)
          }
        }
      }
    }
    let row = Row(what: what, count: fleet.count, lags: fleet.lags)
    row.show()
    return row
  }

  @Test("a thousand instances under 600 calls a minute: few calls, none refused, seen within 5 s")
  func thousand() {
    let ready = QuotaFleet.ready(1_000, over: 30...300)
    for (what, told) in [("told", Rate(perMinute: 600)), ("not told", nil)] {
      let row = list(
        "1,000, 600/min, \(what)", QuotaFleet(ready: ready, perSecond: 10, burst: 60), told: told)
      #expect(row.lags.count == 1_000)
      #expect(row.count.calls <= 320 && row.count.refused == 0)
      #expect(row.lag(0.99) <= 5_000)
    }
  }

  @Test("thousands of instances under 600 calls a minute are seen within 20 s")
  func tenThousand() {
    let count = Self.isBench ? 10_000 : 2_500
    let row = list(
      "10,000, 600/min, told",
      QuotaFleet(ready: QuotaFleet.ready(count, over: 30...300), perSecond: 10, burst: 60),
      told: Rate(perMinute: 600))
    #expect(row.lags.count == count && row.count.refused == 0)
    #expect(row.lag(0.99) <= 20_000)
  }

  @Test("a quota that is told and large is used to see the last sooner")
  func largeQuota() {
    let fleet = QuotaFleet(
      ready: QuotaFleet.ready(500, over: 0...6), perSecond: 100, burst: 100)
    let row = list("500, 6,000/min, told", fleet, told: Rate(perMinute: 6_000))
    #expect(row.lags.count == 500 && row.count.calls <= 60 && row.count.refused == 0)
    #expect(row.lag(1) <= 500)
  }

  @Test("a few that are scattered over a long list cost a call a look, and not one each")
  func scattered() {
    // 50 of 10,000, one on each page; the others are there from the beginning.
    let late = QuotaFleet.ready(50, over: 30...300)
    let ready = (0..<10_000).map { $0 % 200 == 7 ? late[$0 / 200] : 0 }
    let fleet = QuotaFleet(ready: ready, perSecond: 10, burst: 60)
    let row = list(
      "50 of 10,000, 600/min, told", fleet, told: Rate(perMinute: 600),
      of: fleet.ids.enumerated().filter { $0.offset % 200 == 7 }.map(\.element))
    #expect(row.lags.count == 50 && row.count.refused == 0)
    #expect(row.count.calls <= 260 && row.lag(0.99) <= 5_000)
  }

  @Test("parallel rounds that wait for one instance each cost about what a list of them does")
  func manyRounds() {
    let ready = QuotaFleet.ready(150, over: 30...60)
    let row = rounds(
      "150 rounds, 600/min, told", QuotaFleet(ready: ready, perSecond: 10, burst: 60),
      told: Rate(perMinute: 600), apart: 50)
    #expect(row.lags.count == 150 && row.count.refused == 0)
    #expect(row.count.calls <= 120)
    #expect(row.lag(1) <= 5_200)
  }

  @Test(
    "one wait sees what it waits for within 300 ms or a tenth of the time, and 5 s, and a round trip",
    arguments: [0, 90, 500, 1_900, 4_321, 12_345, 49_999, 61_803, 200_001])
  func one(ready: Int) {
    let row = list(
      "one, ready after \(ready) ms", QuotaFleet(ready: [ready], perSecond: 10, burst: 60),
      told: nil)
    #expect(row.lag(1) <= min(max(300, ready / 10), 5_000) + 80)
  }

  @Test("what ten took says when to look at the next ten: sooner seen, for a few calls more")
  func others() {
    var rows: [Row] = []
    let taking = (0..<10).map { 59_000 + $0 * 7 % 10 * 222 }
    let fleet = QuotaFleet(
      ready: taking + taking.map { 70_000 + $0 } + taking.map { 140_000 + $0 }, perSecond: 10,
      burst: 60)
    virtually { strand in
      let desk = WaitDesk(fleet, catalogue: .beeOS, seed: 1)
      for batch in 0..<3 {
        _ = strand.park(until: Instant(nanoseconds: batch * 70_000_000_000))
        let before = fleet.count.calls
        let request = WaitRequest(
          subjects: fleet.ids[(batch * 10)..<(batch * 10 + 10)].map { Subject(id: $0) },
          judge: fleet.judge(on: strand))
        _ = try? desk.wait(request, on: strand)
        let row = Row(
          what: "batch \(batch + 1) of ten that take 60 s",
          count: QuotaFleet.Count(calls: fleet.count.calls - before), lags: fleet.takeLags())
        row.show()
        rows.append(row)
      }
    }
    #expect(rows.allSatisfy { $0.lags.count == 10 })
    for row in rows.dropFirst() {
      #expect(row.lag(0.5) < rows[0].lag(0.5) / 2)
      #expect(row.count.calls <= rows[0].count.calls + 10)
    }
  }

  @Test("a gateway that is down for a minute is looked past, and seen to be back within 5 s")
  func down() {
    let fleet = QuotaFleet(
      ready: QuotaFleet.ready(50, over: 40...50), perSecond: 10, burst: 60,
      isDown: { (30_000..<90_000).contains($0) })
    let row = list("50, down from 30 s to 90 s", fleet, told: nil)
    #expect(row.lags.count == 50 && row.lag(1) <= 90_000 - 40_000 + 5_100)
    #expect(row.count.calls < 100)
  }

  @Test("a list that goes on showing what is past is found out by gets")
  func frozen() {
    let ready = QuotaFleet.ready(50, over: 40...50)
    let fleet = QuotaFleet(
      ready: ready, perSecond: 10, burst: 60, listedAt: { min($0, 20_000) })
    let row = list("50, the list stands still from 20 s on", fleet, told: nil)
    #expect(row.lags.count == 50 && row.count.refused == 0)
    #expect(row.lag(1) <= 50_000 && row.count.calls <= 140)

    let quiet = QuotaFleet(ready: ready.map { $0 + 250_000 }, perSecond: 10, burst: 60)
    let calls = list("50, nothing new for 290 s", quiet, told: nil).count
    #expect(calls.calls - calls.pages == 8)
  }

  @Test("what no list ever shows is found by gets")
  func unlisted() {
    let fleet = QuotaFleet(
      ready: QuotaFleet.ready(20, over: 5...10), perSecond: 10, burst: 60,
      isListed: { $0 % 10 != 3 })
    let row = list("20, two in no list", fleet, told: nil)
    #expect(row.lags.count == 20 && row.count.refused == 0)
  }

  @Test("beside it, in a bench run: what people write")
  func naive() {
    guard Self.isBench else { return }
    let thousand = QuotaFleet.ready(1_000, over: 30...300)
    _ = naive(
      "loops of gets every 2 s, bucket of 60",
      QuotaFleet(ready: thousand, perSecond: 10, burst: 60))
    _ = naive(
      "the same, 10 instances",
      QuotaFleet(
        ready: QuotaFleet.ready(10, over: 30...300), perSecond: 10, burst: 60))
    _ = list(
      "our list of 10, for comparison",
      QuotaFleet(ready: QuotaFleet.ready(10, over: 30...300), perSecond: 10, burst: 60), told: nil)
  }
}
