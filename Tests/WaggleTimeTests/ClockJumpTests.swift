import Foundation
import Testing

@testable import WaggleTime

/// A machine's time that is set while a run goes on.
@Suite("A clock that jumps")
struct ClockJumpTests {
  private static let hour = 3_600_000_000_000

  @Test("the real time is read once a run, so whatever waits does not know that it was set")
  func readOnce() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var readers: [String] = []
    for case let name as String in files where name.hasSuffix(".swift") || name.hasSuffix(".c") {
      let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
      for word in [
        "CLOCK_REALTIME", "gettimeofday", "Date()", "Date.now", "ContinuousClock", "time(nil)",
        "time(NULL)", "SuspendingClock",
      ] {
        readers += text.split(separator: "\n").filter {
          $0.contains(word) && !$0.drop { $0 == " " }.hasPrefix("//")
        }.map { "\(name): \($0.drop { $0 == " " })" }
      }
    }
    #expect(
      readers == [
        "WaggleTime/WallStrands.swift: self.init(seed: seed, realTime: WallStrands.read(CLOCK_REALTIME))"
      ])
  }

  @Test(
    "a real time that is hours off moves neither a park, nor a deadline, nor their order",
    arguments: [-2, 0, 2, 24 * 365])
  func hoursOff(hours: Int) {
    let real = 1_750_000_000_000_000_000 + hours * Self.hour
    let strands = WallStrands(seed: 1, realTime: real)
    strands.main(token: Token()) { strand in
      let start = strand.now
      #expect(start.nanoseconds >= real)
      #expect(strand.park(until: start.advanced(by: 20_000_000)) == .time)
      #expect(strand.now >= start.advanced(by: 20_000_000))
      let token = strand.token.child(deadline: strand.now.advanced(by: 10_000_000))
      let wake = strand.under(token) { strand.park() }
      #expect(wake == .cancelled(.deadline(token: token.id)))
      #expect(strand.park(until: start) == .time)
    }
  }
}
