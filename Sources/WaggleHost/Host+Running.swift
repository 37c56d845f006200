import WaggleCatalogue
import WaggleCheck
import WaggleClient
import WaggleDoor
import WaggleEval
import WaggleHTTP
import WaggleRender
import WaggleSandbox
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// Runs a text that is right, and says what stopped it.
extension Host {
  /// The moment at which the virtual clock begins: 2026-01-01T00:00:00Z.
  static let virtualStart = Instant(nanoseconds: 1_767_225_600_000_000_000)

  /// Checks a text, reads its arguments, runs it and gives the exit status.
  func run(
    _ text: ScriptText, _ mode: Checker.Mode, _ options: Options, _ arguments: [String]
  ) throws(UsageError) -> Int32 {
    guard let checked = try check(text, mode, options) else { return ExitStatus.usage }
    let reader = ParameterReader(checked.program.parameters, of: text.source.name)
    let parameters = try reader.read(arguments)
    let token = Token()
    let strands = strands(for: options)
    let teller = try teller(for: options, strands) { renderer(for: options, checked.sources) }
    if catchesSignals {
      watchSignals(token, teller, isVirtual: strands.isVirtual)
    }
    let reach = try reach(for: options, strands: strands)
    let effects = effects(for: options, reach, strands: strands, teller: teller)
    let interpreter = Interpreter(
      effects: effects,
      ports: ports(for: options, teller) { renderer(for: options, checked.sources) },
      runID: runID(of: strands))
    do throws(Fault) {
      try strands.main(token: token) { strand throws(Fault) in
        defer { finishLetters(of: reach, options, on: strand) }
        _ = try interpreter.run(checked.program, parameters: parameters, on: strand)
      }
      return 0
    } catch {
      report(error, options, checked.sources)
      return Int32(clamping: error.exitStatus)
    }
  }

  /// Has signals cancel a run, and whoever waits for it told of that.
  private func watchSignals(_ token: Token, _ teller: WaitTeller, isVirtual: Bool) {
    let terminal = terminal
    let hasBlock = terminal.hasBlock
    let eachSecond: @Sendable () -> Void = {
      terminal.tick()
      teller.beat()
      terminal.sayStopping()
    }
    let halt: @Sendable () -> Void = { terminal.halt(by: Signals.suspend) }
    Signals.cancel(
      token, eachSecond: isVirtual ? nil : eachSecond, acknowledge: terminal.stopping,
      explain: hasBlock ? teller.explainOpen : nil, halt: hasBlock ? halt : nil)
  }

  /// Has the webhooks of a sandbox told what is due, and says of what was not taken.
  private func finishLetters(of reach: Reach, _ options: Options, on strand: Strand) {
    guard let left = reach.sandbox?.finishLetters(on: strand), left > 0, !options.isQuiet else {
      return
    }
    let what = left == 1 ? "1 delivery of a webhook was" : "\(left) deliveries of webhooks were"
    terminal.complain("sandbox: \(what) not taken; the world ends here, before another try\n")
  }

  /// What the evaluator asks of Render; the renderer is made anew each time, for a prompt's sources
  /// grow.
  func ports(
    for options: Options, _ teller: WaitTeller, _ renderer: @escaping @Sendable () -> Renderer
  ) -> Interpreter.Ports {
    let terminal = terminal
    let isQuiet = options.isQuiet
    return Interpreter.Ports(
      table: Renderer.table, place: { renderer().place(of: $0) },
      excerpt: { renderer().excerpt(of: $0) },
      events: { event in
        if case .waits(let wait) = event { return teller.tell(wait) }
        if !isQuiet { terminal.complain(renderer().line(of: event)) }
      },
      memory: ProcessMemory.gauge(limit: options.memory))
  }

  /// What makes the idempotency keys of this run its own: the same in each run of a virtual clock.
  func runID(of strands: any Strands) -> String {
    "\(strands.isVirtual ? strands.seed : UInt64.random(in: 0 ... .max))"
  }

  private func report(_ fault: Fault, _ options: Options, _ sources: SourceMap) {
    guard let text = renderer(for: options, sources).text(of: fault) else { return }
    terminal.complain(text)
  }

  func strands(for options: Options) -> any Strands {
    let seed = options.seed ?? (options.sandbox ? 1 : .random(in: 0 ... .max))
    return options.clock == .virtual
      ? VirtualStrands(seed: seed, start: Self.virtualStart) : WallStrands(seed: seed)
  }

