import Glibc
import Synchronization
import WaggleRender
import WaggleValues
import WaggleWait

/// Owns standard output and standard error, so that results, complaints and the live block of
/// progress never run into each other.
///
/// Results are collected and written when somebody may be waiting for them: at a line on a terminal,
/// before anything that takes time, before a complaint, at the end. The live block is at the bottom
/// of a terminal: whoever writes erases it first, and it is drawn ten times a second at most.
final class Terminal: Sendable {
  private struct State {
    var pending: [UInt8] = []
    /// The number of the error that standard output gave; 0 without one.
    var failure: Int32 = 0
    /// What the block said when it was last drawn.
    var lines: [String] = []
    /// The columns of each line that is drawn.
    var drawn: [Int] = []
    /// Whether the terminal's cursor stands behind a line that still grows, such as a reply.
    ///
    /// The block would stand on it, so it waits for the line's end.
    var isMidLine = false
  }

  private static let mostPending = 64 << 10
  private static let redrawEvery = 100_000_000

  private let streams: Streams
  private let stopwatch: Stopwatch
  private let vault: SecretVault
  private let state = Mutex(State())
  private let block = LiveBlock()
  /// The moment from which on the block may be drawn again.
  private let nextDraw = Atomic(Int.min)

  /// Makes the owner of streams; no secret of the vault is written to standard error.
  init(_ streams: Streams, stopwatch: Stopwatch = .monotonic, vault: SecretVault = SecretVault()) {
    self.streams = streams
    self.vault = vault
    self.stopwatch = stopwatch
  }

  /// The columns of the terminal now.
  var columns: Int { streams.columns() }

  /// Whether there is a live block.
  var hasBlock: Bool { streams.isErrorTerminal }

  /// Writes to standard output, soon; false where that failed.
  ///
  /// What a terminal would act upon is spelled out there: a script prints what an API answered.
  func print(_ text: String) -> Bool {
    let text = streams.isOutputTerminal ? SafeText(text, keepsLines: true).text : text
    return write(text)
  }

  /// Writes text that Render made, colours and all; false where that failed.
  func write(_ text: String) -> Bool {
    state.withLock { state in
      state.pending += Array(text.utf8)
      let isDue = streams.isOutputTerminal || state.pending.count >= Self.mostPending
      if isDue { flush(&state) }
      putBack(&state)
      return state.failure == 0
    }
  }

  /// Writes what was printed before now; false where that, or something before it, failed.
  @discardableResult
  func flush() -> Bool {
    state.withLock { state in
      flush(&state)
      putBack(&state)
      return state.failure == 0
    }
  }

  /// Writes lines of a script to standard error, safe for a terminal.
  func log(_ text: String) {
    complain(streams.isErrorTerminal ? SafeText(text, keepsLines: true).text : text)
  }

  /// Writes lines that Render made to standard error, behind what was printed before.
  func complain(_ text: String) {
    let text = vault.clean(text)
    state.withLock { state in
      flush(&state)
      erase(&state)
      endLine(&state)
      _ = streams.error.write(Array(text.utf8))
      putBack(&state)
    }
  }

  /// Tells of a wait in the live block, where there is one; the wording is used when it is drawn.
  ///
  /// Cheap where the block was drawn a moment ago: hundreds of strands may tell at once.
  func tell(_ wait: WaitProgress, _ wording: LiveBlock.Wording) {
    guard streams.isErrorTerminal else { return }
    if let over = block.note(wait, at: stopwatch.read(), wording) {
      let summary = wording.summary(over).map(vault.clean)
      state.withLock { state in
        erase(&state)
        if let summary { _ = streams.error.write(Array(summary.utf8)) }
        draw(&state)
      }
    } else if mayDraw(stopwatch.read()) {
      state.withLock { draw(&$0) }
    }
  }

  /// Draws the block again, since time has passed; from any thread.
  func tick() {
    guard !block.isEmpty, mayDraw(stopwatch.read()) else { return }
    // Who has the terminal for a question or a program keeps it: this thread hears Ctrl-C.
    _ = state.withLockIfAvailable { draw(&$0) }
  }

  /// The same, where work tells nothing of itself: after two seconds the block says how long it takes.
  @Sendable func tick(after seconds: Int) {
    if seconds >= 2 { block.runs(for: seconds) }
    tick()
  }

  /// Says in the block, at once, that what runs was told to stop: what is under way may take longer.
  ///
  /// Elsewhere than on a terminal it is said where that takes longer, by `sayStopping`.
  @Sendable func stopping() {
    block.stops()
    guard streams.isErrorTerminal else { return }
    _ = state.withLockIfAvailable { state in
      endLine(&state)
      draw(&state)
    }
  }

