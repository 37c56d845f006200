import Testing
import WaggleCatalogue
import WaggleClient
import WaggleHTTP
import WaggleSandbox
import WaggleTime
import WaggleValues

@testable import WaggleDoor

/// The contract's table of errors (§17), row by row, from the sandbox in process and over HTTP.
@Suite("Each error code of the contract is the fault that the table has for it")
struct ErrorTableTests {
  /// Whether a call may be sent again, as the contract's columns say; `-` does not arise.
  enum Again: String { case yes, key, look, no, none = "-" }

  struct Row: Sendable, CustomTestStringConvertible {
    let code: String
    let status: Int
    let read: Again
    let change: Again

    var testDescription: String { code }
  }

  static let rows: [Row] =
    rows(400, .no, .no, "invalid_json", "invalid_body", "invalid_param", "missing_param")
    + rows(400, .none, .no, "action_unsupported")
    + rows(401, .no, .no, "unauthorized", "invalid_token", "missing_token")
    + rows(403, .no, .no, "forbidden")
    + rows(404, .no, .no, "agent_not_found", "not_found")
    + rows(409, .no, .look, "conflict", "conflict.invalid_state", "task_rejected")
    + rows(409, .none, .yes, "device_busy")
    + rows(409, .no, .no, "OPERATION_NOT_CANCELLABLE", "OPERATION_CURSOR_AHEAD")
    + rows(413, .none, .no, "payload_too_large")
    + rows(429, .yes, .yes, "rate_limited")
    + rows(500, .yes, .key, "internal_error")
    + rows(
      503, .yes, .key, "agent_offline", "agent_service_unavailable", "agent_unavailable")
    + rows(503, .yes, .yes, "device_offline", "auth_unavailable", "auth_transient")
    + rows(504, .yes, .look, "service_timeout")

  private static func rows(
    _ status: Int, _ read: Again, _ change: Again, _ codes: String...
  ) -> [Row] {
    codes.map { Row(code: $0, status: status, read: read, change: change) }
  }

  /// A read, a change that must not be made twice unseen, and one that a key makes safe.
  private enum Kind: CaseIterable { case read, change, keyed }

  private static func call(_ kind: Kind, agent: String) throws -> Call {
    func operation(_ id: String) throws -> WaggleCatalogue.Operation {
      try #require(Catalogue.beeOS.operation(id: id))
    }
    switch kind {
    case .read: return Call(try operation("getInstance"), path: ["instance_1"])
    case .change: return Call(try operation("stopInstance"), path: ["instance_1"])
    case .keyed:
      return Call(
        try operation("createTask"), path: [agent], body: try Record([("message", .text("hi"))]),
        key: "KEY")
    }
  }

  private static func fault(
    _ gateway: some Gateway, _ call: Call, on strand: Strand
  ) -> CallFault? {
    do throws(CallFault) {
      _ = try gateway.send(call, on: strand)
      return nil
    } catch {
      return error
    }
  }

  /// The agent of the same world without a fault.
  private static func agent(_ clock: VirtualStrands) throws -> String {
    let gateway = SandboxGateway(World(seed: 3, instances: 9, start: clock.now))
    let operation = try #require(Catalogue.beeOS.operation(id: "listAgents"))
    let reply = try clock.main(token: Token()) { strand throws(CallFault) in
      try gateway.send(Call(operation), on: strand)
    }
    guard case .list(let agents) = reply.data, case .record(let agent)? = agents.elements.first
    else { return "" }
    return try #require(agent["id"]).plainText
  }

  @Test("in process and over HTTP alike", arguments: rows)
  func row(_ row: Row) throws {
    let start = Instant(nanoseconds: 1_750_000_000_000_000_000)
    let clock = VirtualStrands(seed: 1, start: start)
    let agent = try Self.agent(clock)
    let faults: [FaultSpec] = [.error(code: row.code, 1)]
    let near = SandboxGateway(World(seed: 3, instances: 9, faults: faults, start: start))
    let far = World(seed: 3, instances: 9, faults: faults, start: start)
    let outcome: Result<Void, any Error> = WallStrands(seed: 1).main(token: Token()) { strand in
      Result {
        let door = try Door.open(far, port: 0, clock: clock, on: strand)
        defer { door.close(on: strand) }
        let gateway = try HTTPGateway(
          endpoint: Endpoint(door.address, from: "door"), key: Secret(far.key), version: "1",
          environment: { _ in nil })
        for kind in Kind.allCases {
          let call = try Self.call(kind, agent: agent)
          let fault = try #require(Self.fault(gateway, call, on: strand), "\(kind)")
          let direct = clock.main(token: Token()) { Self.fault(near, call, on: $0) }
          #expect("\(fault)" == direct.map { "\($0)" }, "\(kind)")
          judge(fault, of: call, kind, row)
        }
      }
    }
    try outcome.get()
  }

  private func judge(_ fault: CallFault, of call: Call, _ kind: Kind, _ row: Row) {
    #expect(fault.cause == .refused)
    #expect(fault.code == row.code && fault.status == row.status)
    #expect(fault.retryAfter == (row.status == 429 ? 1_000_000_000 : nil))
    let entry = FailureTable.entry(for: fault)
    #expect(entry.codes.contains(row.code))
    #expect(entry.statuses?.contains(row.status) == true)
    #expect(entry.kind == "api")
    let isOpen = kind != .read && row.status >= 500 && row.change != .yes
    #expect(fault.isOutcomeUnknown == isOpen, "\(kind)")
    let isRepeated: Bool? =
      switch kind {
      case .read: row.read == .none ? nil : row.read == .yes
      case .change: row.change == .yes
      case .keyed: row.change == .yes || row.change == .key
      }
    guard let isRepeated else { return }
    var machine = RetryMachine(call, at: Instant(nanoseconds: 0), deadline: nil)
    let action = machine.failed(fault, at: Instant(nanoseconds: 0), jitter: 0.5)
    if case .park = action {
      #expect(isRepeated, "\(kind)")
    } else {
      #expect(!isRepeated, "\(kind)")
    }
  }

  @Test("no code that the sandbox can be told to give is left out")
  func complete() throws {
    for row in Self.rows { _ = try FaultSpec(parsing: "error=\(row.code)") }
    let listed = FailureTable.all.filter { ($0.statuses?.lowerBound ?? 0) >= 300 }.flatMap(\.codes)
    #expect(Set(listed) == Set(Self.rows.map(\.code)))
  }
}
