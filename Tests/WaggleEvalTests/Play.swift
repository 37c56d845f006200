import Synchronization
import WaggleCatalogue
import WaggleCheck
import WaggleEval
import WaggleSyntax
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// A script that was run on the virtual clock: what it printed, what it did, how it ended.
struct Play {
  /// What came out of `print`.
  let output: String
  /// The value of the last statement; nil where a fault ended the script.
  let value: Value?
  /// What ended it.
  let fault: Fault?
  /// Every effect with its key, in the order of their coming.
  let effects: [(key: String, effect: Effect)]
  /// The steps as they began and ended.
  let steps: [String]
  /// What the checker refused; empty for a script that ran.
  let diagnostics: [String]
  /// How much virtual time went by.
  let took: Duration

  /// Runs a text; calls are answered by `answer`, which may park the strand.
  init(
    _ text: String, mode: Checker.Mode = .script, parameters: [Value?] = [], seed: UInt64 = 1,
    cancel: (after: Int, reason: Cancellation)? = nil,
    answer: @escaping Answers.Answer = Answers.usual
  ) {
    var map = SourceMap()
    let source = Source(name: "test", text: text)
    let parsed = Parser.parse(source, id: map.add(source), mode: .file)
    let checked = Checker.check(parsed.script, mode: mode, catalogue: .beeOS)
    diagnostics = (parsed.diagnostics + checked.diagnostics).filter { $0.severity == .error }
      .map(\.message)
    let answers = Answers(answer)
    let steps = Mutex<[String]>([])
    let clock = VirtualStrands(seed: seed, start: Play.start)
    guard parsed.diagnostics.isEmpty, let program = checked.program else {
      (output, value, fault, effects, self.steps, took) =
        ("", nil, nil, [], [], Duration(nanoseconds: 0))
      return
    }
    let table = LineTable(source)
    let ports = Interpreter.Ports(
      table: { "table of \($0.json())" },
      place: { span in
        let position = table.position(of: Int(span.lower))
        return "test:\(position.line):\(position.column)"
      },
      excerpt: { span in
        let bytes = source.text.utf8.dropFirst(Int(span.lower)).prefix(Int(span.upper - span.lower))
        return String(Substring(bytes))
      },
      events: { event in steps.withLock { $0.append(event.words) } },
      memory: MemoryGauge(limit: 64 << 20, used: { 0 }, giveBack: {}))
    let interpreter = Interpreter(effects: answers, ports: ports, runID: "run")
    let token = Token()
    let result = clock.main(token: token) { strand in
      strand.cancelling(token, cancel) { strand in
        do throws(Fault) {
          return .success(try interpreter.run(program, parameters: parameters, on: strand))
        } catch {
          return .failure(error)
        }
      }
    }
    (value, fault) =
      switch result {
      case .success(let value): (value, nil)
      case .failure(let fault): (nil, fault)
      }
    output = answers.output
    effects = answers.performed
    self.steps = steps.withLock { $0 }
    took = Duration(nanoseconds: clock.now.nanoseconds - Play.start.nanoseconds)
  }

  /// 2026-05-14T18:00:00Z.
  static let start = Instant(nanoseconds: 1_778_781_600_000_000_000)

  /// The output, and behind it what ended the script, if anything did.
  var story: String {
    if !diagnostics.isEmpty { return "not run: " + diagnostics.joined(separator: "; ") }
    guard let fault else { return output }
    return output + "! \(fault.kind): \(fault.message)"
  }

  /// The keys of all effects but prints, in order.
  var keys: [String] {
    effects.compactMap { key, effect in
      if case .print = effect { return nil }
      return key
    }
  }
}

extension RunEvent {
  fileprivate var words: String {
    switch self {
    case .stepBegan(let title): "begin \(title)"
    case .stepEnded(let title, let succeeded, let took):
      "end \(title) \(succeeded ? "well" : "badly") after \(took.text)"
    case .waits(let wait): "asked \(wait.asked?.count ?? 0) times\(wait.isOver ? ", over" : "")"
    }
  }
}

/// A way out that remembers what was done.
final class Answers: Effects {
  /// Answers a call on the strand that makes it.
  typealias Answer = @Sendable (Call, Strand) throws(Fault) -> Value

  private let answer: Answer
  private let state = Mutex<(output: String, performed: [(key: String, effect: Effect)])>(("", []))

  init(_ answer: @escaping Answer) { self.answer = answer }

