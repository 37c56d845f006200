import Testing
import WaggleValues

@testable import WaggleSandbox

@Suite("An operation of a runtime as time goes by")
struct RuntimeOperationTests {
  private func begun(_ plan: RuntimePlan, slowness: Double = 1) -> RuntimeOperation {
    RuntimeOperation(
      id: "11111111-2222-4333-8444-555555555555", number: 7, instanceID: "instance_1",
      owner: .caller, method: "models/list", target: .instance, createdAt: 0,
      result: Array("[1]".utf8), plan: plan, slowness: slowness)
  }

  private func read(_ bytes: [UInt8]) throws -> Value {
    var reader = JSONReader()
    return try reader.read(bytes)
  }

  /// Status, effect, sequence, projection, and how it ended.
  private func look(_ operation: RuntimeOperation, _ now: Int) throws -> String {
    let json = try read(operation.json(at: now))
    let words = [
      json["status"], json["effectState"], json["sequence"], json["projection"]?["state"],
      json["terminal"], json["error"]?["code"],
    ]
    return words.map { $0?.plainText ?? "-" }.joined(separator: " ")
  }

  /// What an operation is on its way to an end, at some moments.
  static let ways: [(RuntimeOperation.End, [(Int, String)])] = [
    (
      .succeeded,
      [
        (0, "queued queued 0 - false -"), (199, "queued queued 0 - false -"),
        (200, "running running 1 - false -"), (999, "running running 3 - false -"),
        (1000, "runtime_committed committed 4 pending false -"),
        (1200, "projection_pending committed 5 pending false -"),
        (1600, "succeeded committed 7 synced true -"),
        (9_999_999, "succeeded committed 7 synced true -"),
      ]
    ),
    (
      .failed,
      [
        (899, "running running 2 - false -"),
        (900, "failed failed 3 - true RUNTIME_EXECUTION_FAILED"),
      ]
    ),
    (
      .cancelled,
      [
        (600, "running running 3 - false -"),
        (900, "cancelled cancelled 4 - true OPERATION_CANCELLED"),
      ]
    ),
    (
      .expired,
      [(1999, "queued queued 0 - false -"), (2000, "expired expired 1 - true COMMAND_EXPIRED")]
    ),
    (
      .outcomeUnknown,
      [
        (2999, "running running 2 - false -"),
        (3000, "outcome_unknown outcome_unknown 3 - true OUTCOME_UNKNOWN"),
      ]
    ),
    (
      .projectionBlocked,
      [
        (1599, "projection_pending committed 5 pending false -"),
        (1600, "projection_blocked committed 7 blocked true PROJECTION_BLOCKED"),
      ]
    ),
  ]

  @Test("each end is reached step by step", arguments: ways)
  func way(end: RuntimeOperation.End, looks: [(Int, String)]) throws {
    let operation = begun(.to(end))
    for (now, story) in looks { #expect(try look(operation, now) == story) }
  }

  @Test("there is a way to every end that the contract names")
  func ends() { #expect(Set(Self.ways.map(\.0)) == Set(RuntimeOperation.End.allCases)) }

  @Test("slowness stretches the whole way")
  func slow() throws {
    #expect(try look(begun(.to(.succeeded), slowness: 10), 15_999).hasSuffix("false -"))
    #expect(try look(begun(.to(.succeeded), slowness: 10), 16_000).hasSuffix("true -"))
  }

  @Test("it can be stopped until its effect is there to stay, and asked again changes nothing")
  func cancel() throws {
    var early = begun(.to(.succeeded))
    #expect([100, 200].map { early.cancel(at: $0, slowness: 1) } == [true, true])
    #expect(try look(early, 399) == "queued queued 1 - false -")
    #expect(try look(early, 400) == "cancelled cancelled 2 - true OPERATION_CANCELLED")
    #expect([400].map { early.cancel(at: $0, slowness: 1) } == [false])
    var late = begun(.to(.succeeded))
    #expect([1000].map { late.cancel(at: $0, slowness: 1) } == [false])
    #expect(try look(late, 1600) == "succeeded committed 7 synced true -")
    var stuck = begun(.stuck)
    #expect(try look(stuck, 9_999_999) == "running running 2 - false -")
    #expect([9_999_999].map { stuck.cancel(at: $0, slowness: 1) } == [true])
    #expect(try look(stuck, 10_000_299) == "cancelled cancelled 4 - true OPERATION_CANCELLED")
  }

  @Test("the log is told from a sequence on, each frame with its sequence as id")
  func frames() throws {
    let operation = begun(.to(.projectionBlocked))
    func types(_ sequence: Int, _ now: Int) throws -> [String] {
      try operation.frames(after: sequence, at: now).map { frame in
        let lines = String(decoding: frame, as: UTF8.self).split(separator: "\n")
        let data = try read(Array(lines[1].dropFirst(6).utf8))
        #expect(lines[0] == "id: \(data["id"]?.plainText ?? "")")
        #expect(data["id"]?.plainText == data["event"]?["sequence"]?.plainText)
        return data["event"]?["type"]?.plainText ?? ""
      }
    }
    #expect(try types(0, 0) == [])
    #expect(try types(0, 500) == ["runtime_operation_started", "runtime_operation_progress"])
    #expect(
      try types(3, 9999) == [
        "runtime_effect_committed", "runtime_projection_pending", "runtime_projection_blocked",
        "runtime_rpc_response",
      ])
    #expect(try types(7, 9999) == [])
    #expect(try types(99, 9999) == [])
  }

  @Test("the runtime's codes have numbers from -32001 down to -32021")
  func numbers() {
    #expect(RuntimeCode.allCases.map(\.number) == (1...21).map { -32_000 - $0 })
  }
}
