import Testing
import WaggleDoor
import WaggleTime

@Suite("What came through a door")
struct ServedCallsTests {
  @Test("calls, refusals for their number, and the busiest second, wherever it begins")
  func counts() {
    var calls = ServedCalls()
    let moments = [0, 900, 950, 1_000, 1_800, 1_899, 5_000]
    let statuses: [Int?] = [200, 429, 200, nil, 429, 503, 200]
    for (ms, status) in zip(moments, statuses) {
      calls.add(status, at: Instant(nanoseconds: ms * 1_000_000))
    }
    #expect(calls.count == 7 && calls.refused == 2)
    // From 900 to 1,899 ms there were five; the one at 0 is a second before that at 1,000.
    #expect(calls.peak == 5)
  }
}
