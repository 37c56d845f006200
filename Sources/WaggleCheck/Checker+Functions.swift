import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// A function while its text is checked.
final class FunctionEntry {
  let index: Int
  let name: Name
  /// The formals with what they take; known before the body is checked, for calls above it.
  let formals: [(formal: FunctionDeclaration.Formal, type: ParameterType)]
  /// What is known of its value; nothing before its body was checked.
  var result = Schema.any
  var returns: [Schema] = []
  /// The top-level variables that it reads and changes itself.
  var reads: [Variable] = []
  var writes: [Variable] = []
  /// The first call in it that must not be made twice.
  var unsafeCall: String?
  /// The functions that it calls.
  var callees: Set<Int> = []
  var checked: CheckedFunction?

  init(
    _ index: Int, _ name: Name, _ formals: [(FunctionDeclaration.Formal, ParameterType)]
  ) {
    self.index = index
    self.name = name
    self.formals = formals
  }
}

/// A call of a function, to be compared with what the function reads and changes.
struct CallRecord {
  let function: Int
  let span: Span
  let isInFunction: Bool
  let isInParallel: Bool
  let isInRetry: Bool
  /// When it was met.
  let moment: Int
}

extension Checker {
  /// Takes note of all functions before anything is checked, for they may be called anywhere.
  func declareFunctions(_ script: Script) {
    var seen: [String: Span] = [:]
    for statement in script.statements {
      guard case .function(let declaration) = statement.kind else { continue }
      let name = declaration.name
      if let first = seen[name.text] {
        report(.secondFunction(name, first: first))
      } else if isTaken(name.text) {
        report(.functionNameTaken(name))
      }
      let formals = declaration.formals.map { ($0, type($0.type)) }
      let entry = FunctionEntry(functions.count, name, formals)
      if seen[name.text] == nil, !isTaken(name.text) { functionNames[name.text] = entry.index }
      seen[name.text] = seen[name.text] ?? name.span
      functionPlaces[name.span] = functions.count
      functions.append(entry)
    }
    declareUses(script)
  }

  /// Whether a name belongs to a command, a group or a statement.
  private func isTaken(_ name: String) -> Bool {
    BuiltinTable.has(name) || BuiltinTable.laterWords.contains(name)
      || Self.statementWords.contains(name) || catalogue.operation(shortForm: name) != nil
      || catalogue.groups.contains(name)
  }

  /// The words that begin or belong to statements and expressions.
  static let statementWords: Set<String> = [
    "let", "if", "else", "for", "in", "parallel", "keep-going", "while", "break", "continue", "def",
    "param", "return", "exit", "fail", "assert", "try", "catch", "retry", "every", "backoff",
    "timeout", "step", "defer", "limit", "use", "wait", "until", "not", "and", "or", "true",
    "false", "null",
  ]

  /// The type that a word names.
  func type(_ name: Name?) -> ParameterType {
    guard let name else { return .any }
    guard let type = ParameterType(rawValue: name.text) else {
      report(.unknownType(name))
      return .any
    }
    return type
  }

  /// Checks the body of a function where it stands.
  func checkFunction(_ declaration: FunctionDeclaration) {
    guard let place = functionPlaces[declaration.name.span] else { return }
    let entry = functions[place]
    let outer = (frame, function, retryDepth)
    (frame, function, retryDepth) = (Frame(), entry, 0)
    defer { (frame, function, retryDepth) = outer }
    var flow = Flow()
    flow.mayReturn = true
    let path = SitePath("\(sitePrefix)def \(entry.name.text)/")
    entry.checked = at(path) { with(flow: flow) { checkedFunction(entry, declaration) } }
  }

  private func checkedFunction(
    _ entry: FunctionEntry, _ declaration: FunctionDeclaration
  ) -> CheckedFunction {
    var formals: [CheckedFunction.Formal] = []
    frame.reserve(entry.formals.count)
    for (slot, (formal, type)) in entry.formals.enumerated() {
      let what = "`\(formal.name.text)`"
      let preset = formal.preset.map { wanted($0, type.schema, as: what).expression }
      if let first = frame.inInnermostBlock(formal.name.text) {
        report(.secondParameter(formal.name, first: first.span))
      }
      declare(
        formal.name, origin: .head, schema: formal.isRest ? .list(type.schema) : type.schema,
        slot: slot)
      formals.append(
        CheckedFunction.Formal(
          name: formal.name.text, type: type, preset: preset, isRest: formal.isRest))
    }
    let body = block(
      statements: declaration.block.statements, span: declaration.block.span, taken: .yes)
    entry.result = entry.returns.reduce(body.schema) { $0.joined(with: $1) }
    noteUnread(in: frame)
    return CheckedFunction(
      name: entry.name.text, formals: formals, frameSize: frame.size, body: body.block,
      help: declaration.help, span: entry.name.span)
  }

