import Glibc
import WaggleCatalogue
import WaggleCheck
import WaggleRender
import WaggleText
import WaggleValues

/// One run of the program, from its arguments to its exit status.
///
/// In come arguments, environment and streams; out come an exit status and what was written. Host
/// alone knows that there are files, a terminal, signals and flags. It refuses to know the language
/// (it hands texts to the parser, the checker and the evaluator, and what they complain of to
/// Render) and the API (it puts a gateway under the evaluator).
///
/// Everything it needs is given to it, so that a test runs it in process with streams of its own.
/// It is to be run on a thread with a stack like that of a process's first.
///
/// ```swift
/// let host = Host(arguments: ["-c", "print 1"], environment: { _ in nil }, streams: .process)
/// exit(host.run())
/// ```
package struct Host: Sendable {
  let arguments: [String]
  let environment: @Sendable (String) -> String?
  let streams: Streams
  let directory: String
  let catchesSignals: Bool
  let terminal: Terminal
  /// What must not be shown.
  let vault = SecretVault()
  /// How often each credential may call.
  let budgets = RequestBudgets()

  /// Makes a host.
  ///
  /// - Parameters:
  ///   - arguments: What stands behind the program's name.
  ///   - environment: The variables of the environment.
  ///   - streams: What it reads from and writes to.
  ///   - directory: Where relative paths begin; empty for the process's own folder.
  ///   - catchesSignals: Whether signals of the process stop the run; only for one host a process.
  package init(
    arguments: [String], environment: @escaping @Sendable (String) -> String?, streams: Streams,
    directory: String = "", catchesSignals: Bool = false
  ) {
    self.arguments = arguments
    self.environment = environment
    self.streams = streams
    self.directory = directory
    self.catchesSignals = catchesSignals
    terminal = Terminal(streams, vault: vault)
    if let key = environment(Self.keyVariable) { vault.learn(Secret(key)) }
  }

  /// The version of this build.
  package static let version = "0.1.0"

  /// Does what the arguments say and gives the exit status.
  package func run() -> Int32 {
    var status: Int32
    do throws(UsageError) {
      let invocation = try Invocation(arguments, canReadScript: !streams.isInputTerminal)
      status = try perform(invocation)
    } catch {
      terminal.complain(renderer(for: nil).error(error))
      status = ExitStatus.usage
    }
    switch terminal.finish() {
    case 0: return status
    case EPIPE: return ExitStatus.outputClosed
    case let failure:
      let reason = String(cString: strerror(failure))
      terminal.complain(renderer(for: nil).error("standard output cannot be written: \(reason)"))
      return ExitStatus.outputFailed
    }
  }

  private func perform(_ invocation: Invocation) throws(UsageError) -> Int32 {
    let options = invocation.options
    switch invocation.action {
    case .help:
      _ = terminal.write(Self.help)
    case .topic(let topic):
      return try help(topic, options)
    case .api(let words):
      try showAPI(words, options)
    case .version:
      _ = terminal.write("waggle \(Self.version)\n")
    case .text(let text):
      return try run(.init(source: Source(name: "-c", text: text)), .shown, options, [])
    case .script(let place, let arguments):
      return try run(read(place), .script, options, arguments)
    case .scriptHelp(let place):
      return try showHelp(of: read(place), options: options)
    case .check(let places):
      return check(places, options: options)
    case .format(let places):
      return try format(places, options: options)
    case .explain(let code):
      try explain(code, options: options)
    case .serve:
      return try serve(options)
    case .login: return try login(options)
    case .logout: return try logout(options)
    case .prompt: return try runPrompt(options)
    }
    return 0
  }

  /// The text that stands in a place.
  func read(_ place: Invocation.Place) throws(UsageError) -> ScriptText {
    switch place {
    case .file(let path):
      return ScriptText(source: try ScriptFile(directory: directory).read(path), path: path)
    case .standardInput:
      guard let bytes = streams.readInput() else { throw .unreadableInput }
      return ScriptText(source: try ScriptFile.source(bytes, name: "stdin"))
    }
  }

  private func showHelp(of text: ScriptText, options: Options) throws(UsageError) -> Int32 {
    guard let checked = try check(text, .script, options) else {
      return ExitStatus.usage
    }
    let renderer = renderer(for: options, checked.sources)
    let text = renderer.help(
      of: checked.script, source: checked.source, parameters: checked.program.parameters)
    _ = terminal.write(text)
    return 0
  }

  /// What renders for standard error.
  func renderer(for options: Options?, _ sources: SourceMap = SourceMap()) -> Renderer {
    Renderer(
      style: style(options, isTerminal: streams.isErrorTerminal), width: streams.width,
      sources: sources)
  }

  /// Colours where a terminal is and nobody said no.
  func style(_ options: Options?, isTerminal: Bool) -> Style {
    let isRefused = options?.wantsNoColor ?? arguments.contains(Flag.noColor.spelling)
    let isOff = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    return Style(isColoured: isTerminal && !isRefused && !isOff)
  }
}

extension UsageError {
  static let unreadableInput = UsageError("standard input cannot be read")
}
