import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime

@Suite struct GuardedGatewayTests {
  /// Sends calls and gives the code of each refusal, or `sent`.
  private func send(_ operations: [WaggleCatalogue.Operation], _ gateway: GuardedGateway)
    -> [String]
  {
    virtually { strand in
      operations.map { operation in
        do throws(CallFault) {
          _ = try gateway.send(Call(operation, path: ["a"]), on: strand)
          return "sent"
        } catch {
          return error.code
        }
      }
    }
  }

  @Test("a read-only run reads and changes nothing")
  func readOnly() {
    let fleet = FleetGateway(["a"])
    let guarded = GuardedGateway(fleet, readOnly: .run)
    #expect(
      send([Fleet.get, Fleet.start, Fleet.destroy], guarded) == ["sent", "read_only", "read_only"])
    #expect(fleet.calls == ["0 getInstance a"])
  }

  @Test("the change that would go over the limit is not sent, and the smallest limit counts")
  func limits() {
    let guarded = GuardedGateway(FleetGateway(["a"]), budget: ChangeBudget(changes: 3))
    guarded.limit(destroyOnly: true, to: 1)
    guarded.limit(destroyOnly: false, to: 9)
    #expect(
      send(
        [Fleet.destroy, Fleet.destroy, Fleet.start, Fleet.get, Fleet.start, Fleet.start], guarded)
        == ["sent", "limit_destroy", "sent", "sent", "sent", "limit_changes"])
  }

  @Test("no more than the limit is sent from many strands at once")
  func limitsHoldAtOnce() {
    let fleet = FleetGateway(["a"])
    let guarded = GuardedGateway(fleet, budget: ChangeBudget(changes: 5))
    WallStrands(seed: 1).main(token: Token()) { strand in
      strand.parallel(rounds: 20, width: 20, token: strand.token, name: { "r[\($0)]" }) {
        _, round in
        _ = try? guarded.send(Call(Fleet.start, path: ["a"]), on: round)
        return true
      }
    }
    #expect(fleet.calls.count == 5)
  }

  @Test("each call is counted and told with its path, its status and its time")
  func traces() {
    let told = Guarded<[String]>([])
    let fleet = FleetGateway(["a"])
    let traced = TracedGateway(fleet) { trace in
      told.withLock {
        $0.append("\(trace.method) \(trace.path) \(trace.status ?? 0) \(trace.took / 1_000_000)")
      }
    }
    virtually { strand in
      _ = try? traced.send(Call(Fleet.start, path: ["a"]), on: strand)
      _ = try? traced.send(Call(Fleet.get, path: ["b"]), on: strand)
    }
    #expect(
      told.withLock { $0 } == [
        "POST /api/v1/instances/a/start 200 80", "GET /api/v1/instances/b 404 80",
      ])
    #expect(traced.calls == 2)
  }
}
