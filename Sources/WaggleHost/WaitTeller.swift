import WaggleRender
import WaggleTime
import WaggleWait

/// Tells of the waits of a run: in the live block of a terminal, elsewhere by a line for each change
/// and one for each minute without any, in the file of `--events`, and by `why` on demand.
///
/// What it is told comes from any strand, when looks have shown something. A warning is told even
/// where no progress is wanted.
final class WaitTeller: Sendable {
  /// What it tells with.
  struct Parts: Sendable {
    let terminal: Terminal
    /// Where each change is written; nil for nowhere.
    let events: EventFile?
    /// Whether progress is wanted.
    let isQuiet: Bool
    /// Whether time stands still between looks.
    let isVirtual: Bool
    /// The moment on the clock of the run.
    let now: @Sendable () -> Instant
    /// What makes the words; made anew each time, for a prompt's sources grow.
    let renderer: @Sendable () -> Renderer
  }

  private struct State {
    var book = WaitBook()
    /// When something was written last, or the first wait was told of.
    var lineAt: Instant?
    /// How many rounds in a row were not answered.
    var troubles = 0

    /// Takes in progress; gives the subjects to warn of.
    mutating func note(_ wait: WaitProgress) -> [WaitBook.Warning] {
      if book.waits.isEmpty { lineAt = wait.at }
      return book.note(wait)
    }

    /// The open waits where they have been silent for too long, each with the nanoseconds since it
    /// was told of; nil where not.
    ///
    /// What was missed is made up for where that is wanted: by one line for each minute.
    mutating func takeBeat(at now: Instant, makesUp: Bool) -> [(wait: WaitProgress, later: Int)]? {
      let waits = book.waits
      guard let due = lineAt?.advanced(by: WaitTeller.longestSilence), due < now, !waits.isEmpty
      else { return nil }
      let moment = makesUp ? due : now
      lineAt = moment
      return waits.map { ($0, max(moment.nanoseconds &- $0.at.nanoseconds, 0)) }
    }

    /// Takes in a round; true where its trouble is news: one that passes at once is none.
    mutating func isNews(_ wait: WaitProgress) -> Bool {
      troubles = wait.trouble == nil ? 0 : troubles + 1
      return troubles == 2 && !wait.isOver
    }
  }

  /// How long it may be silent elsewhere than on a terminal, in nanoseconds: a minute.
  static let longestSilence = 60_000_000_000

  private let parts: Parts
  private let state = Guarded(State())

  /// Begins with nothing to tell.
  init(_ parts: Parts) { self.parts = parts }

  /// Tells how far a wait is.
  @Sendable func tell(_ wait: WaitProgress) {
    beat(at: wait.at)
    let warnings = state.withLock { $0.note(wait) }
    for change in wait.changes { parts.events?.add(change, of: wait) }
    for warning in warnings { parts.terminal.complain(parts.renderer().warning(warning)) }
    guard !parts.isQuiet else { return }
    if parts.terminal.hasBlock {
      parts.terminal.tell(wait, wording)
    } else if let line = line(of: wait) {
      state.withLock { $0.lineAt = wait.at }
      parts.terminal.complain(line)
    }
  }

  /// The line for what a wait has to tell; nil for nothing.
  private func line(of wait: WaitProgress) -> String? {
    let isNews = state.withLock { $0.isNews(wait) }
    let renderer = parts.renderer()
    return renderer.changeLine(of: wait) ?? (isNews ? renderer.troubleLine(of: wait) : nil)
  }

  /// Breaks a silence of a minute; called each second where time is real.
  @Sendable func beat() { beat(at: parts.now()) }

  /// Tells why the waits that are open are, or that something else runs.
  @Sendable func explainOpen() {
    let book = state.withLock { $0.book }
    parts.terminal.complain(
      book.waits.isEmpty ? "still running: Ctrl-C stops it\n" : why(book.waits, book))
  }

  /// Why the last wait failed that did; nil where none has.
  func whyFailed() -> String? {
    let book = state.withLock { $0.book }
    return book.lastFailed.map { why([$0], book) }
  }

  private func why(_ waits: [WaitProgress], _ book: WaitBook) -> String {
    parts.renderer().why(
      waits, at: parts.now(), columns: parts.terminal.hasBlock ? parts.terminal.columns : nil,
      others: book.others)
  }

  /// Breaks a silence of a minute; of minutes that have passed between two moments of a virtual clock,
  /// each has its line.
  private func beat(at now: Instant) {
    guard !parts.isQuiet, !parts.terminal.hasBlock else { return }
    while let waits = state.withLock({ $0.takeBeat(at: now, makesUp: parts.isVirtual) }) {
      parts.terminal.complain(parts.renderer().heartbeat(of: waits))
    }
  }

  private var wording: LiveBlock.Wording {
    let parts = parts
    return LiveBlock.Wording(
      lines: { waits in
        parts.renderer().liveBlock(
          of: waits.map { ($0.wait, parts.isVirtual ? 0 : $0.later) },
          columns: parts.terminal.columns)
      },
      summary: { parts.renderer().summary(of: $0) })
  }
}

extension Host {
  /// Makes what tells of waits, as the flags ask for.
  func teller(
    for options: Options, _ strands: any Strands, _ renderer: @escaping @Sendable () -> Renderer
  ) throws(UsageError) -> WaitTeller {
    let terminal = terminal
    let events = try options.events.map { (path) throws(UsageError) in
      try EventFile(
        path: ScriptFile(directory: directory).path(path), shown: path, vault: vault,
        complain: { terminal.complain($0) })
    }
    return WaitTeller(
      WaitTeller.Parts(
        terminal: terminal, events: events, isQuiet: options.isQuiet,
        isVirtual: strands.isVirtual, now: { strands.now }, renderer: renderer))
  }
}
