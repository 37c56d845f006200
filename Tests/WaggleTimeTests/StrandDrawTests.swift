import Testing
@testable import WaggleTime

@Suite struct StrandDrawTests {
  @Test("draws depend on the seed, the key and their count, and on nothing else")
  func drawsAreKeyed() {
    func draws(seed: UInt64) -> [String] {
      let timeline = Timeline()
      virtually(seed: seed) { strand in
        strand.rounds(3, width: 3) { _, round in
          timeline.note("\(round.draw()) \(round.draw())", round)
          return true
        }
      }
      return timeline.all
    }
    #expect(draws(seed: 7) == draws(seed: 7))
    #expect(draws(seed: 7) != draws(seed: 8))
    #expect(Set(draws(seed: 7).flatMap { $0.split(separator: " ").suffix(2) }).count == 6)
  }

  @Test("a drawn number lies in its range")
  func drawsLieInTheirRange() {
    virtually { strand in
      let drawn = (0..<1_000).map { _ in strand.draw(in: 0.5..<1.5) }
      #expect(drawn.allSatisfy { $0 >= 0.5 && $0 < 1.5 })
      let mean = drawn.reduce(0, +) / 1_000
      #expect(abs(mean - 1) < 0.05)
      #expect(strand.draw(in: 3..<3) == 3)
    }
  }

  @Test("keys are ordered as text in which runs of digits are numbers")
  func keyOrder() {
    let ordered = [
      "", "for#1[0]", "for#1[2]", "for#1[2]/if#1", "for#1[10]", "for#1[10]/for#1[1]", "step \"a\"",
    ]
    for (i, a) in ordered.enumerated() {
      for (j, b) in ordered.enumerated() {
        #expect(a.precedes(b) == (i < j), "\(a) before \(b)")
      }
    }
  }
}
