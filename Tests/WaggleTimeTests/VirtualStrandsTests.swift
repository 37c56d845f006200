import Testing
@testable import WaggleTime

@Suite struct VirtualStrandsTests {
  @Test("time passes only in a park, and then at once")
  func parkMovesTheClock() {
    virtually { strand in
      #expect(strand.now.nanoseconds == 0)
      #expect(strand.sleep(nanoseconds: 3_600_000_000_000) == .time)
      #expect(strand.now.nanoseconds == 3_600_000_000_000)
    }
  }

  @Test("rounds that wake at the same moment run in the order of their keys, as numbers")
  func tiesGoByKey() {
    let timeline = Timeline()
    virtually { strand in
      strand.rounds(12, width: 12) { index, round in
        timeline.note("starts", round)
        round.sleep(nanoseconds: ms(index % 2 == 0 ? 20 : 10))
        timeline.note("ends", round)
        return true
      }
      timeline.note("joined", strand)
    }
    let starts = (0..<12).map { "0 for#1[\($0)] starts" }
    let odd = stride(from: 1, to: 12, by: 2).map { "10 for#1[\($0)] ends" }
    let even = stride(from: 0, to: 12, by: 2).map { "20 for#1[\($0)] ends" }
    #expect(timeline.all == starts + odd + even + ["20  joined"])
  }

  @Test("a worker that ends a round takes the next one at the same moment")
  func workersGoOn() {
    let timeline = Timeline()
    virtually { strand in
      strand.rounds(5, width: 2) { index, round in
        timeline.note("starts", round)
        round.sleep(nanoseconds: ms(index == 0 ? 50 : 10))
        return true
      }
      timeline.note("joined", strand)
    }
    #expect(
      timeline.all == [
        "0 for#1[0] starts", "0 for#1[1] starts", "10 for#1[2] starts", "20 for#1[3] starts",
        "30 for#1[4] starts", "50  joined",
      ])
  }

  @Test("a round that says stop lets those in flight finish and starts no more")
  func roundsStop() {
    let timeline = Timeline()
    virtually { strand in
      strand.rounds(100, width: 3) { index, round in
        round.sleep(nanoseconds: ms(10 * (index + 1)))
        timeline.note("ends", round)
        return index != 1
      }
    }
    #expect(
      timeline.all == [
        "10 for#1[0] ends", "20 for#1[1] ends", "30 for#1[2] ends", "50 for#1[3] ends",
      ])
  }

  @Test(
    "loops inside loops end, with threads to spare and with none at all", arguments: [0, 1, 3, 64])
  func nestedLoops(threads: Int) {
    let strands = VirtualStrands(
      seed: 1, start: Instant(nanoseconds: 0), crew: Crew(limit: threads))
    let timeline = Timeline()
    strands.main(token: Token()) { strand in
      strand.rounds(4, width: 4) { _, outer in
        outer.rounds(4, width: 4) { _, inner in
          inner.rounds(2, width: 2) { _, leaf in
            leaf.sleep(nanoseconds: ms(1))
            timeline.note("ends", leaf)
            return true
          }
          return true
        }
        return true
      }
    }
    #expect(Set(timeline.all.map { $0.split(separator: " ")[1] }).count == 32)
    #expect(timeline.all.count == 32)
  }

  @Test("a completion wakes its waiter at the moment it happens")
  func completionWakes() {
    let timeline = Timeline()
    let completion = Completion()
    virtually { strand in
      strand.rounds(2, width: 2) { index, round in
        if index == 0 {
          timeline.note(
            "\(round.park(until: Instant(nanoseconds: ms(100)), for: completion))", round)
        } else {
          round.sleep(nanoseconds: ms(30))
          completion.complete()
        }
        return true
      }
      #expect(strand.park(for: completion) == .completed)
    }
    #expect(timeline.all == ["30 for#1[0] completed"])
  }

  @Test("when nobody can ever wake, every parked strand is told, in the order of keys")
  func deadlockIsTold() {
    let timeline = Timeline()
    virtually { strand in
      #expect(strand.park() == .deadlock)
      strand.rounds(3, width: 3) { _, round in
        timeline.note("\(round.park(for: Completion()))", round)
        return true
      }
      timeline.note("joined", strand)
    }
    #expect(
      timeline.all == [
        "0 for#1[0] deadlock", "0 for#1[1] deadlock", "0 for#1[2] deadlock", "0  joined",
      ])
  }

  @Test("fuel costs 100 nanoseconds a unit, so an endless loop meets its deadline")
  func fuelCostsTime() {
    virtually { strand in
      let timeout = strand.token.child(deadline: Instant(nanoseconds: ms(5_000)))
      var steps = 0
      strand.under(timeout) {
        while strand.cancellation == nil {
          strand.burn(fuel: 100_000)
          steps += 1
        }
        #expect(strand.cancellation == .deadline(token: timeout.id))
      }
      #expect(strand.now.nanoseconds == ms(5_000))
      #expect(steps == 500)
      #expect(strand.cancellation == nil)
    }
  }
}
