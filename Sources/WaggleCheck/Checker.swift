package import WaggleCatalogue
package import WaggleSyntax
package import WaggleText
import WaggleValues

/// The checking of a tree: names bound, commands resolved, types followed, sites given.
///
/// In comes what the parser read and the catalogue of operations; out comes a `CheckedProgram`, or
/// every diagnostic of the text at once. Nothing is sent or evaluated here: what a call answers is
/// known only as a `Schema`. Functions are checked where they stand, so they see their parameters
/// and the top-level variables set above them; what calls them is compared with what they read and
/// change at the end, when all of them are known.
///
/// A broken or unknown expression has the schema `any`, of which nothing more is said: one mistake
/// gives one diagnostic.
///
///     instances list | where stauts == running
///                            ^^^^^^ did you mean `status`?
package final class Checker {
  /// How a text is run, which decides what its top-level values are for.
  package enum Mode: Sendable {
    /// A file: only what is printed is shown, and a value that nothing takes is an error.
    case script
    /// A `-c` text or a line of the prompt: top-level values are shown.
    case shown
  }

  let catalogue: Catalogue
  let mode: Mode
  let session: Session?
  let loader: (any SourceLoader)?
  private var errors: [Diagnostic] = []
  private var warnings: [Diagnostic] = []
  /// What could not be read in used files.
  private var mistakes: [Diagnostic] = []
  private var torn: TornLines
  var functions: [FunctionEntry] = []
  var functionNames: [String: Int] = [:]
  /// The place in `functions` of each, by where its name stands.
  var functionPlaces: [Span: Int] = [:]
  var parameters: [CheckedParameter] = []
  var calls: [CallRecord] = []
  var main: Frame
  var frame: Frame
  var function: FunctionEntry?
  var flow = Flow()
  var sites: SitePath
  var subjects: [Subject] = []
  var cacheCount: Int
  /// The calls of operations that surely make one call each, none or many for a list.
  var singleCalls: Set<Span> = []
  var assignedNames: Set<String> = []
  /// The variables that nothing was seen to read.
  var unread: [Variable] = []
  /// Whether the condition of the wait at hand speaks of `gone`.
  var mentionsGone = false
  /// How many things were met so far that may be other the next time: subjects, fields, commands.
  var looks = 0
  /// How many `retry` blocks are around, in this frame.
  var retryDepth = 0
  /// Notes what may stand at the cursor, while a line is completed.
  var probe: Probe?
  /// What is known of the values that the top-level statements show.
  var shown: [Schema] = []
  /// The files that were brought in, by what they are known by.
  var files: [String: UsedFile] = [:]
  /// The file that each `use` brings in.
  var uses: [Span: UsedFile] = [:]
  /// What the files that are being brought in are known by, from the main script on.
  var loading: [String] = []
  /// The path of the file at hand, as seen from the main script; empty for that one.
  var filePath = ""
  /// Whether names are missing because a file could not be brought in, which was reported.
  var lacksNames = false
  /// How many variables were declared and calls met so far: what of them comes first.
  private var ticks = 0
  /// Where `$_` is read.
  var resultUses: [Session.ResultUse] = []

  init(
    mode: Mode, catalogue: Catalogue, session: Session?, loader: (any SourceLoader)? = nil,
    torn: TornLines = TornLines()
  ) {
    self.torn = torn
    self.mode = mode
    self.catalogue = catalogue
    self.session = session
    self.loader = loader
    main = session?.frame.copy() ?? Frame()
    frame = main
    functions = session?.functions ?? []
    files = session?.files ?? [:]
    functionNames = session?.functionNames ?? [:]
    cacheCount = session?.cacheCount ?? 0
    sites = SitePath(session.map { "line \($0.lines + 1)/" } ?? "")
  }

  /// Checks a whole text.
  ///
  /// - Parameters:
  ///   - script: What the parser read; its own diagnostics are not repeated here.
  ///   - mode: What becomes of top-level values.
  ///   - catalogue: The operations that exist.
  ///   - session: At the prompt, what earlier lines left; it takes in this line if it is sound.
  ///   - loader: Reads the files that `use` names; without one there are none.
  ///   - torn: The lines of which the parser complained, of which no more is said.
  /// - Returns: The program, nil where there is an error; diagnostics in the order of the text, those
  ///   of used files, what is wrong in their syntax among them, behind it.
  package static func check(
    _ script: Script, mode: Mode, catalogue: Catalogue, session: Session? = nil,
    loader: (any SourceLoader)? = nil, torn: TornLines = TornLines()
  ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
    let checker = Checker(
      mode: mode, catalogue: catalogue, session: session, loader: loader, torn: torn)
    let program = checker.program(script)
    let diagnostics = checker.sortedDiagnostics()
    guard !checker.hasErrors else { return (nil, diagnostics) }
    session?.take(checker)
    return (program, diagnostics)
  }

  private func program(_ script: Script) -> CheckedProgram {
    assignedNames = AssignedNames.of(script)
    if let identity = loader?.identity(of: script.span.source) { loading = [identity] }
    declareFunctions(script)
    let main = main(of: script)
    checkCalls()
    checkLimits(main)
    if mode == .script, !script.isLibrary { noteUnread(in: self.main) }
    if script.isWhole, !hasErrors { warnOfUnread() }
    return CheckedProgram(
      parameters: parameters, functions: functions.compactMap(\.checked), main: main,
      frameSize: self.main.size, cacheCount: cacheCount)
  }

  private func main(of script: Script) -> CheckedBlock {
    guard script.sections.isEmpty else { return fences(of: script) }
    let taken: Taken = mode == .shown ? .shown : .no
    return block(statements: script.statements, span: script.span, taken: taken).block
  }

  /// Checks as far as it goes, for what is noted on the way.
  func survey(_ script: Script) { _ = program(script) }

  private func checkLimits(_ main: CheckedBlock) {
    var count = ChangeCount(functions: functions, singleCalls: singleCalls)
    for excess in count.excesses(in: main) { report(.overLimit(excess)) }
  }

  /// How many errors and how many warnings are kept: the parser keeps no more, and to find what was
  /// meant by each of thousands of words would take long.
  private static let most = 500

  /// Adds an error; they are put in order at the end.
  func report(_ diagnostic: @autoclosure () -> Diagnostic) {
    if errors.count < Self.most { errors.append(diagnostic()) }
  }

  /// Whether something is wrong already; what is broken stands for null in the checked program.
  var hasErrors: Bool { !errors.isEmpty || !mistakes.isEmpty }

  /// Adds what could not be read in a used file.
  func report(_ mistakes: [Diagnostic], in source: Source) {
    self.mistakes += mistakes.prefix(max(0, Self.most - self.mistakes.count))
    torn.add(mistakes, in: source)
  }

  /// Adds a warning.
  func warn(_ diagnostic: @autoclosure () -> Diagnostic) {
    if warnings.count < Self.most { warnings.append(diagnostic()) }
  }

  private func sortedDiagnostics() -> [Diagnostic] {
    let found = mistakes + (errors + warnings).filter { !torn.hold($0.span) }
    return found.enumerated().sorted { a, b in
      let (one, other) = (a.element.span, b.element.span)
      return (one.source.index, one.lower, a.offset) < (other.source.index, other.lower, b.offset)
    }.map(\.element)
  }

  /// The next moment in the order of checking, which is that of the run at the top level.
  func tick() -> Int {
    ticks += 1
    return ticks
  }
}

/// What statements may do where they stand.
struct Flow {
  /// What a `break`, `continue` or `return` may not cross.
  enum Barrier { case parallel, deferred }

  var mayBreak = false
  var mayContinue = false
  var mayReturn = false
  var barrier: Barrier?
  /// How many parallel bodies are around, in this frame.
  var parallelDepth = 0
}

/// What a condition is about.
struct Subject {
  let slot: Slot
  let schema: Schema
  /// Whether `ready settled gone` are conditions here.
  let isWaitedFor: Bool
}

/// A checked expression with what is known of its value.
struct Typed {
  var expression: CheckedExpression
  var schema: Schema

  init(_ kind: CheckedExpression.Kind, _ schema: Schema, _ span: Span) {
    expression = CheckedExpression(kind, span)
    self.schema = schema
  }

  /// What stands for something that is wrong and was reported.
  static func broken(_ span: Span) -> Typed { Typed(.constant(.null), .any, span) }

  /// The place.
  var span: Span { expression.span }

  /// The value, where it is known already.
  var constant: Value? {
    if case .constant(let value) = expression.kind { value } else { nil }
  }
}

/// What becomes of the value of a block or a pipeline.
enum Taken {
  case no
  case yes
  /// The prompt or `-c` shows it.
  case shown
}
