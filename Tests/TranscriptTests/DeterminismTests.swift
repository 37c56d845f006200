import Testing
import WaggleHost

/// The virtual clock makes a run the same, byte for byte, whatever the machine does.
struct DeterminismTests {
  /// Fans out over many calls, some of which fail, and waits with jitter; `-v` shows each call's
  /// time.
  private static let script = """
    for round in 1..3 {
        let stopped = instances list --status stopped
        try {
            let up = $stopped | start | wait until ready timeout 2m
            print "round $round: $($up | count) of $($stopped | count) run"
        } catch e { print "round $round: $e.kind $e.message" }
        try { bees | where status == running | stop } catch e { print "stop: $e.message" }
        sleep 30s
    }
    """

  private static let arguments = [
    "--sandbox", "--clock", "virtual", "--instances", "40", "--fault", "flaky=0.03", "--fault",
    "doomed=0.05", "-v", "-",
  ]

  /// A run in this process, on as many cores as there are.
  private func run() -> (output: String, error: String) {
    let (output, error) = (Screen(), Screen())
    let host = Host(
      arguments: Self.arguments, environment: { _ in nil },
      streams: Streams(
        output: output.sink(isError: false), error: error.sink(isError: false),
        readInput: { Array(Self.script.utf8) }))
    _ = MainThread.run { host.run() }
    return (
      String(decoding: output.bytes, as: UTF8.self), String(decoding: error.bytes, as: UTF8.self)
    )
  }

  /// A run in a process of its own, which has one core only.
  private func runOnOneCore() throws -> (output: String, error: String) {
    let run = try ProgramRun(Self.arguments, script: Self.script, onOneCore: true)
    let end = run.finish()
    return (end.output, end.error)
  }

  @Test("a faulty, jittered fan-out is the same in 50 runs, on one core and on all")
  func fiftyRuns() throws {
    let first = run()
    #expect(first.error.utf8.count > 5_000)
    #expect(first.output.hasPrefix("round 1: "))
    for _ in 0..<25 { #expect(run() == first) }
    for _ in 0..<25 { #expect(try runOnOneCore() == first) }
  }
}
