import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues
import WaggleWait

@Suite struct WaitDeskTests {
  /// Waits until `running` and gives how it ended, with the milliseconds that it took.
  private func wait(
    _ gateway: FleetGateway, _ ids: [String], any: Int? = nil, timeout: Int? = 60_000,
    every: Int? = 1, token: Token = Token(),
    judge: @escaping (Look) throws -> Verdict = isRunning
  ) -> String {
    let request = WaitRequest(
      subjects: ids.map { Subject(id: $0) }, any: any, timeout: timeout.map { $0 * 1_000_000 },
      every: every.map { $0 * 1_000_000_000 }, judge: judge)
    return virtually(token: token) { strand in
      let desk = WaitDesk(gateway, catalogue: .beeOS)
      let end: String
      do throws(WaitStop) {
        end =
          "reached "
          + (try desk.wait(request, on: strand).map { $0.id ?? "null" })
          .joined(separator: " ")
      } catch {
        end = describe(error)
      }
      return "\(strand.now.nanoseconds / 1_000_000) \(end)"
    }
  }

  private func describe(_ stop: WaitStop) -> String {
    switch stop {
    case .fault(let fault):
      "\(fault.cause) " + fault.unmet.map { "\($0.id) \($0.reason)" }.joined(separator: ", ")
    case .call(let fault): "call \(fault.code)"
    case .judge(let error): "judge \(error)"
    case .cancelled(let reason): "cancelled \(reason)"
    case .deadlock: "deadlock"
    case .cannotLook(let type): "cannot look at \(type)"
    }
  }

  @Test("one instance is looked at by gets until it is there")
  func one() {
    let gateway = FleetGateway(["a"]) { _, ms in ms < 2_000 ? "pending" : "running" }
    #expect(wait(gateway, ["a"]) == "2080 reached a")
    #expect(gateway.calls == ["0 getInstance a", "1000 getInstance a", "2000 getInstance a"])
  }

  @Test("a few are looked at at once, in one round")
  func few() {
    let gateway = FleetGateway(["a", "b", "c"])
    #expect(wait(gateway, ["c", "a", "b"]) == "80 reached c a b")
    #expect(gateway.calls == ["0 getInstance c", "0 getInstance a", "0 getInstance b"])
  }

