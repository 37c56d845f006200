import Foundation
import Testing

/// `why`, of a server whose clock is hours off.
@Suite struct ServerClockPromptTests {
  private func why(clock: String) -> String {
    PromptPlay().run(
      [
        "let b = deploy --name late --variant-id scout-standard",
        "wait $b until ready timeout 3m", "why",
      ],
      arguments: [
        "--sandbox", "--instances", "3", "--fault", "stuck=1", "--fault", "clock=\(clock)",
      ])
  }

  @Test("only the API's own times differ")
  func same() throws {
    let time = try Regex(#"\d{4}-\d\d-\d\dT[0-9:.]+Z"#)
    let usual = why(clock: "0s")
    #expect(usual.contains("since 2026-01-01T00:00:0"))
    for (clock, told) in [("2h", "since 2026-01-01T02:00:0"), ("-2h", "since 2025-12-31T22:00:0")] {
      let other = why(clock: clock)
      #expect(other.contains(told), "\(other)")
      #expect(other.replacing(time, with: "TIME") == usual.replacing(time, with: "TIME"))
    }
  }
}
