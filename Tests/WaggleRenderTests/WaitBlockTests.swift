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
        "longest: scout-7 provisioning 58s, scout-9 provisioning 48s, scout-3 provisi…",
      ])
  }

  @Test func `at 40 columns nothing is wider`() {
    let fleet = wait([("pending", 1), ("provisioning", 12), ("running", 37)], of: 50)
    let lines = block([fleet, fleet], columns: 40)
    #expect(lines.allSatisfy { $0.count <= 37 })
    #expect(lines.first == "waiting 1m5s · 8m55s left · 2 waits")
    #expect(lines.dropFirst().first == "74/100 · 424 calls")
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
