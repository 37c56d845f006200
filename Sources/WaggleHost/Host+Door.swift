import WaggleDoor
import WaggleRender
import WaggleSandbox
import WaggleTime

/// `waggle sandbox`: a world behind HTTP, for curl, an SDK, a browser, another waggle.
extension Host {
  /// The port that is listened on if nothing else is said: the one of the API's own local servers.
  static let usualPort = 8095

  /// Serves a world until Ctrl-C or SIGTERM, which is how it is meant to end.
  func serve(_ options: Options) throws(UsageError) -> Int32 {
    let token = Token()
    if catchesSignals { Signals.cancel(token, eachSecond: nil) }
    let strands = strands(for: options)
    let world = world(for: options, at: strands.now)
    do throws(DoorFault) {
      try strands.main(token: token) { strand throws(DoorFault) in
        let door = try Door.open(
          world, port: options.port ?? Self.usualPort, courier: HTTPCourier(reach: .anywhere),
          on: strand)
        _ = terminal.print(
          """
          export BEEOS_API_URL=\(door.address)
          export BEEOS_API_KEY=\(world.key)

          """)
        // Without the key, which stands there alone, nobody can use it.
        if terminal.flush() {
          terminal.complain("serving \(count(options)) at \(door.address) until Ctrl-C\n")
          _ = strand.park()
        }
        let calls = door.close(on: strand)
        if calls.count > 0 { terminal.complain(words(for: calls)) }
      }
      return 0
    } catch {
      terminal.complain(renderer(for: options).error(error.message))
      return 1
    }
  }

  /// `served 551 calls, at most 197 in a second, 4 refused by 429`.
  private func words(for calls: ServedCalls) -> String {
    let refused = calls.refused > 0 ? ", \(calls.refused) refused by 429" : ""
    return "served \(calls.count == 1 ? "1 call" : "\(calls.count) calls"), "
      + "at most \(calls.peak) in a second\(refused)\n"
  }

  private func count(_ options: Options) -> String {
    let count = options.instances ?? World.usualCount
    return count == 1 ? "1 instance" : "\(count) instances"
  }
}
