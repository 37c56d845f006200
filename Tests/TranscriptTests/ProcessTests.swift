import Foundation
import Glibc
import Testing

/// What only a process of its own can show: signals, pipes that close, an environment without HOME.
struct ProcessTests {
  /// The program beside the tests that were built with it.
  private static let program: URL = {
    let tests = URL(filePath: ProcessInfo.processInfo.arguments[0])
    var folder = tests.deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/waggle")
    {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "waggle")
  }()

  /// A run of the program, with the ends of its pipes.
  private final class Run {
    let process = Process()
    let output = Pipe()
    let error = Pipe()

    init(_ arguments: [String], script: String? = nil) throws {
      process.executableURL = ProcessTests.program
      process.arguments = arguments
      process.environment = [:]
      process.standardOutput = output
      process.standardError = error
      let input = Pipe()
      process.standardInput = input
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data((script ?? "").utf8))
      try input.fileHandleForWriting.close()
    }

    /// Reads standard output or error up to a text; what came before it is lost.
    func await(_ text: String, from pipe: Pipe) {
      var seen = Data()
      while !String(decoding: seen, as: UTF8.self).contains(text) {
        let chunk = pipe.fileHandleForReading.availableData
        if chunk.isEmpty { return }
        seen += chunk
      }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Reads both to the end and gives what came, with the status.
    func finish() -> (status: Int32, output: String, error: String) {
      let output = String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let error = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, output, error)
    }
  }

  @Test(
    "a signal stops a sleep at once, and what was deferred runs",
    arguments: [(SIGINT, Int32(130), "interrupted\n"), (SIGTERM, 143, "terminated\n")])
  func signalStopsSleep(_ signal: Int32, _ status: Int32, _ words: String) throws {
    let run = try Run(
      [], script: "defer { print bye }\nprint ready\nsleep 1h\nprint never\n")
    run.await("ready", from: run.output)
    run.signal(signal)
    let end = run.finish()
    #expect(end.status == status)
    #expect(end.output == "bye\n")
    #expect(end.error == words)
  }

  @Test("Ctrl-C stops a wait at once")
  func signalStopsWait() throws {
    let run = try Run(
      [
        "--sandbox", "--fault", "stuck=1", "-c",
        "wait (deploy --name x --variant-id scout-standard) until ready",
      ])
    run.await("wait: x", from: run.error)
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("Ctrl-C stops a loop that does nothing else")
  func signalStopsLoop() throws {
    let run = try Run([], script: "log ready\nwhile true { }\n")
    run.await("ready", from: run.error)
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("a second Ctrl-C stops what was deferred too")
  func secondSignal() throws {
    let run = try Run([], script: "defer { log deferred; sleep 1h }\nlog ready\nsleep 1h\n")
    run.await("ready", from: run.error)
    run.signal(SIGINT)
    run.await("deferred", from: run.error)
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("an output that closes ends the run quietly")
  func closedOutput() throws {
    let run = try Run([], script: "while true { print \"a line of text that fills the pipe\" }\n")
    run.await("line", from: run.output)
    try run.output.fileHandleForReading.close()
    run.process.waitUntilExit()
    let error = run.error.fileHandleForReading.readDataToEndOfFile()
    #expect(run.process.terminationStatus == 141)
    #expect(error.isEmpty)
  }

  @Test("no HOME and an empty environment are fine")
  func emptyEnvironment() throws {
    let end = try Run(["-c", "print hello $env.HOME"]).finish()
    #expect(end.status == 0)
    #expect(end.output == "hello \n")
  }
}