  /// Puts together what a run does to the outside.
  ///
  /// - Parameters:
  ///   - options: What the flags ask for.
  ///   - reach: What calls go to, and how far they may go.
  ///   - strands: The clock of the run.
  ///   - teller: Told of waits.
  ///   - count: Told of each call that was made; nil where nobody counts.
  ///   - show: Makes the text of a shown value; nil for the usual way.
  /// - Returns: The effects, done for real.
  func effects(
    for options: Options, _ reach: Reach, strands: any Strands, teller: WaitTeller,
    count: (@Sendable () -> Void)? = nil, show: (@Sendable (Value) -> String)? = nil
  ) -> LiveEffects {
    let terminal = terminal
    let log = reach.log
    var trace: (@Sendable (TracedGateway.Trace) -> Void)?
    if log != nil || count != nil {
      trace = { call in
        count?()
        log?.ended(call)
      }
    }
    let advised = AdvisedGateway(reach.gateway, remedy: reach.account.remedy)
    let traced = TracedGateway(SecretKeeper(advised, vault), tell: trace)
    var pausing: (@Sendable (RetryingGateway.Pause) -> Void)?
    if let log { pausing = { log.pausing($0) } }
    let profile = reach.account.profile
    let budget = budgets.budget(
      of: reach.account.credential, rate: options.rate ?? profile.rate, at: strands.now)
    let circuit = CircuitGateway(BudgetedGateway(LookTimeoutGateway(traced), budget))
    let guarded = GuardedGateway(
      RetryingGateway(circuit, tell: pausing),
      readOnly: options.isReadOnly ? .run : profile.isReadOnly ? .profile(profile.name) : nil,
      budget: reach.budget, approve: reach.approval?.approve)
    let desk = WaitDesk(
      circuit.looking, catalogue: .beeOS, seed: strands.seed, observe: teller.tell,
      budget: budget.allowance(at:))
    return LiveEffects(
      gateway: guarded, reopening: circuit.looking, transfer: reach.gateway, desk: desk,
      terminal: terminal,
      environment: environment,
      machine: machine(for: options),
      showing: showing(for: options, strands, show),
      sandbox: reach.sandbox)
  }

  /// How the values of a run are shown, and what is told of a task that is followed.
  private func showing(
    for options: Options, _ strands: any Strands, _ show: (@Sendable (Value) -> String)?
  ) -> Showing {
    var followed: (@Sendable (Record) -> String?)?
    if !options.isQuiet { followed = { renderer(for: options).followLine(of: $0) } }
    return Showing(
      value: show ?? shower(for: options, strands),
      item: shower(for: options, strands, usual: .ndjson), followed: followed,
      isForPrograms: ![nil, .table].contains(options.output))
  }

  /// What the calls of a run go to, as the flags, the environment and the profile say.
  private func reach(for options: Options, strands: any Strands) throws(UsageError) -> Reach {
    let account = try account(for: options)
    let wiretap = try wiretap(for: options)
    return Reach(
      account: account,
      gateway: try bottom(for: options, account, strands: strands, tap: wiretap.tap),
      log: wiretap.log, budget: ChangeBudget(changes: options.limitChanges),
      approval: approval(for: account.profile, options, asks: false))
  }

  /// What files, programs and questions are done with.
  private func machine(for options: Options) -> LiveEffects.Machine {
    LiveEffects.Machine(
      files: ScriptFiles(
        directory: directory, home: environment("HOME"),
        memory: ProcessMemory.gauge(limit: options.memory)),
      programs: programs, questions: questions(for: options))
  }

  /// What runs programs.
  var programs: Programs {
    Programs(directory: directory, path: environment("PATH"), terminal: terminal)
  }

  /// What asks whoever is there.
  func questions(for options: Options) -> Questions {
    Questions(
      isConfirmed: options.isConfirmed, answers: options.answers, terminal: terminal,
      keyboard: streams.keyboard)
  }

  /// What answers calls: the sandbox, or the API with the key of the account.
  func bottom(
    for options: Options, _ account: Account, strands: any Strands, tap: WireTap?
  ) throws(UsageError) -> any Gateway & Transfer {
    guard let endpoint = account.endpoint else {
      return SandboxGateway(
        world(for: options, at: strands.now), courier: HTTPCourier(reach: .thisMachine), tap: tap)
    }
    switch account.key {
    case .environment(let key): return try gateway(to: endpoint, key: key, tap: tap)
    case .none(let advice): return try gateway(to: endpoint, key: nil, advice: advice, tap: tap)
    case .profile(let reader):
      return KeyedGateway(try gateway(to: endpoint, key: nil, tap: tap), reader, vault)
    }
  }

  /// The API over HTTP.
  func gateway(
    to endpoint: Endpoint, key: Secret?, advice: String = "", tap: WireTap? = nil
  ) throws(UsageError) -> HTTPGateway {
    do throws(SetupFault) {
      return try HTTPGateway(
        endpoint: endpoint, key: key, advice: advice, version: Self.version,
        environment: environment, tap: tap)
    } catch {
      throw UsageError(error)
    }
  }

  /// The world that the flags ask for.
  func world(for options: Options, at start: Instant) -> World {
    World(
      seed: options.seed ?? 1, instances: options.instances ?? World.usualCount,
      faults: options.faults, start: start)
  }

  /// What makes the text of a shown value; in its `usual` form where no flag asks for one.
  func shower(
    for options: Options, _ strands: any Strands, usual: Renderer.Output? = nil
  ) -> @Sendable (Value) -> String {
    let isTerminal = streams.isOutputTerminal
    let output = options.output ?? usual ?? (isTerminal ? .table : .json)
    let style = style(options, isTerminal: isTerminal)
    let streams = streams
    return { value in
      Renderer(style: style, width: streams.size.columns, sources: SourceMap())
        .text(
          of: value, as: output, forTerminal: isTerminal, now: strands.now.nanoseconds)
    }
  }
}
