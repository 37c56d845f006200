import Glibc
import Synchronization
import Testing

@testable import WaggleHost

/// What a terminal gets to see, byte by byte.
struct TerminalTests {
  /// Both streams in one memory, and a time that is set.
  private final class Memory: Sink {
    let text = Mutex("")
    let now = Mutex(0)

    func write(_ bytes: [UInt8]) -> Int32 {
      text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      return 0
    }

    func take() -> String {
      text.withLock { text in
        defer { text = "" }
        return text
      }
    }

    func pass(milliseconds: Int) { now.withLock { $0 += milliseconds * 1_000_000 } }
  }

  /// A stream whose reader has gone.
  private struct Closed: Sink {
    func write(_ bytes: [UInt8]) -> Int32 { EPIPE }
  }

  private func terminal(_ memory: Memory, isTerminal: Bool) -> Terminal {
    Terminal(
      Streams(
        output: memory, error: memory, readInput: { nil }, isOutputTerminal: isTerminal,
        isErrorTerminal: isTerminal),
      stopwatch: Stopwatch { memory.now.withLock { $0 } })
  }

  @Test func `a pipe gets results late, but before a complaint`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: false)
    #expect(terminal.print("a\n"))
    #expect(memory.take() == "")
    terminal.complain("b\n")
    #expect(memory.take() == "a\nb\n")
  }

  @Test func `a pipe gets no live block`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: false)
    terminal.show({ _ in "waiting" }, for: "")
    #expect(terminal.finish() == 0)
    #expect(memory.take() == "")
  }

  @Test func `prints erase the live block, and it comes back below`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    terminal.show({ _ in "one" }, for: "a")
    #expect(memory.take() == "one")
    memory.pass(milliseconds: 100)
    terminal.show({ _ in "two" }, for: "b")
    #expect(memory.take() == "\r\u{1B}[Jone\r\ntwo")
    memory.pass(milliseconds: 100)
    _ = terminal.print("hello\n")
    #expect(memory.take() == "\u{1B}[1A\r\u{1B}[Jhello\none\r\ntwo")
    #expect(terminal.finish() == 0)
    #expect(memory.take() == "\u{1B}[1A\r\u{1B}[J")
  }

  @Test func `the live block is drawn ten times a second at most`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    for round in 0..<1000 {
      terminal.show({ _ in "\(round)" }, for: "")
      memory.pass(milliseconds: 1)
    }
    let drawn = memory.take().split(separator: "\r\u{1B}[J")
    #expect(drawn == ["0", "100", "200", "300", "400", "500", "600", "700", "800", "900"])
  }

  @Test func `a tick shows how time passes`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    terminal.tick()
    terminal.show({ "waiting \($0 / 1_000_000) ms" }, for: "")
    #expect(memory.take() == "waiting 0 ms")
    memory.pass(milliseconds: 1000)
    terminal.tick()
    #expect(memory.take() == "\r\u{1B}[Jwaiting 1000 ms")
    #expect(terminal.finish() == 0)
    terminal.tick()
    #expect(memory.take() == "\r\u{1B}[J")
  }

  @Test func `a reader that has gone is noticed`() {
    let terminal = Terminal(Streams(output: Closed(), error: Closed(), readInput: { nil }))
    #expect(terminal.print("a\n"))
    terminal.flush()
    #expect(!terminal.print("b\n"))
    #expect(terminal.finish() == EPIPE)
  }
}