  var output: String { state.withLock { $0.output } }
  var performed: [(key: String, effect: Effect)] { state.withLock { $0.performed } }

  func perform(_ effect: Effect, key: EffectKey, on strand: Strand) throws(Fault) -> Value {
    state.withLock { $0.performed.append((key.text, effect)) }
    switch effect {
    case .call(let call), .list(let call, _, _), .open(let call), .follow(let call),
      .transfer(let call):
      return try answer(call, strand)
    case .wait(let request): return try wait(request, strand)
    case .now: return .time(Timestamp(nanoseconds: strand.now.nanoseconds))
    case .sleep(let nanoseconds):
      try strand.pause(nanoseconds)
      return .null
    case .environment(let name): return name == "HOME" ? .text("the nest") : .null
    case .print(let text):
      state.withLock { $0.output += text }
      return .null
    case .log(let text):
      state.withLock { $0.output += "[err] \(text)\n" }
      return .null
    case .item(let stream): return try stream.nextItem(on: strand)
    case .show(let value), .showEnd(let value), .showItem(let value):
      state.withLock { $0.output += "shown: \(value.json())\n" }
      return .null
    case .limit, .read, .write, .ask, .confirm, .exec: return .null
    }
  }

  /// Looks once a second at subjects that are `pending` for three seconds and `running` then.
  private func wait(_ request: WaitRequest, _ strand: Strand) throws(Fault) -> Value {
    let lifecycle = Lifecycle(
      status: "status", states: ["pending", "running", "terminated"], final: ["terminated"],
      ready: [("status", "running")])
    var seconds = 0
    while true {
      let status = seconds < 3 ? "pending" : "running"
      var fresh: [Value] = []
      for subject in request.subjects {
        let record = Answers.instance(subject.id, status)
        let look = Look(id: subject.id, record: record, lifecycle: lifecycle)
        do {
          if try request.judge(look) == .reached { fresh.append(.record(record)) }
        } catch {
          throw error as? Fault ?? Fault(.cancelled(.unwanted))
        }
      }
      if fresh.count >= request.any ?? request.subjects.count {
        return .list((try? List(Array(fresh.prefix(request.any ?? fresh.count)))) ?? List())
      }
      try strand.pause(1_000_000_000)
      seconds += 1
    }
  }

  /// An instance of a few fields.
  static func instance(_ id: String, _ status: String, seconds: Int = 0) -> Record {
    let fields: [(key: String, value: Value)] = [
      ("id", .text(id)), ("name", .text("bee-\(id)")), ("status", .text(status)),
      ("totalRunSeconds", .int(seconds)),
    ]
    let type = Catalogue.beeOS.recordType(named: "Instance")
    return (try? Record(fields, type: type)) ?? Record()
  }

  /// Takes 100 ms; a list has three instances, a call with an id gives that instance, running.
  static let usual: Answer = { call, strand throws(Fault) in
    try strand.pause(100_000_000)
    guard let id = call.path.first else {
      let list = ["a", "b", "c"].enumerated().map {
        Value.record(instance($1, $0 == 1 ? "running" : "stopped", seconds: 30 - 10 * $0))
      }
      return .list((try? List(list)) ?? List())
    }
    return .record(instance(id, "running"))
  }
}

extension Strand {
  /// Parks for a while; what ends it early is a fault.
  func pause(_ nanoseconds: Int) throws(Fault) {
    switch sleep(nanoseconds: nanoseconds) {
    case .cancelled(let reason): throw Fault(.cancelled(reason))
    case .deadlock: throw Fault(.deadlock)
    case .time, .completed: break
    }
  }
}

extension Strand {
  /// Runs a body, beside a second strand that cancels it after a while where that is wanted.
  fileprivate func cancelling(
    _ token: Token, _ cancel: (after: Int, reason: Cancellation)?,
    _ body: (Strand) -> Result<Value, Fault>
  ) -> Result<Value, Fault> {
    guard let cancel else { return body(self) }
    let result = Mutex<Result<Value, Fault>>(.success(.null))
    parallel(rounds: 2, width: 2, token: token, name: { $0 == 0 ? "" : "~" }) { round, strand in
      if round == 0 {
        let ended = body(strand)
        result.withLock { $0 = ended }
      } else {
        strand.under(Token()) { _ = strand.sleep(nanoseconds: cancel.after) }
        token.cancel(cancel.reason)
      }
      return true
    }
    return result.withLock { $0 }
  }
}
