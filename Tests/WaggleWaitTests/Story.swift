import Testing
import WaggleTime
import WaggleValues
import WaggleWait

/// A wait as a list of lines: events that come in, each followed by what the machine asks for.
struct Story {
  private(set) var lines: [String] = []
  private(set) var machine: WaitMachine
  private let request: WaitRequest
  private(set) var now = 0
  private var action: WaitMachine.Action?

  init(_ request: WaitRequest, canList: Bool = false) {
    self.request = request
    machine = WaitMachine(request, lifecycle: .instance, canList: canList)
    take(machine.began(at: moment))
  }

  private var moment: Instant { Instant(nanoseconds: now * 1_000_000) }

  /// Answers gets in the order of the ids: a record's fields, `404`, or `503` and the like.
  mutating func answer(_ answers: String..., at ms: Int? = nil) {
    if let ms { now = ms }
    guard case .get(let ids)? = action else { return lines.append("no get was asked for") }
    for (id, answer) in zip(ids, answers) {
      switch answer {
      case "404": machine.missed(id, at: moment)
      case let code where code.hasPrefix("429 "):
        let seconds = Int(code.dropFirst(4)) ?? 0
        machine.lookFailed(id, "429", retryAfter: seconds * 1_000_000_000, at: moment)
      case "503": machine.lookFailed(id, "503", retryAfter: nil, at: moment)
      default: machine.found(id, instance(id, answer), at: moment)
      }
    }
    take(machine.looked(at: moment))
  }

  /// Answers a page with running instances.
  mutating func page(_ ids: [String], total: Int?) {
    guard case .page? = action else { return lines.append("no page was asked for") }
    take(machine.paged(ids.map { ($0, instance($0, "running")) }, total: total, at: moment))
  }

  mutating func pageFailed(retryAfter seconds: Int? = nil) {
    take(
      machine.pageFailed(
        "503", retryAfter: seconds.map { $0 * 1_000_000_000 }, at: moment))
  }

  /// Lets the time pass to which the machine parked.
  mutating func wake() {
    guard case .park(let until)? = action else { return lines.append("nobody is parked") }
    now = until.nanoseconds / 1_000_000
    take(machine.woke(at: moment))
  }

  mutating func timeIsUp() { lines.append(describe(machine.timedOut())) }

  /// Writes the action down; judgements are made at once.
  private mutating func take(_ next: WaitMachine.Action) {
    action = next
    switch next {
    case .page(let page): lines.append("page \(page)")
    case .get(let ids): lines.append("get " + ids.joined(separator: " "))
    case .park(let until): lines.append("park until \(until.nanoseconds / 1_000_000)")
    case .reached(let records): lines.append("reached " + records.map(name).joined(separator: " "))
    case .failed(let fault): lines.append(describe(fault))
    case .judge(let looks):
      for look in looks { machine.judged(look.id, (try? request.judge(look)) ?? .notYet) }
      take(machine.judgementsEnded(at: moment, jitter: 0.5))
    }
  }

  private func describe(_ fault: WaitFault) -> String {
    let unmet = fault.unmet.map { "\($0.id) \($0.reason)" }.joined(separator: ", ")
    return "\(fault.cause): \(unmet)"
  }

  private func name(_ value: Value) -> String {
    if case .record(let record) = value, case .text(let id)? = record["id"] { return id }
    return "null"
  }
}

extension Lifecycle {
  static let instance = Lifecycle(
    status: "status", desired: "desiredStatus", entered: "statusEnteredAt", error: "errorMessage",
    words: ["errorMessage", "haltReason"],
    states: ["pending", "provisioning", "running", "stopped", "terminated"],
    passing: [("pending", 60), ("provisioning", 120)], final: ["terminated"],
    ready: [("status", "running"), ("connectivity", "online")])
}

extension WaitRequest {
  /// Asks for a status, as the evaluator does: what cannot be hoped for elsewhere is known.
  static func until(
    _ status: String..., every: Int? = 1_000_000_000, stuckAfter: Int? = nil,
    _ subjects: [Subject] = [Subject(id: "a")]
  ) -> WaitRequest {
    WaitRequest(
      subjects: subjects, every: every, stuckAfter: stuckAfter,
      hopeless: Lifecycle.instance.states.filter { !status.contains($0) }
    ) { look in text(look, "status").map(status.contains) == true ? .reached : .notYet }
  }
}

/// An instance out of `status desiredStatus statusEnteredAt errorMessage connectivity haltReason`;
/// `-` leaves one out.
func instance(_ id: String, _ fields: String) -> Record {
  let names = [
    "status", "desiredStatus", "statusEnteredAt", "errorMessage", "connectivity", "haltReason",
  ]
  var pairs: [(key: String, value: Value)] = [("id", .text(id))]
  for (name, field) in zip(names, fields.split(separator: " ")) where field != "-" {
    pairs.append((name, .text(String(field))))
  }
  return (try? Record(pairs)) ?? Record()
}

func text(_ look: Look, _ field: String) -> String? {
  if case .text(let text)? = look.record?[field] { return text }
  return nil
}

/// The condition `status == …`.
func until(_ status: String) -> (Look) throws -> Verdict {
  { text($0, "status") == status ? .reached : .notYet }
}

func subjects(_ ids: String...) -> [Subject] { ids.map { Subject(id: $0) } }
