import WaggleCatalogue
import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// A `wait` for subjects.
final class WaitNode: Node {
  /// What is to come true of the subject in a slot, and what makes the wait fail.
  struct Conditions {
    let until: WaitCondition
    let failIf: WaitCondition?
    let subject: Int
  }

  /// The clauses, compiled.
  struct Clauses {
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
  private let conditions: Conditions
  private let clauses: Clauses
  private let any: Enough
  private let mentionsGone: Bool
  private let site: Site

  /// How many of the subjects suffice.
  enum Enough {
    case all, one
    case some(Node)
  }

  init(
    _ checked: CheckedWait, input: Node, conditions: Conditions, clauses: Clauses, any: Enough,
    _ span: Span
  ) {
    self.input = input
    self.conditions = conditions
    self.clauses = clauses
    self.any = any
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
    let (conditions, recordType) = (conditions, type?.type)
    let stuckAfter = try clauses.stuckAfter?.duration(f).nanoseconds
    return WaitRequest(
      type: recordType?.name ?? "Instance", subjects: subjects, any: enough,
      timeout: try clauses.limit(f), every: try clauses.every?.duration(f).nanoseconds,
      stuckAfter: stuckAfter, hopeless: type?.lifecycle.map { hopelessStates($0, f) } ?? [],
      isForEnds: stuckAfter == nil && (type?.lifecycle.map { isForEnds($0, f) } ?? false),
      expectsGone: mentionsGone, expectsReady: conditions.until.mentionsReady,
      explain: { f.explain($0, conditions, type: recordType) },
      judge: { try f.judge($0, conditions, type: recordType) })
  }

  /// The states in which the condition cannot come true, whatever else becomes known.
  private func hopelessStates(_ entry: TypeEntry.Lifecycle, _ f: Frame) -> [String] {
    entry.states.filter { conditions.until.truth(in: $0, of: entry, f) == .no }
  }

  /// Whether the conditions cannot come true in any state but an end, whatever else becomes known.
  private func isForEnds(_ entry: TypeEntry.Lifecycle, _ f: Frame) -> Bool {
    entry.states.allSatisfy { state in
      entry.final.contains(state)
        || [conditions.until, conditions.failIf].allSatisfy {
          $0.map { $0.truth(in: state, of: entry, f) == .no } ?? true
        }
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

extension Look {
  /// What a person knows the subject by: `instance_7 (scout-3)`.
  fileprivate var called: String {
    guard case .text(let name)? = record?["name"], !name.isEmpty else { return id }
    return "\(id) (\(name))"
  }
}

extension Frame {
  /// Evaluates the conditions of a wait about what a look showed.
  fileprivate func judge(
    _ look: Look, _ conditions: WaitNode.Conditions, type: RecordType?
  ) throws(Fault) -> Verdict {
    do throws(Raise) {
      return try showing(look, in: conditions.subject, type: type) { () throws(Raise) in
        if try conditions.until.truth(of: look, self) == .yes { return .reached }
        if try conditions.failIf?.truth(of: look, self) == .yes { return .failed }
        return .notYet
      }
    } catch {
      var fault = error.fault ?? Fault(.cancelled(.unwanted))
      fault.about = fault.about ?? look.called
      throw fault
    }
  }
  /// The parts of the conditions of a wait, as a look decides them.
  fileprivate func explain(
    _ look: Look, _ conditions: WaitNode.Conditions, type: RecordType?
  ) -> [ConditionPart] {
    showing(look, in: conditions.subject, type: type) {
      conditions.until.parts(of: look, self)
        + (conditions.failIf?.parts(of: look, self) ?? []).behindFailIf
    }
  }

  /// Runs a body while a slot and `ready settled gone` are about what a look showed.
  private func showing<R, E: Error>(
    _ look: Look, in slot: Int, type: RecordType?, _ body: () throws(E) -> R
  ) throws(E) -> R {
    let outer = machine.look
    machine.look = look
    let nothing = type.map { Value.record(Record(shape: $0.rootShape, values: [])) } ?? .null
    slots[slot] = look.record.map(Value.record) ?? nothing
    defer {
      machine.look = outer
      slots[slot] = .null
    }
    return try body()
  }
}
