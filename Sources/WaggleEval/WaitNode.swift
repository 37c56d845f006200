import WaggleCatalogue
import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// A `wait` for subjects.
final class WaitNode: Node {
  /// The clauses, compiled.
  struct Clauses {
    let condition: Node
    let failIf: Node?
    let timeout: Timeout
    let every: Node?
    let stuckAfter: Node?

    /// How long it may take.
    enum Timeout {
      case usual, never
      case after(Node)
    }
  }

  private let input: Node
  private let clauses: Clauses
  private let any: Enough
  private let subject: Int
  private let mentionsGone: Bool
  private let site: Site

  /// How many of the subjects suffice.
  enum Enough {
    case all, one
    case some(Node)
  }

  init(
    _ checked: CheckedWait, input: Node, clauses: Clauses, any: Enough, _ span: Span
  ) {
    self.input = input
    self.clauses = clauses
    self.any = any
    subject = checked.subject
    mentionsGone = checked.mentionsGone
    site = checked.site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let value = try input.value(f)
    var isList = true
    var elements = [value]
    if case .list(let list) = value { elements = list.elements } else { isList = false }
    let enough: Int?
    switch any {
    case .all: enough = nil
    case .one: (enough, isList) = (1, false)
    case .some(let node): (enough, isList) = (try node.count(f, .subjects, from: 0), true)
    }
    let request = try request(elements, enough, f)
    let result = try f.perform(.wait(request), site: site, at: span)
    return fitting(result, isList: isList)
  }

  /// The result as the list or the one record that was asked for.
  private func fitting(_ result: Value, isList: Bool) -> Value {
    guard case .list(let list) = result, !isList else { return result }
    return list.elements.first ?? .null
  }

  private func request(
    _ elements: [Value], _ enough: Int?, _ f: Frame
  ) throws(Raise) -> WaitRequest {
    var type: TypeEntry?
    var subjects: [Subject] = []
    for element in elements {
      let (entry, subject) = try self.subject(of: element)
      if let type, type.type !== entry.type {
        throw Raise(.mixedSubjects(type.type, entry.type), at: input.span)
      }
      type = entry
      subjects.append(subject)
    }
    let (condition, failIf) = (clauses.condition, clauses.failIf)
    let (slot, recordType) = (self.subject, type?.type)
    return WaitRequest(
      type: recordType?.name ?? "Instance", subjects: subjects, any: enough,
      timeout: try clauses.limit(f), every: try clauses.every?.duration(f).nanoseconds,
      stuckAfter: try clauses.stuckAfter?.duration(f).nanoseconds, expectsGone: mentionsGone
    ) { look in
      try f.judge(look, condition, failIf, slot: slot, type: recordType)
    }
  }

  private func subject(of value: Value) throws(Raise) -> (TypeEntry, Subject) {
    switch value {
    case .text(let id):
      guard let entry = Catalogue.beeOS.entry(named: "Instance"),
        let get = entry.refresh.flatMap(Catalogue.beeOS.operation(id:))
      else { break }
      do throws(CallFault) {
        try Call(get, path: [id]).validate()
      } catch {
        throw Raise(.call(error), at: input.span)
      }
      return (entry, Subject(id: id))
    case .record(let record):
      guard let type = record.type,
        let entry = Catalogue.beeOS.entry(of: type).map(Catalogue.beeOS.refreshed),
        entry.lifecycle != nil, let field = entry.idField, case .text(let id) = record[field]
      else { break }
      return (entry, Subject(id: id, known: record))
    default: break
    }
    throw Raise(.notSubject(value), at: input.span)
  }
}

extension WaitNode.Clauses {
  /// How long it may take, in nanoseconds; nil for ever.
  func limit(_ f: Frame) throws(Raise) -> Int? {
    switch timeout {
    case .usual: WaitRequest.usualTimeout
    case .never: nil
    case .after(let node): try node.duration(f).nanoseconds
    }
  }
}

extension Frame {
  /// Evaluates the conditions of a wait about what a look showed.
  fileprivate func judge(
    _ look: Look, _ condition: Node, _ failIf: Node?, slot: Int, type: RecordType?
  ) throws(Fault) -> Verdict {
    let outer = machine.look
    machine.look = look
    let nothing = type.map { Value.record(Record(shape: $0.rootShape, values: [])) } ?? .null
    slots[slot] = look.record.map(Value.record) ?? nothing
    defer {
      machine.look = outer
      slots[slot] = .null
    }
    do throws(Raise) {
      if try condition.test(self) { return .reached }
      if let failIf, try failIf.test(self) { return .failed }
      return .notYet
    } catch {
      throw error.fault ?? Fault(.cancelled(.unwanted))
    }
  }
}

/// `ready settled gone`, about what the look of the innermost wait showed.
final class GoalNode: TestNode {
  private let goal: Goal

  init(_ goal: Goal, _ span: Span) {
    self.goal = goal
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool {
    guard let look = f.machine.look else { return false }
    switch goal {
    case .ready: return look.isReady
    case .settled: return look.isSettled
    case .gone: return look.isGone
    }
  }
}

/// A `wait` without a subject: the condition itself is asked again, quickly first and then slower.
final class AskAgainNode: Node {
  private let clauses: WaitNode.Clauses
  private let counter: Int
  private let site: Site

  /// The first pause between looks and the longest, in nanoseconds.
  private static let pace = 250_000_000...5_000_000_000

  init(_ checked: CheckedWait, _ clauses: WaitNode.Clauses, _ span: Span) {
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
      throw error.replacing(.wait(.unmet(after: limit ?? 0)))
    }
  }

  private func ask(_ every: Int?, _ f: Frame) throws(Raise) {
    var pause = AskAgainNode.pace.lowerBound
    var look = 0
    while true {
      f.count(look, in: counter)
      if try hasComeTrue(f) { return }
      let jitter = f.machine.strand.draw(in: 0.8..<1.2)
      let drawn = every ?? Int(clamping: Double(pause) * jitter)
      try f.burn(at: span)
      _ = try f.perform(.sleep(nanoseconds: drawn), site: site, element: look, at: span)
      pause = min(pause / 2 * 3, AskAgainNode.pace.upperBound)
      look &+= 1
    }
  }

  /// Asks once; a connection that fails and an API that is busy are looked past.
  private func hasComeTrue(_ f: Frame) throws(Raise) -> Bool {
    do throws(Raise) {
      if try clauses.condition.test(f) { return true }
      guard let failIf = clauses.failIf, try failIf.test(f) else { return false }
    } catch {
      guard let fault = error.fault, case .call = fault.cause, fault.couldPass else { throw error }
      return false
    }
    throw Raise(.wait(.failIf), at: clauses.failIf?.span ?? span)
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
