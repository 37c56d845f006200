import Testing
import WaggleText
import WaggleTime
import WaggleWait

@testable import WaggleRender

/// The live block of waits, as lines.
struct WaitBlockTests {
  private static let second = 1_000_000_000

  private func wait(
    _ counts: [(String, Int)], of total: Int, limit: Int? = 600, trouble: String? = nil
  ) -> WaitProgress {
    WaitProgress(
      strand: "", total: total, needed: total, reached: counts.last?.1 ?? 0,
      states: counts.enumerated().map { place, count in
        WaitProgress.State(name: count.0, count: count.1, place: place)
      },
      changes: [], elapsed: 65 * Self.second, limit: limit.map { $0 * Self.second }, calls: 212,
      slowest: ["scout-7", "scout-9", "scout-3", "scout-1"].enumerated().map { place, name in
        WaitProgress.Waiting(
          id: "instance_\(place)", name: name, state: "provisioning",
          nanoseconds: (58 - 10 * place) * Self.second)
      },
      trouble: trouble, isOver: false)
  }

  private func block(_ waits: [WaitProgress], columns: Int) -> [String] {
    Renderer(style: .plain, width: 100, sources: SourceMap()).liveBlock(
      of: waits.map { ($0, 0) }, columns: columns)
  }

  @Test func `at 80 columns it has times, counts, calls, a bar and the slowest`() {
    let fleet = wait([("pending", 1), ("provisioning", 12), ("running", 37)], of: 50)
    #expect(
      block([fleet], columns: 80) == [
        "waiting 1m5s · 8m55s left · 37/50 · 212 calls",
        "[██████████████▓▓▓▓▒] 37 running, 12 provisioning, 1 pending",
        "longest: scout-7 provisioning 58s, scout-9 provisioning 48s",
      ])
  }

  @Test func `at 40 columns nothing is wider`() {
    let fleet = wait([("pending", 1), ("provisioning", 12), ("running", 37)], of: 50)
    let lines = block([fleet, fleet], columns: 40)
    #expect(lines.allSatisfy { $0.count <= 37 })
    #expect(lines.first == "waiting 1m5s · 8m55s left · 2 waits")
    #expect(lines.dropFirst().first == "74/100 · 424 calls")
    #expect(lines.contains { $0.hasSuffix("] 74 running") })
    #expect(lines.contains("24 provisioning, 2 pending"))
  }

  @Test func `one subject has one line, and a wait without a limit no time left`() {
    let one = wait([("provisioning", 1)], of: 1, limit: nil)
    #expect(block([one], columns: 80) == ["waiting 1m5s · 1 provisioning · 212 calls"])
  }

  @Test func `looks that fail are said, and that a state was so before`() {
    let one = wait([("provisioning", 1)], of: 1, trouble: "nothing listens")
    #expect(block([one], columns: 80).last == "the last look failed: nothing listens")
    #expect(
      Renderer(style: .plain, width: 100, sources: SourceMap()).heartbeat(of: [(one, 0)])
        == "wait: scout-7: provisioning when last seen; the last look failed: nothing listens"
        + " (1m5s, 212 calls)\n")
  }

  private func asking(
    _ parts: [ConditionPart], limit: Int? = 600, isOver: Bool = false, wasStopped: Bool = false
  ) -> WaitProgress {
    WaitProgress(
      strand: "", type: "", total: 0, needed: 1, reached: 0, states: [], changes: [],
      elapsed: 65 * Self.second, limit: limit.map { $0 * Self.second }, calls: 0,
      nextLook: isOver ? nil : Instant(nanoseconds: 3 * Self.second),
      asked: WaitProgress.Asked(count: 14, parts: parts), isOver: isOver, wasStopped: wasStopped)
  }

  private static let parts = [
    ConditionPart(text: "(bees | count) == 25 and $x", depth: 0, truth: .no, seen: nil),
    ConditionPart(
      text: "(bees | count) == 25", depth: 1, truth: .no, seen: "(bees | count) is `24`"),
    ConditionPart(text: "$x", depth: 1, truth: .unknown, seen: "not asked", wasAsked: false),
  ]

  @Test func `a condition without a subject has a line, and what was seen of it`() {
    #expect(
      block([asking(Self.parts)], columns: 80) == [
        "waiting 1m5s · 8m55s left · the condition was asked 14 times", "(bees | count) is `24`",
      ])
    let one = wait([("pending", 1)], of: 1, limit: nil)
    #expect(
      block([asking([]), one], columns: 80) == [
        "waiting 1m5s · 8m55s left · 2 waits · 1 pending · 212 calls",
        "the condition was asked 14 times",
      ])
    let renderer = Renderer(style: .plain, width: 100, sources: SourceMap())
    #expect(
      renderer.heartbeat(of: [(asking(Self.parts), Self.second)])
        == "wait: the condition was asked 14 times; (bees | count) is `24` (1m6s)\n")
    #expect(
      renderer.summary(of: [asking([])]) == "waited 1m5s: the condition was asked 14 times\n")
  }

  private func why(_ wait: WaitProgress, columns: Int? = nil) -> [String] {
    Renderer(style: .plain, width: 100, sources: SourceMap())
      .why([wait], at: Instant(nanoseconds: 0), columns: columns) { _, _ in nil }
      .split(separator: "\n").map(String.init)
  }

  @Test func `why tells of such a condition too, part by part`() {
    #expect(
      why(asking(Self.parts)) == [
        "wait: the condition was asked 14 times, 1m5s gone of 10m, asked again in 3s",
        "    no      (bees | count) == 25 and $x",
        "    no        (bees | count) == 25        (bees | count) is `24`",
        "    not yet   $x                          not asked",
      ])
    #expect(
      why(asking([], isOver: true)) == ["wait: the condition was asked 14 times, ended after 1m5s"])
    #expect(
      why(asking([], isOver: true, wasStopped: true))
        == ["wait: the condition was asked 14 times, stopped after 1m5s"])
  }

  @Test func `on a terminal why is folded at words, and goes on further in`() {
    #expect(
      why(asking(Self.parts), columns: 40) == [
        "wait: the condition was asked 14 times,", "  1m5s gone of 10m, asked again in 3s",
        "    no      (bees | count) == 25 and $x",
        "    no        (bees | count) == 25", "                (bees | count) is `24`",
        "    not yet   $x", "                not asked",
      ])
    #expect(why(asking(Self.parts), columns: 12).allSatisfy { $0.count <= 12 })
    #expect(why(asking(Self.parts), columns: 1).prefix(3) == ["wait:", "the", "condition"])
  }

  @Test func `what no look has shown yet is said so, and what was seen long ago too`() {
    let renderer = Renderer(style: .plain, width: 100, sources: SourceMap())
    func beat(_ state: String, later: Int) -> String {
      let subject = WaitProgress.Waiting(id: "instance_1", name: nil, state: state, nanoseconds: 0)
      let wait = WaitProgress(
        strand: "", total: 1, needed: 1, reached: 0, states: [], changes: [], elapsed: 0, calls: 1,
        slowest: [subject], isOver: false)
      return renderer.heartbeat(of: [(wait, later * Self.second)])
    }
    #expect(beat(WaitProgress.unseen, later: 60) == "wait: instance_1: not seen yet (1m, 1 call)\n")
    #expect(beat("pending", later: 5) == "wait: instance_1: still pending (5s, 1 call)\n")
    #expect(
      beat("pending", later: 60)
        == "wait: instance_1: pending when last seen, 1m ago (1m, 1 call)\n")
  }

  @Test(arguments: [
    ([1], "[██████████]"), ([5, 5], "[█████▓▓▓▓▓]"), ([999, 1], "[█▓▓▓▓▓▓▓▓▓]"),
    ([1, 1, 1, 1, 1], "[██▓▓▒▒░░░░]"), ([], "[          ]"),
  ])
  func `a bar is full, and whoever is there has a column`(_ counts: [Int], _ bar: String) {
    let states = counts.enumerated().map {
      WaitProgress.State(name: "\($0)", count: $1, place: $0)
    }
    #expect(StateBar(states, columns: 10).text == bar)
  }
}
