import Synchronization

/// A clock that is only counted: one strand at a time runs, and time passes when it parks.
///
/// Who holds the baton runs. A park puts the strand down for its moment, takes out the one that is
/// due first (ties: by key, then by coming), moves the clock to that moment and hands the baton on.
/// Nothing else moves the clock, so the same script with the same seed runs the same, byte for byte,
/// on one core or two. Where nobody is due ever again, every parked strand is told `deadlock`.
package final class VirtualStrands: Clockwork, @unchecked Sendable {
  /// What the random numbers of the run are made from.
  package let seed: UInt64
  /// Time is only counted.
  package var isVirtual: Bool { true }
  let crew: Crew
  private let moment: Atomic<Int>
  private let lock = Lock()
  private var agenda = Agenda()
  /// The strands that a deadlock concerns: all that are parked, but those that join a loop.
  private var parked = Roster()

  /// Sets the clock to a moment, at which it stands until a strand parks.
  package convenience init(seed: UInt64, start: Instant) {
    self.init(seed: seed, start: start, crew: Crew())
  }

  init(seed: UInt64, start: Instant, crew: Crew) {
    self.seed = seed
    self.crew = crew
    moment = Atomic(start.nanoseconds)
  }

  /// The moment at which the clock stands.
  package var now: Instant { Instant(nanoseconds: moment.load(ordering: .acquiring)) }

  /// Runs a body on the calling thread as the main strand; one at a time.
  package func main<R, E: Error>(
    token: Token, _ body: (Strand) throws(E) -> R
  ) throws(E) -> R {
    try body(makeMain(token: token))
  }

  func park(_ strand: Strand, until: Instant?, for completion: Completion?) -> Wake {
    let tree = strand.token.tree
    tree.enter(strand)
    completion?.attach(strand)
    defer {
      completion?.detach(strand)
      tree.leave(strand)
    }
    if let wake = strand.verdictBefore(at: now, until: until, for: completion) { return wake }
    let due = strand.due(until: until)
    while true {
      let isDeadlocked = rest(strand, until: due, canDeadlock: true)
      if let wake = strand.verdict(at: now, until: until, for: completion) { return wake }
      if isDeadlocked { return .deadlock }
    }
  }

  func wake(_ strand: Strand) {
    lock.withLock {
      if strand.parking.isParked {
        agenda.push(strand, at: now)
      } else {
        strand.parking.isSignalled = true
      }
    }
  }

  func start(_ strand: Strand, on worker: Worker) {
    lock.withLock { putDown(strand, until: now) }
  }

  func begin(_ strand: Strand) { _ = rest(strand, until: now, canDeadlock: false) }

  func join(_ strand: Strand, _ completion: Completion) {
    completion.attach(strand)
    while !completion.isComplete { _ = rest(strand, until: nil, canDeadlock: false) }
  }

  func retire(_ worker: Worker) {
    let next = lock.withLock {
      crew.release(worker)
      return pickNext()
    }
    next.berth.bell.ring()
  }

  /// Hands the baton on and waits until it comes back; says whether that was for a deadlock.
  private func rest(_ strand: Strand, until due: Instant?, canDeadlock: Bool) -> Bool {
    let next = lock.withLock {
      putDown(strand, until: due)
      if canDeadlock { parked.add(strand) }
      return pickNext()
    }
    if next !== strand {
      next.berth.bell.ring()
      strand.berth.bell.wait()
    }
    return lock.withLock {
      defer { strand.parking.isDeadlocked = false }
      return strand.parking.isDeadlocked
    }
  }

  private func putDown(_ strand: Strand, until due: Instant?) {
    strand.parking.ticket &+= 1
    strand.parking.isParked = true
    if strand.parking.isSignalled {
      agenda.push(strand, at: now)
    } else if let due {
      agenda.push(strand, at: max(due, now))
    }
    strand.parking.isSignalled = false
  }

  /// Takes the strand that is due first and moves the clock to its moment.
  private func pickNext() -> Strand {
    if let next = agenda.pop() { return take(next) }
    for strand in parked.inOrder {
      strand.parking.isDeadlocked = true
      agenda.push(strand, at: now)
    }
    guard let next = agenda.pop() else {
      preconditionFailure("a loop is joined that no thread works on")
    }
    return take(next)
  }

  private func take(_ next: (strand: Strand, moment: Instant)) -> Strand {
    next.strand.parking.isParked = false
    parked.remove(next.strand)
    moment.store(max(now, next.moment).nanoseconds, ordering: .releasing)
    return next.strand
  }
}
