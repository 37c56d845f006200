import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// A `wait` without a subject: the condition itself is asked again, quickly first and then slower.
final class AskAgainNode: Node {
  private let condition: WaitCondition
  private let failIf: WaitCondition?
  private let clauses: WaitNode.Clauses
  private let counter: Int
  private let site: Site

  init(
    _ checked: CheckedWait, condition: WaitCondition, failIf: WaitCondition?,
    _ clauses: WaitNode.Clauses, _ span: Span
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
    var asking = Asking(limit: limit, since: strand.now)
    do throws(Raise) {
      try strand.under(token) { () throws(Raise) in try ask(every, &asking, f) }
      asking.tell(of: .reached, f)
      return .null
    } catch {
      guard case .deadline(token.id) = error.fault?.cancellation else {
        asking.tell(of: error.fault?.isOfWait ?? false ? .failed : .stopped, f)
        throw error
      }
      asking.tell(of: .failed, f)
      throw Raise(.wait(asking.unmet(after: limit ?? 0)), at: span)
    }
  }

  private func ask(_ every: Int?, _ asking: inout Asking, _ f: Frame) throws(Raise) {
    let strand = f.machine.strand
    var look = 0
    while true {
      f.count(look, in: counter)
      if try hasComeTrue(&asking, f) { return }
      let pause = Pace.pause(
        after: asking.elapsed(f), every: every, jitter: strand.draw(in: 0..<1))
      asking.next = strand.now.advanced(by: pause)
      asking.tell(of: nil, f)
      try f.burn(at: span)
      _ = try f.perform(.sleep(nanoseconds: pause), site: site, element: look, at: span)
      look &+= 1
    }
  }

  /// Asks once; a connection that fails and an API that is busy are looked past.
  private func hasComeTrue(_ asking: inout Asking, _ f: Frame) throws(Raise) -> Bool {
    asking.count += 1
    do throws(Raise) {
      var parts: [ConditionPart] = []
      asking.trouble = nil
      if try condition.ask(f, noting: &parts) { return true }
      var against: [ConditionPart] = []
      let hasFailed = try failIf?.ask(f, noting: &against) ?? false
      asking.parts = parts + against.behindFailIf
      guard hasFailed else { return false }
    } catch {
      guard let fault = error.fault, case .call = fault.cause, fault.couldPass else { throw error }
      asking.trouble = fault.message
      return false
    }
    throw Raise(.wait(.failIf), at: failIf?.span ?? span)
  }
}

/// What is told of a wait that asks its condition again.
private struct Asking {
  /// How it is over.
  enum Ending { case reached, failed, stopped }

  let limit: Int?
  let since: Instant
  var count = 0
  var parts: [ConditionPart] = []
  var trouble: String?
  var next: Instant?

  init(limit: Int?, since: Instant) {
    self.limit = limit
    self.since = since
  }

  func elapsed(_ f: Frame) -> Int { f.machine.strand.now.nanoseconds &- since.nanoseconds }

  func tell(of ending: Ending?, _ f: Frame) {
    let strand = f.machine.strand
    f.run.ports.events(
      .waits(
        WaitProgress(
          strand: strand.key, type: "", total: 0, needed: 1, reached: ending == .reached ? 1 : 0,
          states: [], changes: [], at: strand.now, elapsed: elapsed(f), limit: limit, calls: 0,
          nextLook: ending == nil ? next : nil, trouble: trouble,
          asked: WaitProgress.Asked(count: count, parts: parts), isOver: ending != nil,
          wasStopped: ending == .stopped)))
  }

  /// The wait that ran out.
  func unmet(after limit: Int) -> WaitFault {
    WaitFault(
      cause: .timedOut(nanoseconds: limit), unmet: [], total: 0, needed: 0, reached: 0,
      trouble: trouble, obstacles: parts.obstacles())
  }
}

extension Fault {
  /// Whether it is of a wait that came to its own end.
  fileprivate var isOfWait: Bool { if case .wait = cause { true } else { false } }
}

extension WaitFault {
  /// A wait without subjects whose `fail-if` holds.
  fileprivate static var failIf: WaitFault {
    WaitFault(cause: .failed(.failed), unmet: [], total: 0, needed: 0, reached: 0)
  }
}