  /// Checks `param`; gives its variable its place.
  func parameter(_ declaration: ParameterDeclaration, _ span: Span) -> CheckedStatement.Kind? {
    let name = declaration.name
    let type = type(declaration.type)
    let preset = declaration.preset.map { preset in
      at(SitePath("param \(name.text)/")) { wanted(preset, type.schema, as: "`\(name.text)`") }
    }
    if let first = frame.inInnermostBlock(name.text) {
      report(.secondParameter(name, first: first.span))
    } else if Self.commonFlags.contains(where: { Catalogue.isSameOption($0, name.text) }) {
      report(.parameterIsFlag(name))
    }
    let variable = declare(name, origin: .parameter, schema: type.schema)
    variable.isRead = declaration.preset?.isBroken ?? false
    parameters.append(
      CheckedParameter(
        name: name.text, type: type, preset: preset?.expression,
        help: declaration.help?.text ?? "", slot: variable.slot, span: span))
    return nil
  }

  /// The flags of `waggle run` (cli.md).
  private static let commonFlags = [
    "profile", "json", "openapi", "sandbox", "port", "api-url", "read-only", "output", "quiet", "v",
    "vv", "verbose",
    "log-format", "no-color", "yes", "rate", "report", "no-journal", "limit-changes", "check",
    "format",
    "answer",
    "memory", "trace", "events", "seed", "instances", "fault", "clock", "help", "h", "version",
  ]

  /// Compares calls with what the functions read and change, all of which is known now.
  func checkCalls() {
    let sums = reaches()
    for call in calls {
      let (name, sum) = (functions[call.function].name.text, sums[call.function])
      if call.isInParallel, let variable = sum.change {
        report(.callChangesInParallel(name, variable.name, call.span))
      }
      if call.isInRetry, let unsafe = sum.unsafeCall {
        warn(.unsafeRetry(unsafe, by: name, call.span))
      }
      if !call.isInFunction, let variable = sum.latest, variable.moment > call.moment {
        report(.readBeforeSet(name, variable, call.span))
      }
    }
  }

  /// What a function does itself or through others: the first variable that it changes, and of
  /// those of this text that it reads the one that is set last.
  private struct Reach {
    var change: Variable?
    var latest: Variable?
    /// The first call that must not be made twice.
    var unsafeCall: String?
  }

  private func reaches() -> [Reach] {
    let ofThisText = Set(main.declared.map(ObjectIdentifier.init))
    var sums = functions.map { function in
      let reads = function.reads.filter { ofThisText.contains(ObjectIdentifier($0)) }
      return Reach(
        change: function.writes.min(by: isEarlier), latest: reads.max(by: isEarlier),
        unsafeCall: function.unsafeCall)
    }
    while functions.indices.reversed().reduce(false, { takeOver($1, &sums) || $0 }) {}
    return sums
  }

  /// Adds to what a function does what those that it calls do; says whether there was anything new.
  ///
  /// Only what is strictly earlier or later replaces what is there, so that this comes to an end.
  private func takeOver(_ index: Int, _ sums: inout [Reach]) -> Bool {
    var sum = sums[index]
    var isNew = false
    for callee in functions[index].callees.sorted().map({ sums[$0] }) {
      if sum.unsafeCall == nil, let unsafe = callee.unsafeCall {
        sum.unsafeCall = unsafe
        isNew = true
      }
      if let change = callee.change, sum.change.map({ isEarlier(change, $0) }) ?? true {
        sum.change = change
        isNew = true
      }
      if let latest = callee.latest, sum.latest.map({ isEarlier($0, latest) }) ?? true {
        sum.latest = latest
        isNew = true
      }
    }
    sums[index] = sum
    return isNew
  }

  private func isEarlier(_ a: Variable, _ b: Variable) -> Bool { a.moment < b.moment }
}
