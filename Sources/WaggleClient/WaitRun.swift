import WaggleTime
import WaggleValues
import WaggleWait

/// One wait under way, on its strand: it judges what looks show it, and makes those that are due.
struct WaitRun {
  let desk: WaitDesk
  let number: Int
  /// Ends at the wait's own deadline; looks and pauses run under it, the judge does not.
  let token: Token
  let strand: Strand
  var machine: WaitMachine
  let judge: (Look) throws -> Verdict

  /// Waits until the end.
  mutating func end() throws(WaitStop) -> WaitMachine.End {
    while true {
      let stopping = token.cancellation(at: strand.now)
      switch desk.step(of: number, isStopping: stopping != nil, at: strand.now) {
      case .take(let news):
        if let end = try take(news) { return end }
      case .run(let errands): run(errands)
      case .park(let moment, let bell):
        if let end = try park(until: moment, for: bell) { return end }
      case .stop(let stop): throw stop
      }
    }
  }

  private mutating func take(_ news: [News]) throws(WaitStop) -> WaitMachine.End? {
    machine.take(news)
    var reached: [String] = []
    var failed: [String] = []
    for look in machine.looks() {
      do {
        let verdict = try judge(look)
        machine.judged(look.id, verdict)
        guard !machine.isOpen(look.id) else { continue }
        if verdict == .reached { reached.append(look.id) } else { failed.append(look.id) }
      } catch {
        throw .judge(error)
      }
    }
    desk.close(reached: reached, failed: failed, of: number)
    desk.tell(&self, isOver: false)
    return machine.judgementsEnded()
  }

  /// Makes calls, several at once, each under the wait's own deadline.
  private func run(_ errands: [Errand]) {
    if let errand = errands.first, errands.count == 1 {
      let answer = strand.under(token) { LookAnswer(to: errand, from: desk, on: strand) }
      return desk.answer(errand, answer, at: strand.now)
    }
    let name = strand.key
    strand.parallel(
      rounds: errands.count, width: Schedule.width, token: token, name: { "\(name)/look[\($0)]" }
    ) { round, strand in
      let errand = errands[round]
      let answer = LookAnswer(to: errand, from: desk, on: strand)
      desk.answer(errand, answer, at: strand.now)
      return true
    }
  }

  /// Parks, or ends at the end of the wait's own time.
  private mutating func park(
    until moment: Instant?, for bell: Completion
  ) throws(WaitStop) -> WaitMachine.End? {
    switch strand.under(token, { strand.park(until: moment, for: bell) }) {
    case .completed, .time: return nil
    case .cancelled(.deadline(token.id)):
      return .failed(machine.timedOut(unansweredFor: desk.silence(of: number, at: strand.now)))
    case .cancelled(let reason): throw .cancelled(reason)
    case .deadlock: throw .deadlock
    }
  }
}
