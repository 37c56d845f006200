import Foundation
import Glibc
import Testing
import WaggleHost

/// The table of failures as the documentation has it, against what the program does with each code
/// that the sandbox gives it: the fault, how often it is tried, and the exit status.
struct FailureTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let code: String
    let status: Int
    let kind: String
    /// What is done with a read and with a change: `again`, `with its key`, `look` or `no`.
    let read: String
    let change: String

    var testDescription: String { code }
  }

  private static let page = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/waggle/waggle.docc/Resilience.md")

  /// The rows with a code and a status of an error, one for each code.
  static let rows: [Row] = {
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").flatMap { line -> [Row] in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 6, let status = Int(cells[1]), status >= 300 else { return [] }
      let codes = cells[0].split(separator: "`").filter { $0 != " " }
      return cells[0] == "any other"
        ? []
        : codes.map {
          Row(
            code: String($0), status: status, kind: cells[2], read: cells[3], change: cells[4])
        }
    }
  }()

  /// Runs the program in process; gives its status and the lines of its two streams.
  static func run(_ arguments: [String]) -> (status: Int32, output: [String], error: [String]) {
    let (output, error) = (Screen(), Screen())
    let host = Host(
      arguments: arguments, environment: { _ in nil },
      streams: Streams(
        output: output.sink(isError: false), error: error.sink(isError: false),
        readInput: { [] }))
    let status = MainThread.run { host.run() }
    func lines(_ screen: Screen) -> [String] {
      String(decoding: screen.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    return (status, lines(output), lines(error))
  }

  private static let sandbox = ["--sandbox", "--clock", "virtual"]

  private static let agent: String =
    run(sandbox + ["-c", "print (agents list | first).id"]).output.first ?? ""

  @Test("every code is there") func complete() { #expect(Self.rows.count == 27) }

  @Test("a code is the fault, the tries and the exit status of its row", arguments: rows)
  func inProcess(_ row: Row) {
    let calls = [
      ("instances get instance_1", row.read, false),
      ("instances stop instance_1", row.change, false),
      ("tasks create \(Self.agent) hi", row.change, true),
    ]
    for (call, again, isKeyed) in calls {
      let fault = Self.sandbox + ["--fault", "error=\(row.code):1", "-v"]
      let end = Self.run(fault + ["-c", "timeout 30s { \(call) }"])
      let tries = end.error.count { $0.contains(" \(row.status) \(row.code) ") } - 1
      let isRepeated = again == "again" || isKeyed && again == "with its key"
      #expect(row.status == 429 ? tries > 5 : tries == (isRepeated ? 5 : 1), "\(call)")
      #expect(end.status == 3)
      #expect(
        end.error.contains { $0.hasPrefix("  = answer: \(row.status) \(row.code) to `") }, "\(call)"
      )
      let caught = Self.run(
        fault + [
          "-c", "try { timeout 30s { \(call) } } catch e { print $e.kind $e.code $e.status }",
        ])
      #expect(caught.output == ["\(row.kind) \(row.code) \(row.status)"], "\(call)")
      #expect(caught.status == 0)
    }
  }

  // A quota is refused for two minutes of real time; `quota` has it.
  @Test("and so it is over HTTP", arguments: rows.filter { $0.status != 429 })
  func overHTTP(_ row: Row) throws {
    let served = try ServedSandboxTests.Served(
      ["--port", "0", "--instances", "1", "--fault", "error=\(row.code):1"])
    defer { served.run.signal(SIGTERM) }
    let call = row.read == "again" ? "instances stop instance_1" : "instances get instance_1"
    let end = try ProgramRun(["-c", call], environment: served.settings).finish()
    #expect(end.status == 3)
    #expect(end.error.contains("  = answer: \(row.status) \(row.code) to `"), "\(end.error)")
    let script = "try { \(call) } catch e { print $e.kind $e.code $e.status }"
    let caught = try ProgramRun(["-c", script], environment: served.settings).finish()
    #expect(caught.output == "\(row.kind) \(row.code) \(row.status)\n", "\(caught.error)")
    #expect(caught.status == 0)
  }

  @Test("a quota that is used up for longer than anybody waits is said at once, over HTTP too")
  func quota() throws {
    let served = try ServedSandboxTests.Served(["--port", "0", "--fault", "rate-limit=1/h"])
    defer { served.run.signal(SIGTERM) }
    let end = try ProgramRun(
      ["-c", "instances get instance_1 | count; instances get instance_1"],
      environment: served.settings
    ).finish()
    #expect(end.status == 3)
    #expect(end.error.contains("  = answer: 429 rate_limited to `instances get`"))
    #expect(end.error.contains("  = tried: once; the next try, after 1h"))
  }

  @Test(
    "a failure that an agent tells within its answer is a fault with a code of its own",
    arguments: [("[fail]", "agent_reply_error"), ("[refuse]", "agent_rejected")])
  func withinAnswer(order: String, code: String) throws {
    let script = """
      let agent = agents list | first
      try { invoke $agent "\(order)" --stream } catch e { print $e.kind $e.code $e.status }
      invoke $agent "\(order)" --stream
      """
    let near = Self.run(Self.sandbox + ["-c", script])
    let served = try ServedSandboxTests.Served(["--port", "0"])
    defer { served.run.signal(SIGTERM) }
    let far = try ProgramRun(["-c", script], environment: served.settings).finish()
    #expect(near.status == 3 && far.status == 3)
    #expect(near.output.contains("api \(code) 200"), "\(near)")
    #expect(far.output.contains("api \(code) 200\n"), "\(far)")
  }
}
