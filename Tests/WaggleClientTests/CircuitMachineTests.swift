import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime

@Suite struct CircuitMachineTests {
  /// Plays `fail`, `ok` and `ask` at milliseconds and gives what each `ask` came to.
  private func play(_ events: [(Int, String)]) -> [String] {
    var machine = CircuitMachine()
    var lines: [String] = []
    for (ms, event) in events {
      let now = Instant(nanoseconds: ms * 1_000_000)
      switch event {
      case "fail": machine.failed("no", at: now)
      case "ok": machine.answered()
      default: lines.append(describe(machine.asked(at: now)))
      }
    }
    return lines
  }

  private func describe(_ action: CircuitMachine.Action) -> String {
    switch action {
    case .pass: "pass"
    case .park(let until): "park \(until.nanoseconds / 1_000_000)"
    case .refuse(let outage):
      "refuse since \(outage.since.nanoseconds / 1_000_000) "
        + "until \(outage.until.nanoseconds / 1_000_000)"
    }
  }

  private static let five = (0..<5).map { (100 + $0, "fail") }

  @Test("four failures in a row let calls pass, five do not")
  func opens() {
    #expect(play(Self.five.dropLast() + [(200, "ask")]) == ["pass"])
    #expect(play(Self.five + [(200, "ask")]) == ["park 1104"])
    #expect(play([(0, "fail"), (1, "ok")] + Self.five.dropLast() + [(200, "ask")]) == ["pass"])
  }

  @Test("one call from time to time finds out, after twice as long each time")
  func tries() {
    let asks = [1_104, 1_105, 3_104, 3_105, 7_104].map { ($0, "ask") }
    #expect(
      play(Self.five + asks) == ["pass", "park 3104", "pass", "park 7104", "pass"])
  }

  @Test("what is down for long refuses at once and says since when, and is tried every 30 s")
  func refuses() {
    let asks = [1_104, 3_104, 7_104, 8_000, 15_104, 31_104, 61_104, 61_105].map { ($0, "ask") }
    #expect(
      play(Self.five + asks) == [
        "pass", "pass", "pass", "refuse since 100 until 15104", "pass", "pass", "pass",
        "refuse since 100 until 91104",
      ])
  }

  @Test("one answer closes it")
  func closes() {
    #expect(
      play(Self.five + [(200, "ok"), (201, "ask"), (202, "fail"), (203, "ask")]) == [
        "pass", "pass",
      ])
  }

  @Test("a host that comes back while calls wait for it fails none of them")
  func waits() {
    let gateway = FleetGateway(
      ["a"],
      fault: { number, call in
        number <= 6
          ? CallFault(
            .unreachable, operation: call.operation.id, code: "connection_refused", message: "no")
          : nil
      })
    virtually { strand in
      let circuit = CircuitGateway(gateway)
      let call = Call(Fleet.get, path: ["a"])
      for _ in 0..<5 { _ = try? circuit.send(call, on: strand) }
      #expect(throws: CallFault.self) { try circuit.send(call, on: strand) }
      #expect((try? circuit.send(call, on: strand))?.status == 200)
      #expect((try? circuit.send(call, on: strand))?.status == 200)
    }
    // Five fail, the circuit opens at 400 for 1 s, the try at 1400 fails, the next is at 3400.
    #expect(
      gateway.calls.map { $0.split(separator: " ")[0] }
        == ["0", "80", "160", "240", "320", "1400", "3400", "3480"])
  }

  @Test("a host that stays down is not hammered by a thousand calls")
  func down() {
    let gateway = FleetGateway(
      [],
      fault: { _, call in
        CallFault(.lost, operation: call.operation.id, code: "lost_answer", message: "gone")
      })
    let last = virtually { strand -> CallFault? in
      let circuit = RetryingGateway(CircuitGateway(gateway))
      var fault: CallFault?
      for _ in 0..<1_000 {
        do throws(CallFault) {
          _ = try circuit.send(Call(Fleet.get, path: ["a"]), on: strand)
        } catch {
          fault = error
        }
      }
      return fault
    }
    #expect(gateway.calls.count < 20)
    #expect(last?.code == "circuit_open")
    #expect(last?.message.contains("has been down since 1970-01-01T00:00:00Z (gone)") == true)
  }

  @Test("a wait goes on looking while the circuit is open, and sees the host come back")
  func looks() {
    let gateway = FleetGateway(
      ["a"],
      fault: { number, call in
        number <= 20
          ? CallFault(
            .unreachable, operation: call.operation.id, code: "connection_refused", message: "no")
          : nil
      })
    virtually { strand in
      let circuit = CircuitGateway(gateway)
      let call = Call(Fleet.get, path: ["a"])
      for _ in 0..<20 { _ = try? circuit.looking.send(call, on: strand) }
      #expect(gateway.calls.count == 20)
      #expect((try? circuit.looking.send(call, on: strand))?.status == 200)
      #expect((try? circuit.send(call, on: strand))?.status == 200)
    }
  }

  @Test("a refusal is an answer, and an agent that is offline is not a host that is down")
  func answers() {
    let codes = [
      (404, "agent_not_found"), (503, "agent_offline"), (504, "service_timeout"),
      (429, "rate_limited"),
    ]
    for (status, code) in codes {
      let gateway = FleetGateway([], fault: { _, call in .refused(status, call, code) })
      virtually { strand in
        let circuit = CircuitGateway(gateway)
        for _ in 0..<20 { _ = try? circuit.send(Call(Fleet.get, path: ["a"]), on: strand) }
      }
      #expect(gateway.calls.count == 20)
    }
  }
}
