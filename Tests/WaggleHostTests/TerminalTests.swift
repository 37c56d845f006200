import Glibc
import Synchronization
import Testing
import WaggleWait

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

  private func terminal(_ memory: Memory, isTerminal: Bool, showsEcho: Bool = false) -> Terminal {
    Terminal(
      Streams(
        output: memory, error: memory, readInput: { nil }, isOutputTerminal: isTerminal,
        isErrorTerminal: isTerminal,
        echo: { if showsEcho { _ = memory.write(Array(($0 ? "<on>" : "<off>").utf8)) } }),
      stopwatch: Stopwatch { memory.now.withLock { $0 } })
  }

  /// Tells of a wait whose line is its subject's state, with the seconds gone since it was told of.
  private func tell(
    _ terminal: Terminal, _ state: String, by strand: String = "", calls: Int = 1,
    isOver: Bool = false
  ) {
    let wait = WaitProgress(
      strand: strand, total: 1, needed: 1, reached: 0,
      states: [WaitProgress.State(name: state, count: 1, place: 0)], changes: [], elapsed: 0,
      calls: calls, isOver: isOver)
    terminal.tell(
      wait,
      LiveBlock.Wording(
        lines: { waits in
          waits.map { ($0.wait.states.first?.name ?? "") + Self.seconds($0.later) }
        },
        summary: { waits in
          waits.contains { $0.calls > 1 } ? "\(waits.count) over\n" : nil
        }))
  }

  private static func seconds(_ nanoseconds: Int) -> String {
    nanoseconds < 1_000_000_000 ? "" : "+\(nanoseconds / 1_000_000_000)s"
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
    tell(terminal, "waiting")
    #expect(terminal.finish() == 0)
    #expect(memory.take() == "")
  }

  @Test func `prints erase the live block, and it comes back below`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    tell(terminal, "one", by: "a")
    #expect(memory.take() == "one")
    memory.pass(milliseconds: 100)
    tell(terminal, "two", by: "b")
    #expect(memory.take() == "\r\u{1B}[Jone\r\ntwo")
    memory.pass(milliseconds: 100)
    _ = terminal.print("hello\n")
    #expect(memory.take() == "\u{1B}[1A\r\u{1B}[Jhello\none\r\ntwo")
    #expect(terminal.finish() == 0)
    #expect(memory.take() == "\u{1B}[1A\r\u{1B}[J")
  }

  @Test func `the block is back after each of many prints, as it was where that is a moment ago`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    tell(terminal, "one")
    _ = memory.take()
    for line in 1...3 { _ = terminal.print("\(line)\n") }
    #expect(memory.take() == "\r\u{1B}[J1\none\r\u{1B}[J2\none\r\u{1B}[J3\none")
    tell(terminal, "two")
    terminal.complain("note\n")
    #expect(memory.take() == "\r\u{1B}[Jnote\none")
    tell(terminal, "two", isOver: true)
    _ = terminal.print("4\n")
    #expect(memory.take() == "\r\u{1B}[J4\n")
  }

  @Test func `what is typed is shown but while the block stands`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true, showsEcho: true)
    tell(terminal, "one")
    #expect(memory.take() == "<off>one")
    #expect(terminal.asking("well? ") { memory.take() } == "\r\u{1B}[J<on>well? ")
    memory.pass(milliseconds: 100)
    terminal.tick()
    #expect(memory.take() == "<off>one")
    tell(terminal, "one", isOver: true)
    #expect(memory.take() == "\r\u{1B}[J<on>")
  }

  @Test func `a question that is no longer wanted is not shown`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    #expect(terminal.asking("well? ", isStopped: { true }) { 1 } == nil)
    #expect(memory.take() == "")
  }

  @Test func `a line that grows is not drawn over, and what else is said begins a new one`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    _ = terminal.print("scout-7 is")
    terminal.tick(after: 3)
    #expect(memory.take() == "scout-7 is")
    _ = terminal.print(" healthy")
    terminal.complain("warning\n")
    #expect(memory.take().hasPrefix(" healthy\nwarning\n"))
    terminal.stopping()
    _ = terminal.print("\rup")
    _ = memory.take()
    terminal.stopping()
    #expect(memory.take().hasPrefix("\nstopping"))
  }

  @Test func `the live block is drawn ten times a second at most`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    for round in 0..<1000 {
      tell(terminal, "\(round)")
      memory.pass(milliseconds: 1)
    }
    let drawn = memory.take().split(separator: "\r\u{1B}[J")
    #expect(drawn == ["0", "100", "200", "300", "400", "500", "600", "700", "800", "900"])
  }

  @Test func `a tick shows how time passes`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    terminal.tick()
    tell(terminal, "waiting")
    #expect(memory.take() == "waiting")
    memory.pass(milliseconds: 1000)
    terminal.tick()
    #expect(memory.take() == "\r\u{1B}[Jwaiting+1s")
    #expect(terminal.finish() == 0)
    terminal.tick()
    #expect(memory.take() == "\r\u{1B}[J")
  }

  @Test func `the last wait that ends takes the block away`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    for wait in 1...4 { tell(terminal, "\(wait)", by: "\(wait)") }
    memory.pass(milliseconds: 100)
    terminal.tick()
    #expect(memory.take() == "1\r\u{1B}[J1\r\n2\r\n3\r\n4")
    for wait in 1...4 { tell(terminal, "", by: "\(wait)", isOver: true) }
    #expect(memory.take() == "\u{1B}[3A\r\u{1B}[J")
  }

  @Test func `the block leaves one line for all its waits, below what was printed meanwhile`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    tell(terminal, "one", by: "a")
    tell(terminal, "two", by: "b")
    _ = terminal.print("printed\n")
    tell(terminal, "one", by: "a", calls: 2, isOver: true)
    tell(terminal, "two", by: "b", calls: 2, isOver: true)
    #expect(memory.take() == "one\r\u{1B}[Jprinted\none\r\u{1B}[J2 over\n")
    memory.pass(milliseconds: 100)
    tell(terminal, "three", by: "a")
    tell(terminal, "three", by: "a", calls: 2, isOver: true)
    #expect(memory.take() == "three\r\u{1B}[J1 over\n")
  }

  @Test func `what tells nothing of itself has a line after two seconds, until a wait has one`() {
    let memory = Memory()
    let terminal = terminal(memory, isTerminal: true)
    for second in 1...2 {
      memory.pass(milliseconds: 1000)
      terminal.tick(after: second)
    }
    #expect(memory.take() == "running 2s · Ctrl-C stops")
    memory.pass(milliseconds: 100)
    tell(terminal, "stopped")
    #expect(memory.take() == "\r\u{1B}[Jstopped")
  }

  @Test func `a reader that has gone is noticed`() {
    let terminal = Terminal(Streams(output: Closed(), error: Closed(), readInput: { nil }))
    #expect(terminal.print("a\n"))
    terminal.flush()
    #expect(!terminal.print("b\n"))
    #expect(terminal.finish() == EPIPE)
  }
}
