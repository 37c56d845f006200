import Glibc

/// The clock on the wall: every strand runs, and a park is a sleep with a deadline.
package final class WallStrands: Clockwork {
  /// What the random numbers of the run are made from.
  package let seed: UInt64
  /// Time is real.
  package var isVirtual: Bool { false }
  let crew = Crew()
  /// What the monotonic clock is behind the real time, as it was at the start.
  private let offset: Int

  /// Starts the clock at the real time; the one place of the program that reads it.
  package convenience init(seed: UInt64) {
    self.init(seed: seed, realTime: WallStrands.read(CLOCK_REALTIME))
  }

  /// Starts the clock at a time, in nanoseconds since the epoch.
  init(seed: UInt64, realTime: Int) {
    self.seed = seed
    offset = realTime &- WallStrands.read(CLOCK_MONOTONIC)
  }

  /// The real time of the start and what the monotonic clock counted since.
  package var now: Instant {
    Instant(nanoseconds: WallStrands.read(CLOCK_MONOTONIC) &+ offset)
  }

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
      rest(strand, until: due)
      if let wake = strand.verdict(at: now, until: until, for: completion) { return wake }
    }
  }

  func wake(_ strand: Strand) { strand.berth.bell.ring() }

  func start(_ strand: Strand, on worker: Worker) { worker.berth.bell.ring() }

  func begin(_ strand: Strand) {}

  func join(_ strand: Strand, _ completion: Completion) {
    completion.attach(strand)
    while !completion.isComplete { strand.berth.bell.wait() }
  }

  func retire(_ worker: Worker) { crew.release(worker) }

  private func rest(_ strand: Strand, until due: Instant?) {
    guard let due else { return strand.berth.bell.wait() }
    let (moment, overflow) = due.nanoseconds.subtractingReportingOverflow(offset)
    strand.berth.bell.wait(untilMonotonic: overflow ? (due.nanoseconds < 0 ? 0 : .max) : moment)
  }

  private static func read(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }
}
