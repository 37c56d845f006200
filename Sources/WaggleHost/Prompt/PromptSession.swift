import WaggleCatalogue
import WaggleCheck
import WaggleEditor
import WaggleEval
import WaggleRender
import WaggleSyntax
import WaggleText
import WaggleTime
import WaggleValues

/// A conversation at the prompt: reads an entry, checks it in what the earlier ones left, runs it,
/// shows its value, and asks again until the input ends or `exit` is said.
///
/// Lines come in through a `LineReader`; what they do goes out through the effects that the host has
/// put together, results and complaints through its `Terminal`. Nothing that is wrong with a line
/// ends the conversation. It refuses to know what reads the line (a terminal, a pipe, a test) and
/// which gateway is below.
///
///     sandbox> bees --status stopped
///     sandbox> | where region == us-east-1
///     sandbox> $_ | start | wait until ready
///
/// Variables live in one frame that grows (`Interpreter`), what is known of them in one `Session`;
/// each entry is a run of its own with a root token of its own, which Ctrl-C cancels.
final class PromptSession {
  /// What a session is made of.
  struct Parts {
    let reader: any LineReader
    let interpreter: Interpreter
    let strands: any Strands
    let effects: PromptEffects
    let sources: SourceShelf
    let signals: PromptSignals
    let terminal: Terminal
    let screen: PromptScreen
    let pager: ResultPager
    let history: PromptHistory
    let folder: Folder
    let environment: @Sendable (String) -> String?
    let vault: SecretVault
    let calls: @Sendable () -> Int
    let teller: WaitTeller
    /// Opens what a profile of a name leads to.
    let open: (String?) throws(UsageError) -> PromptReach
  }

  let parts: Parts
  let session = Session()
  let catalogue = Catalogue.beeOS
  private(set) var script = SessionScript()
  private(set) var reach: PromptReach
  private var end: Int32?

  /// Begins a session.
  init(_ parts: Parts, _ reach: PromptReach) {
    self.parts = parts
    self.reach = reach
  }

  /// Speaks to what a profile of a name leads to from now on.
  func use(profile: String) throws(UsageError) {
    reach = try parts.open(profile)
    parts.effects.go(to: reach.effects)
  }

  /// Says what this is, and answers until the end; gives the exit status.
  func run() -> Int32 {
    parts.terminal.complain(greeting)
    if let trouble = parts.history.trouble { parts.terminal.complain(note(trouble)) }
    let entries = EntryReader(reader: parts.reader)
    while end == nil {
      switch entries.read(prompt: prompt, further: further) {
      case .text(let text): if !text.isBlank { perform(text) }
      case .interrupted: break
      case .end(let unfinished):
        if unfinished.isBlank { end = 0 } else { perform(unfinished) }
      }
      if parts.terminal.finish() != 0 { end = ExitStatus.outputClosed }
      if let signal = parts.signals.end { end = 128 + signal }
    }
    return end ?? 0
  }

  // MARK: Entries

  /// Does what an entry says and never fails.
  func perform(_ text: String) {
    keep(text)
    let (source, id) = parts.sources.add(text + "\n")
    let (parsed, mistakes) = Parser.parse(source, id: id, mode: .prompt)
    if mistakes.isEmpty, let request = SessionRequest(parsed) { return answer(request) }
    let (program, doubts) = Checker.check(
      parsed, mode: .shown, catalogue: catalogue, session: mistakes.isEmpty ? session : nil,
      loader: FileLoader(parts.folder, parts.sources))
    let diagnostics = mistakes.isEmpty ? doubts : mistakes
    if !diagnostics.isEmpty { parts.terminal.complain(complaints.text(of: diagnostics)) }
    guard let program, mistakes.isEmpty else { return }
    run(program, parsed, text)
  }

  private func run(_ program: CheckedProgram, _ parsed: Script, _ text: String) {
    let token = Token()
    reach.approval?.lineBegins()
    let outcome = parts.signals.during(token) { () -> Result<Void, Fault> in
      do throws(Fault) {
        try parts.strands.main(token: token) { strand throws(Fault) in
          _ = try parts.interpreter.run(program, on: strand)
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    _ = parts.terminal.finish()
    let doings = parts.effects.takeDoings()
    switch outcome {
    case .success: succeed(text, parsed, doings)
    case .failure(let fault): fail(fault)
    }
  }

  private func succeed(_ text: String, _ parsed: Script, _ doings: PromptEffects.Doings) {
    let source = script.lastResult
    if let (value, _) = doings.shown { parts.interpreter.set(value, in: Session.lastResult) }
    script.add(
      SessionScript.Line(
        text: text, statements: parsed.statements, uses: session.resultUses, source: source,
        result: doings.shown.flatMap { parsed.statements.place(ofShown: $0.number) },
        acted: doings.acted, isSecret: holdsSecret(text)))
    session.ended(withResult: doings.shown != nil)
  }

  private func fail(_ fault: Fault) {
    session.failed { !parts.interpreter.value(of: $0).isNull }
    session.ended(withResult: false)
    switch fault.cause {
    case .exit(let status): end = Int32(clamping: min(max(status, 0), 255))
    case .outputClosed: end = ExitStatus.outputClosed
    default: if let text = complaints.text(of: fault) { parts.terminal.complain(text) }
    }
  }

  // MARK: History

  private func keep(_ text: String) {
    guard !holdsSecret(text) else { return }
    let trouble = parts.history.trouble
    if parts.history.keep(text) { parts.reader.remember(text.trimmedEnd) }
    if trouble == nil, let new = parts.history.trouble { parts.terminal.complain(note(new)) }
  }

  private func holdsSecret(_ text: String) -> Bool {
    let values = session.variables.compactMap { variable -> String? in
      guard case .secret(let secret) = parts.interpreter.value(of: variable.slot) else {
        return nil
      }
      return secret.revealed
    }
    return SecretScan(known: values + parts.vault.known).holdsSecret(text)
  }
}

extension [Statement] {
  /// The place of the statement that shows the value of a number, counted from 1.
  fileprivate func place(ofShown number: Int) -> Int? {
    let shown = indices.filter { self[$0].isShown }
    return shown.indices.contains(number - 1) ? shown[number - 1] : shown.last
  }
}
