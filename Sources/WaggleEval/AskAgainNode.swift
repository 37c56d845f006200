import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// A `wait` without a subject: the condition itself is asked again, quickly first and then slower.
final class AskAgainNode: Node {
  private let condition: Node
  private let failIf: Node?
  private let clauses: WaitNode.Clauses
  private let counter: Int
  private let site: Site

  init(
    _ checked: CheckedWait, condition: Node, failIf: Node?, _ clauses: WaitNode.Clauses,
    _ span: Span
  ) {
    self.condition = condition
    self.failIf = failIf
    self.clauses = clauses
    counter = checked.counter
    site = checked.site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let limit = try clauses.limit(f)
    let every = try clauses.every.map { node throws(Raise) in
      max(try node.duration(f).nanoseconds, 1)
    }
    let strand = f.machine.strand
    let token = strand.token.child(deadline: limit.map(strand.now.advanced(by:)))
    do throws(Raise) {
      try strand.under(token) { () throws(Raise) in try ask(every, f) }
      return .null
    } catch {
      guard case .deadline(token.id) = error.fault?.cancellation else { throw error }
      throw Raise(.wait(.unmet(after: limit ?? 0)), at: span)
    }
  }

  private func ask(_ every: Int?, _ f: Frame) throws(Raise) {
    let strand = f.machine.strand
    let began = strand.now.nanoseconds
    var look = 0
    while true {
      f.count(look, in: counter)
      if try hasComeTrue(f) { return }
      let pause = Pace.pause(
        after: strand.now.nanoseconds &- began, every: every, jitter: strand.draw(in: 0..<1))
      try f.burn(at: span)
      _ = try f.perform(.sleep(nanoseconds: pause), site: site, element: look, at: span)
      look &+= 1
    }
  }

  /// Asks once; a connection that fails and an API that is busy are looked past.
  private func hasComeTrue(_ f: Frame) throws(Raise) -> Bool {
    do throws(Raise) {
      if try condition.test(f) { return true }
      guard let failIf, try failIf.test(f) else { return false }
    } catch {
      guard let fault = error.fault, case .call = fault.cause, fault.couldPass else { throw error }
      return false
    }
    throw Raise(.wait(.failIf), at: failIf?.span ?? span)
  }
}

extension WaitFault {
  /// A wait without subjects that ran out.
  fileprivate static func unmet(after limit: Int) -> WaitFault {
    WaitFault(
      cause: .timedOut(nanoseconds: limit), unmet: [], total: 0, needed: 0, reached: 0)
  }

  /// A wait without subjects whose `fail-if` holds.
  fileprivate static var failIf: WaitFault {
    WaitFault(cause: .failed(.failed), unmet: [], total: 0, needed: 0, reached: 0)
  }
}
