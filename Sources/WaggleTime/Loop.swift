/// A parallel loop under way: which round is next, and who still works on it.
final class Loop: @unchecked Sendable {
  private let rounds: Int
  private let token: Token
  private let clock: any Clockwork
  /// What the rounds are and do; nil when the loop has ended, for the closures must not outlive it.
  private var script: (name: (Int) -> String, body: (Int, Strand) -> Bool)?
  private let lock = Lock()
  private var next = 0
  private var isStopping = false
  private var helpers = 0
  private let join = Completion()

  init(
    rounds: Int, token: Token, clock: any Clockwork, name: @escaping (Int) -> String,
    body: @escaping (Int, Strand) -> Bool
  ) {
    self.rounds = rounds
    self.token = token
    self.clock = clock
    self.script = (name, body)
  }

  /// Starts the first rounds, works on the loop with the calling thread, and waits for the rest.
  func run(for strand: Strand, width: Int) {
    guard let index = take() else { return }
    let first = makeStrand(index, on: strand.berth)
    for _ in 1..<width {
      guard hireHelper() else { break }
    }
    clock.begin(first)
    work(index, first)
    let isAlone = lock.withLock { helpers == 0 }
    if !isAlone { clock.join(strand, join) }
    script = nil
  }

  /// Gives the next round to another thread; false where no round or no thread is left.
  private func hireHelper() -> Bool {
    guard let worker = clock.crew.hire() else { return false }
    guard let index = take() else {
      clock.crew.release(worker)
      return false
    }
    lock.withLock { helpers += 1 }
    let strand = makeStrand(index, on: worker.berth)
    worker.assign { [self] in
      work(index, strand)
      end(worker)
    }
    clock.start(strand, on: worker)
    return true
  }

  /// Runs a round and then whichever is next, until none is left.
  private func work(_ index: Int, _ strand: Strand) {
    var index = index
    var strand = strand
    while let script {
      if !script.body(index, strand) { lock.withLock { isStopping = true } }
      guard let following = take() else { return }
      index = following
      strand = makeStrand(index, on: strand.berth)
    }
  }

  /// Takes the helper out of the loop; the last one wakes the strand that waits.
  private func end(_ worker: Worker) {
    let isLast = lock.withLock {
      helpers -= 1
      return helpers == 0
    }
    if isLast { join.complete() }
    clock.retire(worker)
  }

  private func take() -> Int? {
    lock.withLock {
      guard next < rounds, !isStopping else { return nil }
      defer { next += 1 }
      return next
    }
  }

  private func makeStrand(_ index: Int, on berth: Berth) -> Strand {
    Strand(key: script?.name(index) ?? "", clock: clock, token: token, berth: berth)
  }
}
