import Testing
import WaggleHost

/// A server whose clock is hours off is waited for as one whose clock is right.
struct ServerClockTests {
  private static let script = """
    let bees = for n in 1..12 parallel 4 { deploy --name b$n --variant-id scout-standard }
    for goal in [ready, stuck, gone] {
        try {
            if $goal == ready { wait $bees until ready timeout 4m }
            if $goal == stuck { wait $bees until ready stuck-after 1m timeout 4m any 12 }
            if $goal == gone { destroy $bees; wait $bees until gone timeout 4m }
        } catch e { print $e.message }
    }
    """

  private func run(_ fault: String, clock: String) -> [String] {
    let screen = Screen()
    let host = Host(
      arguments: [
        "--sandbox", "--clock", "virtual", "--instances", "3", "--seed", "7", "--fault", fault,
        "--fault", "clock=\(clock)", "-v", "-",
      ], environment: { _ in nil },
      streams: Streams(
        output: screen.sink(isError: false), error: screen.sink(isError: true),
        readInput: { Array(Self.script.utf8) }))
    _ = MainThread.run { host.run() }
    return screen.lines
  }

  @Test(
    "what is told of waits, and when, is the same",
    arguments: [
      "slow=1", "stuck=0.2", "doomed=0.1", "gone=0.1", "late=5", "rate-limit=10/min",
      "rate-limit=20/min", "down=4:64", "flaky=0.1", "slow=20",
    ])
  func waits(fault: String) {
    let usual = run(fault, clock: "0s")
    #expect(usual.count > 5, "\(usual)")
    for clock in ["2h", "-2h"] { #expect(run(fault, clock: clock) == usual) }
  }
}