  @Test("a fleet is looked at by pages")
  func fleet() {
    let ids = (0..<300).map { "i\($0)" }
    let gateway = FleetGateway(ids) { _, ms in ms < 1_000 ? "pending" : "running" }
    #expect(wait(gateway, ids).hasPrefix("1080 reached i0 i1 "))
    #expect(
      gateway.calls == [
        "0 listInstances page=0 pageSize=200", "80 listInstances page=1 pageSize=200",
        "1000 listInstances page=0 pageSize=200", "1000 listInstances page=1 pageSize=200",
      ])
  }

  @Test("a few of a short list are looked at by its page, once they have not moved at once")
  func shortList() {
    let ids = (0..<24).map { "i\($0)" }
    let gateway = FleetGateway(ids) { _, ms in ms < 3_000 ? "pending" : "running" }
    #expect(wait(gateway, ["i3", "i20"]) == "3080 reached i3 i20")
    #expect(
      gateway.calls == [
        "0 getInstance i3", "0 getInstance i20", "1000 listInstances page=0 pageSize=200",
        "2000 listInstances page=0 pageSize=200", "3000 listInstances page=0 pageSize=200",
      ])
  }

  @Test("a few of a long list are looked at by gets, once its first page told how long it is")
  func fewOfMany() {
    let ids = (0..<300).map { "i\($0)" }
    let gateway = FleetGateway(ids) { _, ms in ms < 3_000 ? "pending" : "running" }
    #expect(wait(gateway, ["i3", "i250"]) == "3180 reached i3 i250")
    #expect(
      gateway.calls == [
        "0 getInstance i3", "0 getInstance i250", "1000 listInstances page=0 pageSize=200",
        "1080 getInstance i250", "2000 getInstance i3", "2100 getInstance i250",
        "3000 getInstance i3", "3100 getInstance i250",
      ])
  }

  @Test("a list that stands still is found out, and what it shows is not believed again")
  func frozenList() {
    let told = Guarded<[String: [String]]>([:])
    let gateway = FleetGateway(
      ["a", "b", "c", "d"],
      status: { _, ms in ms < 20_000 ? "pending" : ms < 70_000 ? "provisioning" : "running" },
      listedAt: { min($0, 10_000) })
    let desk = WaitDesk(gateway, catalogue: .beeOS) { progress in
      told.withLock {
        for change in progress.changes { $0[change.id, default: []].append(change.to) }
      }
    }
    let request = WaitRequest(
      subjects: ["a", "b", "c", "d"].map { Subject(id: $0) }, judge: isRunning)
    let end = virtually { strand -> Int in
      _ = try? desk.wait(request, on: strand)
      return strand.now.nanoseconds / 1_000_000
    }
    #expect((70_000..<76_000).contains(end))
    for states in told.withLock({ $0.values }) {
      #expect(states == ["pending", "provisioning", "running"])
    }
  }

  @Test("what passes is looked past, with the pause that the API asks for")
  func trouble() {
    let gateway = FleetGateway(
      ["a"],
      fault: { number, call in
        switch number {
        case 1: .refused(503, call, "unavailable")
        case 2: .refused(429, call, "rate_limited", retryAfter: 7_000_000_000)
        case 3: CallFault(.lost, operation: "getInstance", code: "lost_answer", message: "")
        case 4: CallFault(.unreachable, operation: "getInstance", code: "circuit_open", message: "")
        case 5:
          CallFault(.malformed, operation: "getInstance", code: "malformed_answer", message: "")
        default: nil
        }
      })
    #expect(wait(gateway, ["a"]) == "11160 reached a")
    #expect(
      gateway.calls.map { $0.split(separator: " ")[0] }
        == ["0", "1000", "8080", "9080", "10080", "11080"])
  }

  @Test("what will not pass ends the wait")
  func finalTrouble() {
    let forbidden = FleetGateway(["a"], fault: { .refused(403, $1, "forbidden") })
    #expect(wait(forbidden, ["a"]) == "80 call forbidden")
    let nobody = FleetGateway(
      ["a"],
      fault: { _, _ in
        CallFault(.unreachable, operation: "getInstance", code: "no_credential", message: "")
      })
    #expect(wait(nobody, ["a", "b"]) == "80 call no_credential")
    let endless = FleetGateway(
      ["a"],
      fault: { _, _ in
        CallFault(.malformed, operation: "getInstance", code: "oversized_answer", message: "")
      })
    #expect(wait(endless, ["a"]) == "80 call oversized_answer")
  }

  @Test("one that is gone ends the wait and is named")
  func gone() {
    let gateway = FleetGateway(["a"]) { id, _ in "pending" }
    #expect(
      wait(gateway, ["a", "b"])
        == "80 failed(WaggleWait.WaitFault.Code.gone) b gone(wasThere: false), a notYet")
  }

  @Test("the time is up in a pause or in a look, at the moment itself")
  func timeout() {
    let gateway = FleetGateway(["a"]) { _, _ in "pending" }
    #expect(
      wait(gateway, ["a"], timeout: 2_000) == "2000 timedOut(nanoseconds: 2000000000) a notYet")
    #expect(
      wait(gateway, ["a"], timeout: 1_100)
        == "1100 timedOut(nanoseconds: 1100000000) a notYet")
    #expect(wait(gateway, ["a"], timeout: 0) == "0 timedOut(nanoseconds: 0) a notYet")
  }

  @Test("a nearer deadline from outside is not the wait's own")
  func outerDeadline() {
    let gateway = FleetGateway(["a"]) { _, _ in "pending" }
    let token = Token().child(deadline: Instant(nanoseconds: 1_500_000_000))
    #expect(
      wait(gateway, ["a"], token: token)
        == "1500 cancelled \(Cancellation.deadline(token: token.id))")
  }

  @Test("a cancel ends the wait at once")
  func cancelled() {
    let gateway = FleetGateway(["a"]) { _, _ in "pending" }
    let token = Token()
    let end = wait(
      gateway, ["a"], timeout: nil, token: token,
      judge: { _ in
        token.cancel(.interrupted)
        return .notYet
      })
    #expect(end == "80 cancelled interrupted")
  }

  @Test("what the judge throws comes back as it is")
  func judgeThrows() {
    struct Odd: Error {}
    let gateway = FleetGateway(["a"])
    #expect(wait(gateway, ["a"], judge: { _ in throw Odd() }) == "80 judge Odd()")
  }

  @Test("progress is told after each round and once at the end")
  func progress() {
    let told = Guarded<[String]>([])
    let gateway = FleetGateway(["a", "b"]) { id, ms in
      id == "a" || ms > 1_000 ? "running" : "pending"
    }
    let desk = WaitDesk(gateway, catalogue: .beeOS) { progress in
      let states = progress.states.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      let changes = progress.changes.map { "\($0.name ?? $0.id) \($0.to)" }.joined(separator: ", ")
      told.withLock {
        $0.append(
          "\(progress.elapsed / 1_000_000) \(progress.reached)/\(progress.total) [\(states)] "
            + "[\(changes)] \(progress.calls)\(progress.isOver ? " over" : "")")
      }
    }
    let request = WaitRequest(
      subjects: [Subject(id: "a"), Subject(id: "b")], every: 1_000_000_000, judge: isRunning)
    _ = virtually { strand in try? desk.wait(request, on: strand) }
    #expect(
      told.withLock { $0 } == [
        "0 0/2 [] [] 0",
        "80 1/2 [pending 1, running 1] [bee a running, bee b pending] 2",
        "1080 2/2 [running 2] [bee b running] 3",
        "1080 2/2 [running 2] [] 3 over",
      ])
  }

  @Test("a pause that the API asks for is told as the time until the next look")
  func nextLook() {
    let told = Guarded<[Int?]>([])
    let gateway = FleetGateway(
      ["a"],
      fault: {
        $0 == 1 ? .refused(429, $1, "rate_limited", retryAfter: 30_000_000_000) : nil
      })
    let desk = WaitDesk(gateway, catalogue: .beeOS) { progress in
      let next = progress.nextLook.map { ($0.nanoseconds - progress.at.nanoseconds) / 1_000_000 }
      told.withLock { $0.append(next) }
    }
    let request = WaitRequest(subjects: [Subject(id: "a")], judge: isRunning)
    _ = virtually { strand in try? desk.wait(request, on: strand) }
    #expect(told.withLock { $0 } == [0, 30_000, nil, nil])
  }

  @Test("an API that no longer answers is the trouble of the wait, whoever makes the call")
  func silence() {
    func trouble(after answers: Int, timeout: Int, waits: Int = 1) -> [String] {
      let desk = WaitDesk(SilentGateway(after: answers), catalogue: .beeOS)
      let request = WaitRequest(
        subjects: [Subject(id: "a")], timeout: timeout * 1_000_000_000, judge: isRunning)
      let told = Guarded<[String]>([])
      virtually { strand in
        strand.parallel(rounds: waits, width: waits, token: Token(), name: { "\($0)" }) {
          _, strand in
          do throws(WaitStop) { _ = try desk.wait(request, on: strand) } catch {
            guard case .fault(let fault) = error else { return true }
            told.withLock { $0.append("\(fault.unmet.map(\.wasSeen)) \(fault.trouble ?? "none")") }
          }
          return true
        }
      }
      return told.withLock { $0 }
    }
    #expect(trouble(after: 0, timeout: 1) == ["[false] no answer within 1s"])
    #expect(trouble(after: 0, timeout: 30) == ["[false] no answer within 30s"])
    #expect(trouble(after: 1, timeout: 30) == ["[true] no answer within 29.7s"])
    #expect(
      trouble(after: 0, timeout: 30, waits: 3)
        == Array(repeating: "[false] no answer within 30s", count: 3))
    #expect(trouble(after: .max, timeout: 30) == ["[true] none"])
    #expect(trouble(after: 40, timeout: 30, waits: 2).count == 2)
  }

  @Test("the same wait with jitter runs the same every time")
  func deterministic() {
    func run() -> [String] {
      let gateway = FleetGateway(
        ["a", "b", "c"],
        status: { id, ms in ms < (id == "a" ? 9_000 : 20_000) ? "pending" : "running" },
        fault: { $0 % 4 == 0 ? .refused(503, $1, "unavailable") : nil })
      _ = wait(gateway, ["a", "b", "c"], every: nil)
      return gateway.calls
    }
    let first = run()
    #expect(first.count > 10)
    for _ in 0..<20 { #expect(run() == first) }
  }
}

/// A gateway that shows a pending instance so many times, and then nothing to anybody.
private final class SilentGateway: Gateway {
  private let left: Guarded<Int>

  init(after answers: Int) { left = Guarded(answers) }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let isSilent = left.withLock { left in
      left -= 1
      return left < 0
    }
    let wake = strand.sleep(nanoseconds: isSilent ? 86_400_000_000_000 : 80_000_000)
    if case .cancelled(let reason) = wake {
      throw CallFault(
        .cancelled(reason), operation: call.operation.id, code: "cancelled", message: "cancelled")
    }
    let pairs: [(key: String, value: Value)] = [("id", .text("a")), ("status", .text("pending"))]
    return Reply(status: 200, data: .record((try? Record(pairs)) ?? Record()))
  }

  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    throw .refused(404, call, "route_not_found")
  }
}

/// The condition `status == running`.
private let isRunning: @Sendable (Look) throws -> Verdict = { look in
  if case .text("running")? = look.record?["status"] { return .reached }
  return .notYet
}
