import Foundation
import Glibc
import Testing

/// What only a process of its own can show: signals, pipes that close, an environment without HOME.
struct ProcessTests {
  @Test(
    "a signal stops a sleep at once, and what was deferred runs",
    arguments: [(SIGINT, Int32(130), "interrupted\n"), (SIGTERM, 143, "terminated\n")])
  func signalStopsSleep(_ signal: Int32, _ status: Int32, _ words: String) throws {
    let run = try ProgramRun(
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
    let run = try ProgramRun(
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
    let run = try ProgramRun([], script: "log ready\nwhile true { }\n")
    run.await("ready", from: run.error)
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("Ctrl-C ends a program that runs, and what was deferred runs")
  func signalStopsProgram() throws {
    let run = try ProgramRun(
      [], script: "defer { print bye }\nlog ready\nexec sleep 3600\nprint never\n")
    run.await("ready", from: run.error)
    run.signal(SIGINT)
    let end = run.finish()
    #expect(end.status == 130)
    #expect(end.output == "bye\n")
  }

  @Test("a second Ctrl-C stops what was deferred too")
  func secondSignal() throws {
    let run = try ProgramRun([], script: "defer { log deferred; sleep 1h }\nlog ready\nsleep 1h\n")
    run.await("ready", from: run.error)
    run.signal(SIGINT)
    run.await("deferred", from: run.error)
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("what has not stopped a second after Ctrl-C says that it was heard, once")
  func slowStop() throws {
    let run = try ProgramRun(
      ["--quiet"], script: "defer { sleep 4s; log done; sleep 1h }\nlog ready\nsleep 1h\n")
    #expect(run.read(lines: 1, from: run.error) == "ready\n")
    run.signal(SIGINT)
    #expect(
      run.read(lines: 2, from: run.error)
        == "stopping · Ctrl-C again waits for no answer\ndone\n")
    run.signal(SIGINT)
    #expect(run.finish().status == 130)
  }

  @Test("an output that closes ends the run quietly")
  func closedOutput() throws {
    let run = try ProgramRun(
      [], script: "while true { print \"a line of text that fills the pipe\" }\n")
    run.await("line", from: run.output)
    try run.output.fileHandleForReading.close()
    run.process.waitUntilExit()
    let error = run.error.fileHandleForReading.readDataToEndOfFile()
    #expect(run.process.terminationStatus == 141)
    #expect(error.isEmpty)
  }

  @Test("an output that cannot be written is said")
  func fullOutput() throws {
    let run = try ProgramRun(["-c", "print 1"], output: "/dev/full")
    let end = run.finish()
    #expect(end.status == 1)
    #expect(end.error == "error: standard output cannot be written: No space left on device\n")
  }

  @Test("no HOME and an empty environment are fine")
  func emptyEnvironment() throws {
    let end = try ProgramRun(["-c", "print hello $env.HOME"]).finish()
    #expect(end.status == 0)
    #expect(end.output == "hello \n")
  }
}
