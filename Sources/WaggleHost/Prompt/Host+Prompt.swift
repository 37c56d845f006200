import Glibc
import Synchronization
import WaggleCatalogue
import WaggleClient
import WaggleDoor
import WaggleEditor
import WaggleEval
import WaggleRender
import WaggleSandbox
import WaggleText
import WaggleTime
import WaggleValues

/// Opens the prompt.
extension Host {
  /// Reads and answers lines until the end; gives the exit status.
  func runPrompt(_ options: Options) throws(UsageError) -> Int32 {
    guard let wake = WakePipe() else {
      terminal.complain(renderer(for: options).error("there are no descriptors left for a prompt"))
      return 1
    }
    let terminal = terminal
    let strands = strands(for: options)
    let sources = SourceShelf()
    let teller = try teller(for: options, strands) { renderer(for: options, sources.map) }
    let signals = PromptSignals(
      wake: wake, halt: terminal.halt, tell: terminal.tick(after:),
      explain: { teller.explainOpen() }, acknowledge: terminal.stopping)
    if catchesSignals {
      Signals.watch(PromptSignals.watched, eachSecond: signals.tick, signals.received)
    }
    let editor = canEdit ? EditLineReader(input: 0, output: drawn, wake: wake) : nil
    let plain = PlainReader(input: 0, wake: wake, show: showPrompt)
    let session = try makeSession(
      options, Basis(strands: strands, sources: sources, teller: teller),
      reader: editor ?? plain, isEdited: editor != nil, signals: signals)
    if let editor { teach(editor, session) }
    return session.run()
  }

  /// Answers the lines of a reader, as at a prompt.
  func runPrompt(_ options: Options, reader: any LineReader) throws(UsageError) -> Int32 {
    guard let wake = WakePipe() else { return 1 }
    let signals = PromptSignals(wake: wake, halt: {}, tell: { _ in })
    let (strands, sources) = (strands(for: options), SourceShelf())
    let teller = try teller(for: options, strands) { renderer(for: options, sources.map) }
    let basis = Basis(strands: strands, sources: sources, teller: teller)
    return try makeSession(options, basis, reader: reader, isEdited: false, signals: signals).run()
  }

  /// What signals and lines of a prompt have in common.
  private struct Basis {
    let strands: any Strands
    let sources: SourceShelf
    let teller: WaitTeller
  }

  /// Whether there is a terminal that can move its cursor.
  private var canEdit: Bool {
    let isSeen = streams.isOutputTerminal || streams.isErrorTerminal
    return streams.isInputTerminal && isSeen
      && !["", "dumb", "unknown"].contains(environment("TERM") ?? "")
  }

  /// Where prompt and line are drawn: not among results that go elsewhere.
  private var drawn: Int32 { streams.isOutputTerminal ? 1 : 2 }

  /// Shows the prompt of lines that nobody edits, where somebody types them.
  private var showPrompt: (String) -> Void {
    guard streams.isInputTerminal else { return { _ in } }
    let terminal = terminal
    return { terminal.complain($0) }
  }

  private func makeSession(
    _ options: Options, _ basis: Basis, reader: any LineReader, isEdited: Bool,
    signals: PromptSignals
  ) throws(UsageError) -> PromptSession {
    let (strands, sources) = (basis.strands, basis.sources)
    let calls = Counter()
    let pager = ResultPager(environment)
    let screen = PromptScreen(
      size: { streams.size }, style: style(options, isTerminal: streams.isOutputTerminal),
      isTerminal: streams.isOutputTerminal, isEdited: isEdited)
    let terminal = terminal
    let text = shower(for: options, strands)
    let wiretap = try wiretap(for: options)
    let world = SandboxGateway(
      world(for: options, at: strands.now), courier: HTTPCourier(reach: .thisMachine),
      tap: wiretap.tap)
    let budget = ChangeBudget(changes: options.limitChanges)
    let open = { (profile: String?) throws(UsageError) in
      try promptReach(
        for: options, profile, world, wiretap, budget, strands, calls, basis.teller,
        show: { value in pager.paged(text(value), on: screen, terminal, signals) })
    }
    let reach = try open(options.profile)
    let effects = PromptEffects(reach.effects, catalogue: .beeOS)
    let ports = ports(for: options, basis.teller) { renderer(for: options, sources.map) }
    return PromptSession(
      PromptSession.Parts(
        reader: reader,
        interpreter: Interpreter(effects: effects, ports: ports, runID: runID(of: strands)),
        strands: strands, effects: effects, sources: sources, signals: signals,
        terminal: terminal, screen: screen, pager: pager,
        history: PromptHistory(historyFile(isEdited: isEdited)),
        folder: Folder(directory: directory, home: environment("HOME")),
        environment: environment, vault: vault, calls: { calls.value }, teller: basis.teller,
        open: open),
      reach)
  }

  /// The history that prompts share: none without a HOME, and none of lines that nobody edits.
  private func historyFile(isEdited: Bool) -> Result<HistoryFile, HistoryFile.Trouble>? {
    guard isEdited else { return nil }
    let state = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? home.map({ $0 + "/.local/state" }) else {
      return .failure(.withoutHome)
    }
    Folder.make(folder + "/waggle")
    return .success(HistoryFile(path: folder + "/waggle/history"))
  }

  /// Gives the editor what it must know to complete, to hint and to recall.
  private func teach(_ editor: EditLineReader, _ session: PromptSession) {
    let parts = session.parts
    for entry in parts.history.entries { editor.remember(entry) }
    editor.hint = { parts.history.rest(of: $0) }
    editor.complete = { [session] line, cursor in
      Completer.complete(
        line, cursor,
        Completer.Knowledge(
          catalogue: session.catalogue, session: session.session, seen: parts.effects.seen,
          environment: { Folder.environmentNames }, profiles: { profileNames },
          files: parts.folder.names))
    }
  }
}

extension HistoryFile.Trouble {
  /// What is said once where there is no place for a history.
  fileprivate static let withoutHome = HistoryFile.Trouble(
    message: "neither HOME nor XDG_STATE_HOME says where the history is")
}

/// Counts calls, from any thread.
final class Counter: Sendable {
  private let state = Mutex(0)

  /// How many there were.
  var value: Int { state.withLock { $0 } }

  /// Counts one more.
  @Sendable func count() { state.withLock { $0 += 1 } }
}
