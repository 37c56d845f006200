import Testing
import WaggleCatalogue
import WaggleClient
import WaggleTime

/// `--read-only`, `limit` and what must be approved of hold for every operation that there is.
@Suite struct CatalogueGuardTests {
  private static let operations = Catalogue.beeOS.groups.flatMap(Catalogue.beeOS.operations(of:))

  /// What becomes of a call: the code of its refusal, or `sent`.
  private func outcome(
    of operation: WaggleCatalogue.Operation, _ gateway: GuardedGateway
  ) -> String {
    virtually { strand in
      do throws(CallFault) {
        _ = try gateway.send(Call(operation, path: ["a"]), on: strand)
        return "sent"
      } catch {
        return error.cause == .heldBack ? error.code : "sent"
      }
    }
  }

  @Test("there are operations that read, that change and that destroy")
  func effects() {
    for effect in [CallEffect.read, .change, .destroy] {
      #expect(Self.operations.contains { $0.effect == effect })
    }
    #expect(Self.operations.allSatisfy { ($0.method == "GET") <= ($0.effect == .read) })
  }

  @Test("a read-only run sends what reads and nothing else", arguments: operations.map(\.id))
  func readOnly(id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    let fleet = FleetGateway(["a"])
    let isRead = operation.effect == .read
    #expect(
      outcome(of: operation, GuardedGateway(fleet, readOnly: .run))
        == (isRead ? "sent" : "read_only"))
    #expect(
      outcome(of: operation, GuardedGateway(fleet, readOnly: .profile("p")))
        == (isRead ? "sent" : "read_only_profile"))
    #expect(fleet.calls.count == (isRead ? 2 : 0))
  }

  @Test("a limit of none lets no change through", arguments: operations.map(\.id))
  func limits(id: String) throws {
    let operation = try #require(Catalogue.beeOS.operation(id: id))
    let isRead = operation.effect == .read
    #expect(
      outcome(of: operation, GuardedGateway(FleetGateway(["a"]), budget: ChangeBudget(changes: 0)))
        == (isRead ? "sent" : "limit_changes"))
    let destroying = GuardedGateway(FleetGateway(["a"]))
    destroying.limit(destroyOnly: true, to: 0)
    #expect(
      outcome(of: operation, destroying)
        == (operation.effect == .destroy ? "limit_destroy" : "sent"))
  }

  @Test("who approves is asked of changes, and a refusal sends and counts nothing")
  func approval() {
    let fleet = FleetGateway(["a"])
    let budget = ChangeBudget(changes: 1)
    let guarded = GuardedGateway(fleet, budget: budget) { call, _ throws(CallFault) in
      guard call.operation.effect != .destroy else {
        throw CallFault(.heldBack, operation: call.operation.id, code: "unconfirmed", message: "")
      }
    }
    #expect(outcome(of: Fleet.destroy, guarded) == "unconfirmed")
    #expect(outcome(of: Fleet.start, guarded) == "sent")
    #expect(outcome(of: Fleet.start, guarded) == "limit_changes")
    #expect(fleet.calls.count == 1)
  }
}

extension Bool {
  /// Whether the one implies the other.
  fileprivate static func <= (one: Bool, other: Bool) -> Bool { !one || other }
}
