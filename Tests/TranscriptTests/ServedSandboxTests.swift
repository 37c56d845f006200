import Foundation
import Glibc
import Testing

/// `waggle sandbox` as a process, with another waggle as its client.
struct ServedSandboxTests {
  /// A served sandbox, and what a client needs to know of it.
  struct Served {
    let run: ProgramRun
    let settings: [String: String]

    var port: String { String(settings["BEEOS_API_URL"]?.split(separator: ":").last ?? "") }

    init(_ arguments: [String]) throws {
      run = try ProgramRun(["sandbox"] + arguments)
      let said = run.read(lines: 2, from: run.output)
      let pairs = said.split(separator: "\n").compactMap { line -> (String, String)? in
        let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
      settings = Dictionary(uniqueKeysWithValues: pairs)
    }
  }

  /// What a run says, with the moments and stretches of time in it left out.
  private func timeless(_ text: String) -> String {
    text.replacing(/[0-9-]{10}T[0-9:.]+Z/, with: "MOMENT").replacing(/[0-9.]+m?s/, with: "TIME")
  }

  /// The lines that say how each wait ended, without how long it took.
  private func ends(_ text: String) -> [Substring] {
    text.replacing(/\ \(.*\)/, with: "").split(separator: "\n").filter {
      $0.wholeMatch(of: /wait: ([0-9]+) of \1 there; .*|wait: .* → running/) != nil
    }
  }

  // The seed brings up one after the other, seconds apart, so that the order is always the same.
  @Test("fleet-up over HTTP says what it says in process")
  func sameOutput() throws {
    let world = ["--seed", "13", "--instances", "10"]
    let runbook = "scripts/runbooks/fleet-up.waggle"
    let served = try Served(["--port", "0"] + world)
    let far = try ProgramRun([runbook], environment: served.settings).finish()
    let near = try ProgramRun(
      ["--sandbox", "--clock", "virtual"] + world + [runbook]
    ).finish()
    #expect(far.status == 0 && near.status == 0)
    #expect(timeless(far.output) == timeless(near.output))
    #expect(near.output.contains("slowest of those started: "))
    #expect(ends(far.error) == ends(near.error))
    #expect(ends(near.error).count == 2)
    served.run.signal(SIGINT)
    #expect(served.run.finish().status == 0)
  }

  @Test("the key that is printed is the one that counts")
  func keys() throws {
    let served = try Served(["--port", "0", "--instances", "3"])
    let count = ["-c", "bees | count"]
    #expect(try ProgramRun(count, environment: served.settings).finish().output == "3\n")
    let other = served.settings.merging(["BEEOS_API_KEY": "oag_00000"]) { $1 }
    let refused = try ProgramRun(count, environment: other).finish()
    #expect(refused.status == 3)
    #expect(refused.error.contains("401 invalid_token"))
    let address = try #require(served.settings["BEEOS_API_URL"])
    #expect(
      refused.error.hasSuffix(
        "  = help: the key is that of BEEOS_API_KEY: set it to one that \(address) takes\n"))
    served.run.signal(SIGTERM)
    let end = served.run.finish()
    #expect(end.status == 0)
    let lines = end.error.split(separator: "\n")
    #expect(lines.first == "serving 3 instances at http://127.0.0.1:\(served.port) until Ctrl-C")
    // How close together the two came is not for a test to know.
    #expect(lines.count == 2 && lines.last?.hasPrefix("served 2 calls, at most ") ?? false)
  }

  @Test("a port that is taken is said, and the other server goes on")
  func takenPort() throws {
    let served = try Served(["--port", "0", "--instances", "1"])
    let second = try ProgramRun(["sandbox", "--port", served.port]).finish()
    #expect(second.status == 1)
    #expect(second.output.isEmpty)
    #expect(
      second.error == "error: port \(served.port) is taken: choose another with --port\n")
    let count = try ProgramRun(["-c", "bees | count"], environment: served.settings).finish()
    #expect(count.output == "1\n")
    served.run.signal(SIGINT)
    served.run.signal(SIGINT)
    #expect([0, 130].contains(served.run.finish().status))
  }

  @Test("a sandbox whose key cannot be written does not serve")
  func unwritten() throws {
    let end = try ProgramRun(["sandbox", "--port", "0"], output: "/dev/full").finish()
    #expect(end.status == 1)
    #expect(end.error == "error: standard output cannot be written: No space left on device\n")
  }

  @Test("clients that take every descriptor keep others waiting and do no harm")
  func noDescriptors() throws {
    let served = try Served(["--port", "0", "--instances", "1"])
    let process = "\(served.run.process.processIdentifier)"
    try Process.run(
      URL(filePath: "/usr/bin/prlimit"), arguments: ["--pid", process, "--nofile=32:32"]
    ).waitUntilExit()
    let address = try #require(URL(string: served.settings["BEEOS_API_URL"] ?? ""))
    let idle = try (0..<64).map { _ in try connect(to: address) }
    for client in idle { close(client) }
    let count = try ProgramRun(["-c", "bees | count"], environment: served.settings).finish()
    #expect(count.output == "1\n")
    served.run.signal(SIGINT)
    #expect(served.run.finish().status == 0)
  }

  /// A socket that is connected to a port of this machine.
  private func connect(to address: URL) throws -> CInt {
    let client = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = UInt16(try #require(address.port)).bigEndian
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(status == 0)
    return client
  }
}
