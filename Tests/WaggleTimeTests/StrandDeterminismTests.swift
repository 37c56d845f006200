import Testing
import WaggleTime

@Suite struct StrandDeterminismTests {
  /// A fan-out with jitter, faults that are tried again, timeouts and a loop inside.
  private func run() -> [String] {
    let timeline = Timeline()
    virtually(seed: 42) { strand in
      strand.rounds(60, width: 8) { index, round in
        let timeout = round.token.child(deadline: round.now.advanced(by: ms(220)))
        round.under(timeout) {
          for attempt in 1...4 {
            let wake = round.sleep(nanoseconds: ms(40 + Int(round.draw(in: 0..<80))))
            timeline.note("attempt \(attempt) \(wake)", round)
            if round.draw() % 10 < 6 { break }
          }
        }
        if index % 20 == 0 {
          round.rounds(3, width: 3) { _, inner in
            inner.sleep(nanoseconds: Int(inner.draw() % 3) * ms(5))
            timeline.note("ends", inner)
            return true
          }
        }
        return round.draw() % 100 != 0
      }
      timeline.note("joined", strand)
    }
    return timeline.all
  }

  @Test("a faulty, jittered fan-out runs the same fifty times, line for line")
  func sameEveryTime() {
    let first = run()
    #expect(first.count > 60)
    for _ in 1..<50 { #expect(run() == first) }
  }
}