  /// Says once that what runs was told to stop, where there is no block that does; called when it
  /// has not stopped at once.
  func sayStopping() {
    if !streams.isErrorTerminal, block.tellsStop() { complain(LiveBlock.stopping + "\n") }
  }

  /// Runs a body while another program has the terminal: the block is gone and nothing is written.
  func aside<R>(_ body: () -> R) -> R {
    state.withLock { state in
      leave(&state)
      return body()
    }
  }

  /// Shows a question and waits for its answer, while nobody else writes; nil where by then the
  /// answer is no longer wanted, and nothing is shown.
  func asking<R>(
    _ question: String, isStopped: () -> Bool = { false }, _ answer: () -> R
  ) -> R? {
    aside {
      if isStopped() { return nil }
      _ = streams.error.write(Array(SafeText(question).text.utf8))
      return answer()
    }
  }

  /// Stops the process until it is to go on, the block being gone meanwhile.
  @Sendable func halt() { halt { _ = kill(getpid(), SIGSTOP) } }

  /// The same, by a way to stop it.
  func halt(by stop: () -> Void) {
    // Who asks a question has the terminal, and no block is there.
    let isStopped: Void? = state.withLockIfAvailable { state in
      leave(&state)
      stop()
    }
    if isStopped == nil { stop() }
  }

  /// Leaves the terminal to somebody else.
  private func leave(_ state: inout State) {
    flush(&state)
    erase(&state)
    state.lines = []
    streams.echo(true)
  }

  /// Takes the block away and writes what is left; gives the number of the error that standard
  /// output ever gave, 0 without one.
  func finish() -> Int32 {
    block.clear()
    return state.withLock { state in
      leave(&state)
      return state.failure
    }
  }

  private func flush(_ state: inout State) {
    guard !state.pending.isEmpty else { return }
    var bytes = state.pending
    state.pending = []
    if streams.isOutputTerminal {
      state.isMidLine = bytes.last != UInt8(ascii: "\n")
      // At once, so that the eye sees no gap: the next telling or tick draws the block anew.
      bytes = erasure(&state) + bytes + standing(&state)
    }
    if state.failure == 0 { state.failure = streams.output.write(bytes) }
  }

  /// Goes to a new line where output stands in the middle of one.
  private func endLine(_ state: inout State) {
    guard streams.isErrorTerminal, state.isMidLine else { return }
    _ = streams.error.write([UInt8(ascii: "\n")])
    state.isMidLine = false
  }

  private func erase(_ state: inout State) { put(erasure(&state)) }

  /// What takes the block off the terminal; nothing where it is not there.
  private func erasure(_ state: inout State) -> [UInt8] {
    guard !state.drawn.isEmpty else { return [] }
    // A line that was drawn on a wider terminal takes more rows on a narrow one.
    let width = max(columns, 1)
    let rows = state.drawn.reduce(0) { $0 + max(1, ($1 + width - 1) / width) }
    let up = rows > 1 ? "\u{1B}[\(rows - 1)A" : ""
    state.drawn = []
    return Array((up + "\r\u{1B}[J").utf8)
  }

  /// Puts the block back below what was written, as it was.
  private func putBack(_ state: inout State) {
    guard streams.isErrorTerminal, state.drawn.isEmpty else { return }
    if !state.lines.isEmpty { return put(standing(&state)) }
    if mayDraw(stopwatch.read()) { draw(&state) }
  }

  /// Whether the block is due to be drawn, which is said to one thread in a tenth of a second.
  private func mayDraw(_ now: Int) -> Bool {
    let next = nextDraw.load(ordering: .relaxed)
    guard streams.isErrorTerminal, now >= next else { return false }
    return nextDraw.compareExchange(
      expected: next, desired: now &+ Self.redrawEvery, ordering: .relaxed
    ).exchanged
  }

  private func draw(_ state: inout State) {
    state.lines = block.lines(at: stopwatch.read())
    streams.echo(state.lines.isEmpty)
    put(erasure(&state) + standing(&state))
  }

  /// What shows the block where the cursor is: at the beginning of a line, or not at all.
  private func standing(_ state: inout State) -> [UInt8] {
    guard !state.isMidLine, !state.lines.isEmpty else { return [] }
    state.drawn = state.lines.map(Renderer.columns)
    return Array(state.lines.joined(separator: "\r\n").utf8)
  }

  private func put(_ bytes: [UInt8]) {
    if !bytes.isEmpty { _ = streams.error.write(bytes) }
  }
}
