import Glibc
import Testing
import WaggleTime

@Suite struct TokenTests {
  @Test("the nearest of a token's deadlines counts, and the outer one in a tie")
  func nearestDeadline() {
    let run = Token()
    let outer = run.child(deadline: Instant(nanoseconds: 50))
    let later = outer.child(deadline: Instant(nanoseconds: 60))
    let same = outer.child(deadline: Instant(nanoseconds: 50))
    let nearer = outer.child(deadline: Instant(nanoseconds: 40)).child()
    #expect(later.deadline == Instant(nanoseconds: 50))
    #expect(nearer.deadline == Instant(nanoseconds: 40))
    #expect(later.cancellation(at: Instant(nanoseconds: 49)) == nil)
    #expect(later.cancellation(at: Instant(nanoseconds: 50)) == .deadline(token: outer.id))
    #expect(same.cancellation(at: Instant(nanoseconds: 50)) == .deadline(token: outer.id))
  }

  @Test("what is cancelled stops all that is below it and nothing beside it")
  func cancelGoesDown() {
    let run = Token()
    let left = run.child()
    let leaf = left.child()
    let right = run.child()
    left.cancel(.unwanted)
    left.cancel(.interrupted)
    let now = Instant(nanoseconds: 0)
    #expect(leaf.cancellation(at: now) == .unwanted)
    #expect(right.cancellation(at: now) == nil)
    run.cancel(.terminated)
    #expect(leaf.cancellation(at: now) == .terminated)
    #expect(right.cancellation(at: now) == .terminated)
  }

  @Test("a shield goes on after a cancel and stops at its own deadline or a forced cancel")
  func shields() {
    let run = Token()
    let shield = run.child(deadline: Instant(nanoseconds: 5)).shield(
      deadline: Instant(nanoseconds: 30))
    let inner = shield.child()
    run.cancel(.interrupted)
    #expect(inner.cancellation(at: Instant(nanoseconds: 29)) == nil)
    #expect(inner.cancellation(at: Instant(nanoseconds: 30)) == .deadline(token: shield.id))
    run.force(.interrupted)
    #expect(inner.cancellation(at: Instant(nanoseconds: 0)) == .interrupted)
  }

  @Test("what is deferred runs after a forced cancel too: a shield made then has its own deadline")
  func shieldBehindForce() {
    let run = Token()
    run.cancel(.interrupted)
    run.force(.interrupted)
    let inner = run.shield(deadline: Instant(nanoseconds: 30)).child()
    #expect(inner.cancellation(at: Instant(nanoseconds: 29)) == nil)
    #expect(inner.cancellation(at: Instant(nanoseconds: 30)) != nil)
    #expect(run.child().cancellation(at: Instant(nanoseconds: 0)) == .interrupted)
  }

  @Test("a second Ctrl-C behind the sending of a change ends the wait, before it begins too")
  func forceBeforeInsisting() {
    let run = Token()
    virtually(token: run) { strand in
      let shield = strand.changeShield()
      run.cancel(.interrupted)
      run.force(.interrupted)
      let wake = strand.insist(under: shield) { strand.sleep(nanoseconds: ms(20_000)) }
      #expect(wake == .cancelled(.interrupted))
    }
  }

  @Test("a park ends by what comes first: what happened, the moment, the deadline, a cancel")
  func tiesOfAPark() {
    virtually { strand in
      let at10 = Instant(nanoseconds: 10)
      let timeout = strand.token.child(deadline: at10)
      strand.under(timeout) {
        #expect(strand.park(until: at10) == .time)
        #expect(
          strand.park(until: Instant(nanoseconds: 11)) == .cancelled(.deadline(token: timeout.id)))
        let happened = Completion()
        happened.complete()
        #expect(strand.park(until: at10, for: happened) == .completed)
        timeout.cancel(.unwanted)
        #expect(strand.park(until: at10, for: happened) == .completed)
        #expect(strand.park(until: at10) == .cancelled(.unwanted))
      }
      #expect(strand.park(until: Instant(nanoseconds: 12)) == .time)
    }
  }

  @Test("a cancel by one round ends the parks of the others, in the order of keys")
  func cancelWakesSiblings() {
    let timeline = Timeline()
    virtually { strand in
      let loop = strand.token.child()
      strand.under(loop) {
        strand.rounds(4, width: 4) { index, round in
          let wake = round.sleep(nanoseconds: index == 2 ? ms(10) : ms(1_000))
          timeline.note("\(wake)", round)
          if index == 2 { loop.cancel(.unwanted) }
          return false
        }
      }
      #expect(strand.sleep(nanoseconds: ms(1)) == .time)
    }
    let stopped = [0, 1, 3].map { "10 for#1[\($0)] cancelled(WaggleTime.Cancellation.unwanted)" }
    #expect(timeline.all == ["10 for#1[2] time"] + stopped)
  }

  @Test("another thread's cancel ends a park on the wall clock at once")
  func cancelFromAnotherThread() {
    let run = Token()
    let signaller = Thread { run.cancel(.interrupted) }
    WallStrands(seed: 1).main(token: run) { strand in
      let begun = strand.now
      signaller.start()
      #expect(strand.sleep(nanoseconds: ms(60_000)) == .cancelled(.interrupted))
      #expect(strand.now.nanoseconds - begun.nanoseconds < ms(30_000))
      strand.under(strand.token.shield()) {
        #expect(strand.sleep(nanoseconds: ms(1)) == .time)
      }
    }
    signaller.join()
  }

  @Test("another thread's cancel and completion are seen on the virtual clock")
  func cancelVirtualFromAnotherThread() {
    for _ in 0..<50 {
      let run = Token()
      let signaller = Thread { run.cancel(.interrupted) }
      virtually(token: run) { strand in
        signaller.start()
        while strand.sleep(nanoseconds: ms(1)) == .time {}
        #expect(strand.cancellation == .interrupted)
      }
      signaller.join()
    }
  }
}

/// A thread outside the run, such as the one that reads signals.
final class Thread: @unchecked Sendable {
  private let body: @Sendable () -> Void
  private var thread = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    let passed = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { passed in
        if let passed { Unmanaged<Thread>.fromOpaque(passed).takeRetainedValue().body() }
        return nil
      }, passed)
  }

  func join() { pthread_join(thread, nil) }
}
