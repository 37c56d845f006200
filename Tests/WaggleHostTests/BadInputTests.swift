import Foundation
import Synchronization
import Testing

@testable import WaggleHost

/// Whatever stands in a script, it ends in a sentence and a status.
struct BadInputTests {
  private final class Memory: Sink {
    let text = Mutex("")

    func write(_ bytes: [UInt8]) -> Int32 {
      text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      return 0
    }
  }

  /// Runs or checks a script and gives the status with all that was written.
  private func run(_ script: [UInt8], _ arguments: [String] = []) -> (status: Int32, text: String) {
    let memory = Memory()
    let host = Host(
      arguments: arguments + ["-"], environment: { _ in nil },
      streams: Streams(output: memory, error: memory, readInput: { script }))
    let status = host.run()
    return (status, memory.text.withLock { $0 })
  }

  private func run(_ script: String) -> (status: Int32, text: String) { run(Array(script.utf8)) }

  @Test("a line of a megabyte runs, and a mistake at its end is shown with what is near it")
  func longLine() {
    let long = String(repeating: "a", count: 1 << 20)
    let right = run("print \"\(long)\"")
    #expect(right.status == 0)
    #expect(right.text == long + "\n")
    let wrong = run("print \"\(long)\" $nope")
    #expect(wrong.status == 2)
    #expect(wrong.text.contains("there is no variable `$nope`"))
    #expect(wrong.text.utf8.count < 1000)
    let word = run(long)
    #expect(word.status == 2)
    #expect(word.text.utf8.count < 2000)
  }

  @Test("a script of many megabytes is refused")
  func tooLarge() {
    let (status, text) = run([UInt8](repeating: 0x20, count: 5 << 20))
    #expect(status == 2)
    #expect(text.contains("is too large for a script"))
  }

  @Test(
    "brackets, blocks and operators nested 100,000 deep are an error",
    arguments: [
      ("[", "]"), ("(", ")"), ("{a: ", "}"), ("if true { ", "}"), ("not ", ""), ("-", ""),
    ])
  func deep(_ open: String, _ close: String) {
    let count = 100_000
    let script =
      "print (" + String(repeating: open, count: count) + "1"
      + String(repeating: close, count: count) + ")"
    let (status, text) = run(script)
    #expect(status == 2)
    #expect(text.hasPrefix("error["))
    #expect(text.utf8.count < 100_000)
  }

  @Test("a sum of a thousand terms is none too deep, one of a hundred thousand is")
  func longSum() {
    @Sendable func sum(_ count: Int) -> String {
      String(repeating: "1 + ", count: count - 1) + "1"
    }
    let many = (0..<500).map { "1 == \($0)" }.joined(separator: " or ")
    #expect(onLargeStack { self.run("print (\(sum(1_000)))") } == "0 1000\n")
    #expect(onLargeStack { self.run("print (\(many))") } == "0 true\n")
    #expect(run("print (\(sum(100_000)))").status == 2)
  }

  /// Runs something on a thread whose stack is that of a process's first.
  private func onLargeStack(
    _ body: @escaping @Sendable () -> (status: Int32, text: String)
  ) -> String {
    let result = Mutex("")
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let (status, text) = body()
      result.withLock { $0 = "\(status) \(text)" }
      done.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    done.wait()
    return result.withLock { $0 }
  }

  @Test("JSON nested 100,000 deep is an error of the run")
  func deepJSON() {
    let json = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let (status, text) = run("let x = '\(json)' | from json\nprint $x")
    #expect(status == 1)
    #expect(text.contains("nest at most 512 deep"))
  }

  @Test(
    "functions that call one another in very many ways are looked at once each",
    arguments: [(60, 0), (20_000, 0), (300, 1)])
  func manyCalls(_ count: Int, _ around: Int) {
    let functions = (0..<count).map { number in
      let next = number + 1 < count || around == 0 ? number + 1 : 0
      return "def f\(number)() { f\(next); f\(next); f\(number) }"
    }
    let script =
      ["limit changes 3"] + functions + ["def f\(count)() { start bee-1 }", "if false { f0 }"]
    let (status, text) = run(script.joined(separator: "\n"))
    #expect(status == 0, "\(text)")
  }

  @Test("one character of a megabyte is shown in part")
  func longCharacter() {
    let (status, text) = run("a" + String(repeating: "\u{301}", count: 1 << 19))
    #expect(status == 2)
    #expect(text.contains("there is no command"))
    #expect(text.utf8.count < 20_000)
  }

  @Test("a script with a thousand mistakes has an end")
  func manyMistakes() {
    let (status, text) = run(String(repeating: "print $nope +\nlet = 3 }\n", count: 1000))
    #expect(status == 2)
    #expect(text.hasPrefix("error["))
  }

  @Test("any bytes end in a status and never in a crash", arguments: 0..<20)
  func anyBytes(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    let pieces = [
      "let x = ", "$x", "print ", "\"", "'", "\"\"\"\n", "(", ")", "[", "]", "{", "}", " | ",
      "where ",
      "status == running", "bees", "wait ", " until ", "ready", "\n", ";", "#", "$(", "${", "..",
      "->",
      " = ", " + ", "1", "2h", "-1", "--name", "=", ",", ".", "?.", "if ", "for x in ", "def f(a) ",
      "try ", "catch e ", "\\", "`", "\u{0}", "\u{1F41D}", "é", "\r\n", "param p: int = 3", "...",
    ]
    for _ in 0..<100 {
      var script: [UInt8] = []
      for _ in 0..<next(30) {
        script += next(12) == 0 ? [UInt8(next(256))] : Array(pieces[next(pieces.count)].utf8)
      }
      let (status, text) = run(script, ["check"])
      #expect(status == 0 || status == 2)
      #expect(
        status == 0 || text.contains("error: ") || text.contains("error["),
        "\(String(decoding: script, as: UTF8.self))")
    }
  }
}
