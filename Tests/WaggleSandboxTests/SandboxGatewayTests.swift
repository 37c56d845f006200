import Testing
import WaggleCatalogue
import WaggleTime
import WaggleValues

@testable import WaggleSandbox

@Suite struct SandboxGatewayTests {
  private func call(_ id: String, _ path: String...) throws -> Call {
    Call(try #require(Catalogue.beeOS.operation(id: id)), path: path)
  }

  /// Runs a body as the main strand of a virtual clock, with a world of its own.
  private func run(
    faults: [FaultSpec] = [], token: Token = Token(),
    _ body: (SandboxGateway, Strand) throws -> Void
  ) throws {
    let strands = VirtualStrands(seed: 1, start: Visitor.start)
    let world = World(seed: 1, faults: faults, start: Visitor.start)
    try strands.main(token: token) { strand throws(any Error) in
      try body(SandboxGateway(world), strand)
    }
  }

  private func milliseconds(_ strand: Strand) -> Int {
    (strand.now.nanoseconds - Visitor.start.nanoseconds) / 1_000_000
  }

  @Test("a call gives a typed reply and takes the time that an answer takes")
  func calls() throws {
    try run { gateway, strand in
      let list = try gateway.send(call("listInstances"), on: strand)
      #expect(list.total == 24 && milliseconds(strand) == 80)
      guard case .list(let rows) = list.data, case .record(let row)? = rows.elements.first else {
        throw CancellationError()
      }
      #expect(rows.count == 20 && row.type === RecordType.instance)
      let start = try gateway.send(call("startInstance", "instance_2"), on: strand)
      #expect(start.status == 200 && milliseconds(strand) == 230)
      let gone = try gateway.send(call("destroyInstance", "instance_2"), on: strand)
      #expect(gone.data.plainText == "destroyed")
    }
  }

  @Test("a refusal is a fault with the API's own words")
  func refusals() throws {
    try run { gateway, strand in
      let fault = try #require(throws: CallFault.self) {
        try gateway.send(call("getInstance", "a/b"), on: strand)
      }
      #expect(fault.cause == .refused && fault.status == 404 && fault.code == "agent_not_found")
      #expect(fault.message == "instance a/b not found")
      #expect(fault.requestID?.hasPrefix("req_") == true)
      #expect(milliseconds(strand) == 80)
    }
  }

  @Test("a lost reply of a change leaves its outcome unknown")
  func lost() throws {
    try run(faults: [.lostReply(1)]) { gateway, strand in
      let fault = try #require(throws: CallFault.self) {
        try gateway.send(call("restartInstance", "instance_2"), on: strand)
      }
      #expect(fault.cause == .lost && fault.isOutcomeUnknown && fault.status == nil)
      #expect(
        fault.message
          == "the connection was lost before the answer to `instances restart instance_2` came; "
          + "whether it was carried out is not known")
    }
  }

  @Test("a deadline ends a read at once, and a change, whose outcome is then unknown")
  func deadlines() throws {
    try run { gateway, strand in
      let soon = strand.token.child(deadline: strand.now.advanced(by: 50_000_000))
      try strand.under(soon) {
        let fault = try #require(throws: CallFault.self) {
          try gateway.send(call("listInstances"), on: strand)
        }
        #expect(fault.cause == .cancelled(.deadline(token: soon.id)) && !fault.isOutcomeUnknown)
        #expect(milliseconds(strand) == 50)
      }
      let later = strand.token.child(deadline: strand.now.advanced(by: 50_000_000))
      try strand.under(later) {
        let fault = try #require(throws: CallFault.self) {
          try gateway.send(call("restartInstance", "instance_2"), on: strand)
        }
        #expect(fault.cause == .cancelled(.deadline(token: later.id)) && fault.isOutcomeUnknown)
        #expect(
          fault.message == "`instances restart instance_2` was given up before its answer came; "
            + "whether it was carried out is not known")
        #expect(milliseconds(strand) == 100)
      }
    }
  }

  @Test("nothing is sent once the strand is cancelled")
  func cancelledBefore() throws {
    let token = Token()
    token.cancel(.interrupted)
    try run(token: token) { gateway, strand in
      let fault = try #require(throws: CallFault.self) {
        try gateway.send(call("destroyInstance", "instance_2"), on: strand)
      }
      #expect(fault.cause == .cancelled(.interrupted) && !fault.isOutcomeUnknown)
      #expect(milliseconds(strand) == 0 && gateway.world.nextDue == nil)
    }
  }

  @Test("a change under way gets its answer when interrupted, and none when forced")
  func interrupted() throws {
    for (isForced, isUnknown) in [(false, false), (true, true)] {
      let token = Token()
      try run(token: token) { gateway, strand in
        let change = try call("destroyInstance", "instance_2")
        let parallel = Outcomes()
        strand.parallel(rounds: 2, width: 2, token: strand.token.shield(), name: { "#\($0)" }) {
          round, own in
          if round == 0 {
            own.under(token) { parallel.fault = Self.fault(gateway, change, own) }
          } else {
            own.sleep(nanoseconds: 100_000_000)
            if isForced { token.force(.interrupted) } else { token.cancel(.interrupted) }
          }
          return true
        }
        #expect((parallel.fault != nil) == isUnknown)
        #expect(parallel.fault?.isOutcomeUnknown ?? false == isUnknown)
        #expect(gateway.world.nextDue != nil)
      }
    }
  }

  private static func fault(
    _ gateway: SandboxGateway, _ call: Call, _ strand: Strand
  ) -> CallFault? {
    do throws(CallFault) {
      _ = try gateway.send(call, on: strand)
      return nil
    } catch { return error }
  }

  @Test("eight strands at once see the same faults as one after another")
  func parallel() throws {
    func fates(width: Int) throws -> [String] {
      let outcomes = Outcomes()
      try run(faults: [.flaky(0.4), .doomed(0.2)]) { gateway, strand in
        let operation = try #require(Catalogue.beeOS.operation(id: "getInstance"))
        outcomes.codes = Array(repeating: "", count: 24)
        strand.parallel(rounds: 24, width: width, token: strand.token, name: { "#\($0)" }) {
          round, own in
          let call = Call(operation, path: ["instance_\(round + 1)"])
          outcomes.codes[round] = Self.fault(gateway, call, own)?.code ?? "ok"
          return true
        }
      }
      return outcomes.codes
    }
    let one = try fates(width: 1)
    #expect(try fates(width: 8) == one)
    #expect(Set(one).isSuperset(of: ["ok", "agent_service_unavailable"]))
  }

  @Test("a world answers several threads at once, and each deployment gets an id of its own")
  func threads() throws {
    let visitor = Visitor(instances: 0)
    let strands = WallStrands(seed: 1)
    let body = Array(#"{"name":"a","variantId":"scout-standard"}"#.utf8)
    strands.main(token: Token()) { strand in
      strand.parallel(rounds: 8, width: 8, token: strand.token, name: { "#\($0)" }) { _, _ in
        for _ in 0..<25 {
          let request = WireRequest(
            method: "POST", path: "/api/v1/instances",
            headers: [("authorization", "Bearer \(visitor.world.key)")], body: body)
          _ = visitor.world.handle(request, at: visitor.now)
        }
        return true
      }
    }
    #expect(
      try visitor.ids("pageSize=200") == (1...200).reversed().map { "instance_\($0)" })
  }
}

/// What rounds leave behind; the virtual clock runs one at a time.
private final class Outcomes: @unchecked Sendable {
  var fault: CallFault?
  var codes: [String] = []
}
