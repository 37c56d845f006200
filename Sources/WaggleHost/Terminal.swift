import Glibc
import Synchronization
import WaggleRender
import WaggleValues

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
    /// The lines of the block, by the strand they tell of.
    var block: [Row] = []
    /// The columns of each line that is drawn.
    var drawn: [Int] = []
    var lastDrawn: Int?
  }

  /// A line of the block: a function of the nanoseconds since it was set.
  private struct Row {
    let key: String
    var line: @Sendable (Int) -> String
    var setAt: Int
  }

  private static let mostPending = 64 << 10
  private static let redrawEvery = 100_000_000

  private let streams: Streams
  private let stopwatch: Stopwatch
  private let state = Mutex(State())

  init(_ streams: Streams, stopwatch: Stopwatch = .monotonic) {
    self.streams = streams
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
      return state.failure == 0
    }
  }

  /// Writes what was printed before now.
  func flush() { state.withLock { flush(&$0) } }

  /// Writes lines of a script to standard error, safe for a terminal.
  func log(_ text: String) {
    complain(streams.isErrorTerminal ? SafeText(text, keepsLines: true).text : text)
  }

  /// Writes lines that Render made to standard error, behind what was printed before.
  func complain(_ text: String) {
    state.withLock { state in
      flush(&state)
      erase(&state)
      _ = streams.error.write(Array(text.utf8))
      draw(&state, isUrgent: false)
    }
  }

  /// Sets a line of the live block, as a function of the nanoseconds since now; nil takes it away.
  ///
  /// Nothing happens where there is no terminal.
  func show(_ line: (@Sendable (Int) -> String)?, for key: String) {
    guard streams.isErrorTerminal else { return }
    state.withLock { state in
      let place = state.block.firstIndex { $0.key == key }
      let row = line.map { Row(key: key, line: $0, setAt: stopwatch.read()) }
      switch (place, row) {
      case (let place?, let row?): state.block[place] = row
      case (let place?, nil): state.block.remove(at: place)
      case (nil, let row?): state.block.append(row)
      case (nil, nil): return
      }
      draw(&state, isUrgent: state.block.isEmpty)
    }
  }

  /// Draws the block again, since time has passed; from any thread.
  func tick() {
    state.withLock { state in
      if !state.drawn.isEmpty { draw(&state, isUrgent: false) }
    }
  }

  /// The same, for what tells nothing of itself: after two seconds the block says how long it takes.
  @Sendable func tick(after seconds: Int) {
    let isIdle = state.withLock { $0.block.isEmpty }
    if isIdle, seconds >= 2 {
      show({ Self.running(for: seconds &+ $0 / 1_000_000_000) }, for: "")
    } else {
      tick()
    }
  }

  private static func running(for seconds: Int) -> String {
    "running \(Duration(nanoseconds: seconds &* 1_000_000_000).text) · Ctrl-C stops"
  }

  /// Runs a body while another program has the terminal: the block is gone and nothing is written.
  func aside<R>(_ body: () -> R) -> R {
    state.withLock { state in
      flush(&state)
      erase(&state)
      return body()
    }
  }

  /// Stops the process until it is to go on, the block being gone meanwhile.
  @Sendable func halt() { aside { _ = kill(getpid(), SIGSTOP) } }

  /// Takes the block away and writes what is left; gives the number of the error that standard
  /// output ever gave, 0 without one.
  func finish() -> Int32 {
    state.withLock { state in
      state.block = []
      erase(&state)
      flush(&state)
      return state.failure
    }
  }

  private func flush(_ state: inout State) {
    guard !state.pending.isEmpty else { return }
    if streams.isOutputTerminal { erase(&state) }
    if state.failure == 0 { state.failure = streams.output.write(state.pending) }
    state.pending = []
    if streams.isOutputTerminal { draw(&state, isUrgent: false) }
  }

  private func erase(_ state: inout State) {
    guard !state.drawn.isEmpty else { return }
    // A line that was drawn on a wider terminal takes more rows on a narrow one.
    let width = max(columns, 1)
    let rows = state.drawn.reduce(0) { $0 + max(1, ($1 + width - 1) / width) }
    let up = rows > 1 ? "\u{1B}[\(rows - 1)A" : ""
    _ = streams.error.write(Array((up + "\r\u{1B}[J").utf8))
    state.drawn = []
  }

  /// Draws the block anew, unless that was done a moment ago.
  private func draw(_ state: inout State, isUrgent: Bool) {
    guard streams.isErrorTerminal else { return }
    let now = stopwatch.read()
    let isSoon = state.lastDrawn.map { now &- $0 < Self.redrawEvery } ?? false
    guard isUrgent || !isSoon else { return }
    erase(&state)
    guard !state.block.isEmpty else { return }
    state.lastDrawn = now
    let lines = state.block.map { $0.line(now &- $0.setAt) }
    state.drawn = lines.map(Renderer.columns)
    _ = streams.error.write(Array(lines.joined(separator: "\r\n").utf8))
  }
}
