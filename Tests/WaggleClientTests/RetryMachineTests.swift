import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues

@Suite struct RetryMachineTests {
  private static let second = 1_000_000_000

  private func fault(
    _ status: Int?, _ code: String, _ call: Call, retryAfter: Int? = nil,
    cause: CallFault.Cause = .refused, unknown: Bool = false
  ) -> CallFault {
    CallFault(
      cause, operation: call.operation.id, status: status, code: code, message: code,
      retryAfter: retryAfter.map { $0 * Self.second }, isOutcomeUnknown: unknown)
  }

  /// Feeds one fault again and again, the moment of each failure being that of the try, and gives
  /// the moments of the tries in milliseconds and how it ended.
  private func play(
    _ call: Call, _ fault: CallFault, jitter: Double = 0.5, deadline: Int? = nil
  ) -> String {
    var machine = RetryMachine(
      call, at: Instant(nanoseconds: 0),
      deadline: deadline.map { Instant(nanoseconds: $0 * 1_000_000) })
    var now = Instant(nanoseconds: 0)
    var tries = ["0"]
    while true {
      switch machine.failed(fault, at: now, jitter: jitter) {
      case .park(let until):
        now = until
        tries.append("\(until.nanoseconds / 1_000_000)")
      case .fail(let end):
        let count = end.tries.map { tries in
          " after \(tries.count) in \(tries.nanoseconds / 1_000_000)"
            + (tries.next.map { ", next \($0 / 1_000_000)" } ?? "")
        }
        let look = end.look.map { " look: \($0)" } ?? ""
        return tries.joined(separator: " ") + " failed" + (count ?? "") + look
      }
    }
  }

  @Test(
    "a read that fails is tried five times, after pauses that are drawn below twice as much each")
  func read() {
    let call = Call(Fleet.get, path: ["a"])
    let fault = fault(503, "agent_offline", call)
    #expect(play(call, fault) == "0 250 750 1750 3750 failed after 5 in 3750")
    #expect(play(call, fault, jitter: 0) == "0 0 0 0 0 failed after 5 in 0")
    #expect(play(call, fault, jitter: 0.999) == "0 499 1498 3496 7492 failed after 5 in 7492")
  }

