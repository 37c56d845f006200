import Testing
import WaggleTime

@Suite struct WallStrandsTests {
  @Test("rounds run at the same time and their parks end when somebody completes them")
  func roundsMeet() {
    WallStrands(seed: 1).main(token: Token()) { strand in
      let completions = (0..<8).map { _ in Completion() }
      let met = Guarded(0)
      strand.rounds(8, width: 8) { index, round in
        completions[index].complete()
        let wake = round.park(for: completions[(index + 1) % 8])
        met.withLock { $0 += wake == .completed ? 1 : 0 }
        return true
      }
      #expect(met.withLock { $0 } == 8)
    }
  }

  @Test("a loop in a loop in a loop visits every round, however few threads there are")
  func nestedLoops() {
    WallStrands(seed: 1).main(token: Token()) { strand in
      let visits = Guarded(0)
      strand.rounds(6, width: 6) { _, outer in
        outer.rounds(6, width: 6) { _, inner in
          inner.rounds(6, width: 6) { _, _ in
            visits.withLock { $0 += 1 }
            return true
          }
          return true
        }
        return true
      }
      #expect(visits.withLock { $0 } == 216)
    }
  }

  @Test("a deadline ends a park, and a moment that is past does not park at all")
  func deadlines() {
    WallStrands(seed: 1).main(token: Token()) { strand in
      let timeout = strand.token.child(deadline: strand.now.advanced(by: ms(5)))
      strand.under(timeout) {
        #expect(strand.park() == .cancelled(.deadline(token: timeout.id)))
      }
      #expect(strand.park(until: Instant(nanoseconds: .min)) == .time)
    }
  }

  @Test("a thousand threads are the most; more rounds than that share them")
  func manyRounds() {
    let strands = VirtualStrands(seed: 1, start: Instant(nanoseconds: 0))
    let visits = Guarded(0)
    strands.main(token: Token()) { strand in
      strand.rounds(1_500, width: 1_500) { _, round in
        round.sleep(nanoseconds: ms(10))
        visits.withLock { $0 += 1 }
        return true
      }
      #expect(visits.withLock { $0 } == 1_500)
      #expect(strand.now.nanoseconds == ms(20))
    }
  }

  @Test("every thread tells how much stack it has")
  func stacks() {
    WallStrands(seed: 1).main(token: Token()) { strand in
      #expect(strand.stackBytes > 1 << 20)
      strand.rounds(2, width: 2) { _, round in
        #expect(round.stackBytes > 1 << 20)
        #expect(round.stackFloor > 0)
        return true
      }
    }
  }
}
