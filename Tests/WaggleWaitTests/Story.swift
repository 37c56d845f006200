import Testing
import WaggleTime
import WaggleValues
import WaggleWait

/// A wait as a list of lines: events that come in, each followed by what the schedule asks for.
struct Story {
  private(set) var lines: [String] = []
  private(set) var machine: WaitMachine
  private(set) var end: WaitMachine.End?
  private let request: WaitRequest
  private var moment = Instant(nanoseconds: 0)
  private var schedule = Schedule()
  private let wait: Int
  private var errands: [Errand] = []
  private var parked: Instant?

  init(_ request: WaitRequest, canList: Bool = false) {
    self.request = request
    machine = WaitMachine(request, lifecycle: .instance)
    let end = machine.began(at: Instant(nanoseconds: 0))
    wait = schedule.began(
      request.type, machine.open, canList: canList, every: request.every,
      at: Instant(nanoseconds: 0))
    if let end { tell(end) } else { turn() }
  }

  /// Answers gets in the order of the ids: a record's fields, `404`, or `503` and the like.
  ///
  /// What has no answer was cut off.
  mutating func answer(_ answers: String..., at ms: Int? = nil) {
    if let ms { moment = Instant(nanoseconds: ms * 1_000_000) }
    guard case .get? = errands.first?.what else { return lines.append("no get was asked for") }
    let asked = errands
    errands = []
    for (place, errand) in asked.enumerated() {
      guard case .get(let id) = errand.what else { continue }
      answer(errand, id, place < answers.count ? answers[place] : "cut")
    }
    turn()
  }

  private mutating func answer(_ errand: Errand, _ id: String, _ answer: String) {
    switch answer {
    case "404": schedule.missed(errand, at: moment, allowance: .usual)
    case "cut": schedule.gaveUp(errand, at: moment, allowance: .usual)
    case let code where code.hasPrefix("429 "):
      let pause = (Int(code.dropFirst(4)) ?? 0) * 1_000_000_000
      schedule.failed(errand, "429", retryAfter: pause, at: moment, allowance: .usual)
    case "503": schedule.failed(errand, "503", retryAfter: nil, at: moment, allowance: .usual)
    default: schedule.found(errand, instance(id, answer), at: moment, allowance: .usual)
    }
  }

  /// Answers the first page that is asked for with running instances.
  mutating func page(_ ids: [String], total: Int?) {
    guard case .page? = errands.first?.what else { return lines.append("no page was asked for") }
    let errand = errands.removeFirst()
    schedule.paged(
      errand, ids.map { ($0, instance($0, "running")) }, count: ids.count, total: total,
      at: moment, allowance: .usual)
    if errands.isEmpty { turn() }
  }

  mutating func pageFailed(retryAfter seconds: Int? = nil) {
    for errand in errands {
      schedule.failed(
        errand, "503", retryAfter: seconds.map { $0 * 1_000_000_000 }, at: moment,
        allowance: .usual)
    }
    turn()
  }

  /// The list may not be read.
  mutating func listRefused() {
    for errand in errands { schedule.refused(errand, at: moment, allowance: .usual) }
    turn()
  }

  /// Lets the time pass to which the wait parked.
  mutating func wake() {
    guard let parked else { return lines.append("nobody is parked") }
    moment = parked
    turn()
  }

  mutating func timeIsUp() { lines.append(describe(machine.timedOut())) }

  /// Writes down what is next; judgements are made at once.
  private mutating func turn() {
    parked = nil
    switch schedule.turn(of: wait, at: moment, allowance: .usual) {
    case .take(let news):
      machine.take(news)
      schedule.closed(judge(), of: wait)
      if let end = machine.judgementsEnded() { tell(end) } else { turn() }
    case .run(let errands):
      self.errands = errands
      lines.append(words(of: errands))
    case .park(let until):
      parked = until
      lines.append("park until \(until.map { "\($0.nanoseconds / 1_000_000)" } ?? "rung")")
    }
  }

  /// Judges what there is; gives those that need no more looks.
  private mutating func judge() -> [String] {
    let looks = machine.looks()
    for look in looks { machine.judged(look.id, (try? request.judge(look)) ?? .notYet) }
    return looks.map(\.id).filter { !machine.isOpen($0) }
  }

  private mutating func tell(_ end: WaitMachine.End) {
    self.end = end
    switch end {
    case .reached(let records): lines.append("reached " + records.map(name).joined(separator: " "))
    case .failed(let fault): lines.append(describe(fault))
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

/// Errands in a line: `page 0 1`, `get a b`.
func words(of errands: [Errand]) -> String {
  let words = errands.map { errand in
    switch errand.what {
    case .page(let page): ("page", "\(page)")
    case .get(let id): ("get", id)
    case .roll(let name, let page): ("roll", "\(name) \(page)")
    }
  }
  return ([words.first?.0 ?? "nothing"] + words.map(\.1)).joined(separator: " ")
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

/// The condition `ready`.
func isReady(_ look: Look) -> Verdict { look.isReady ? .reached : .notYet }

/// The condition `status == …`.
func until(_ status: String) -> (Look) throws -> Verdict {
  { text($0, "status") == status ? .reached : .notYet }
}

func subjects(_ ids: String...) -> [Subject] { ids.map { Subject(id: $0) } }