  @Test("too many calls is tried again for two minutes, when the API says so")
  func tooMany() {
    let call = Call(Fleet.start, path: ["a"])
    #expect(
      play(call, fault(429, "rate_limited", call, retryAfter: 30))
        == "0 30250 60500 90750 failed after 4 in 90750, next 30250")
    #expect(
      play(call, fault(429, "rate_limited", call, retryAfter: 600))
        == "0 failed after 1 in 0, next 600250")
  }

  @Test("nothing is slept past the end of a timeout: it fails at once")
  func deadline() {
    let call = Call(Fleet.get, path: ["a"])
    #expect(
      play(call, fault(429, "rate_limited", call, retryAfter: 5), deadline: 6_000)
        == "0 5250 failed after 2 in 5250, next 5250")
    #expect(
      play(call, fault(503, "agent_offline", call), deadline: 1_000)
        == "0 250 750 failed after 3 in 750, next 1000")
  }

  @Test("a change is tried again only where it was certainly not carried out")
  func change() {
    let call = Call(Fleet.start, path: ["a"])
    let lost = fault(nil, "lost_answer", call, cause: .lost, unknown: true)
    #expect(play(call, lost) == "0 failed look: instances get a")
    #expect(
      play(call, fault(500, "internal_error", call, unknown: true))
        == "0 failed look: instances get a")
    #expect(play(call, fault(409, "conflict", call)) == "0 failed")
    #expect(play(call, fault(404, "agent_not_found", call)) == "0 failed")
    #expect(
      play(call, fault(503, "device_offline", call)) == "0 250 750 1750 3750 failed after 5 in 3750"
    )
    #expect(
      play(call, fault(nil, "connection_refused", call, cause: .unreachable))
        == "0 250 750 1750 3750 failed after 5 in 3750")
  }

  @Test("what a server calls a code of ours is judged by its status")
  func forged() {
    let call = Call(Fleet.start, path: ["a"])
    #expect(play(call, fault(400, "connection_refused", call)) == "0 failed")
    #expect(play(call, fault(403, "rate_limited", call)) == "0 failed")
    #expect(play(call, fault(401, "device_offline", call)) == "0 failed")
  }

  @Test("a deploy whose answer was lost is looked for by its name")
  func deploy() throws {
    let operation = try #require(Catalogue.beeOS.operation(id: "deployInstance"))
    for (name, look) in [
      ("scout-7", "instances list --search scout-7"),
      ("my bee's", "instances list --search 'my bee''s'"), ("-v", "instances list --search '-v'"),
    ] {
      let call = Call(operation, body: try .init([("name", .text(name))]), key: "k")
      let lost = fault(nil, "lost_answer", call, cause: .lost, unknown: true)
      #expect(play(call, lost) == "0 failed look: \(look)")
    }
  }

  @Test("a repeat that is refused leaves open what became of the try before it")
  func refusedRepeat() throws {
    let operation = WaggleCatalogue.Operation(
      id: "renameInstance", group: "instances", action: "rename", method: "PATCH",
      path: "/api/v1/instances/{id}", summary: "Rename", pathParameters: Fleet.get.pathParameters,
      success: Success(200, .nothing), effect: .change, replay: .safe, example: "")
    let call = Call(operation, path: ["a"])
    var machine = RetryMachine(call, at: Instant(nanoseconds: 0), deadline: nil)
    let lost = fault(nil, "lost_answer", call, cause: .lost, unknown: true)
    let now = Instant(nanoseconds: 0)
    guard case .park = machine.failed(lost, at: now, jitter: 0) else {
      Issue.record("a safe change is repeated")
      return
    }
    guard case .fail(let end) = machine.failed(fault(409, "conflict", call), at: now, jitter: 0)
    else {
      Issue.record("a conflict is not")
      return
    }
    #expect(end.code == "conflict")
    #expect(end.isOutcomeUnknown)
    #expect(end.look == "instances get a")
  }

  /// What the machine does with each entry of the table, for each class of operation.
  @Test("every failure of the table is repeated as the table says")
  func table() {
    for entry in FailureTable.all {
      for code in entry.codes.isEmpty ? ["something_new"] : entry.codes {
        for (effect, verdict) in [(CallEffect.read, entry.read), (.change, entry.change)] {
          for replay in [Replay.safe, .safeWithKey, .checkFirst, .unsafe] {
            let operation = WaggleCatalogue.Operation(
              id: "x", group: "x", action: "x", method: "POST", path: "/x", summary: "x",
              key: .header(isRequired: false), success: Success(200, .nothing), effect: effect,
              replay: replay, example: "")
            let call = Call(operation, key: "k")
            let status = entry.statuses?.lowerBound
            let fault = fault(status, code, call, cause: cause(of: entry, code))
            guard FailureTable.entry(for: fault).remark == entry.remark else {
              Issue.record("\(code) \(status ?? 0) is not found as \(entry.remark)")
              continue
            }
            let isKeyed = replay == .safe || replay == .safeWithKey
            let expected =
              switch verdict {
              case .yes: "0 250 750"
              case .once: "0 250 failed after 2 in 250"
              case .withKey: isKeyed ? "0 250 750" : "0 failed"
              case .look, .no: "0 failed"
              }
            #expect(play(call, fault).hasPrefix(expected), "\(code) of a \(effect), \(replay)")
          }
        }
      }
    }
  }

  private func cause(of entry: FailureEntry, _ code: String) -> CallFault.Cause {
    if entry.statuses != nil { return .refused }
    switch entry.kind {
    case "api": return .malformed
    case "connection":
      return code.hasPrefix("lost") || code == "answer_timeout" ? .lost : .unreachable
    case "cancelled": return .cancelled(.interrupted)
    default: return .heldBack
    }
  }
}
