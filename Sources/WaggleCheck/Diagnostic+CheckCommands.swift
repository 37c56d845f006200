import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// What the checker says of commands and their arguments.
extension Diagnostic {
  /// `goal` is a condition that would suit the subject, nil where the wait has none.
  static func unchangingCondition(goal: String?, _ span: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "unchanging-condition", "nothing in this condition can change", at: span,
      hint: "no look at the API is part of it",
      help: [
        goal.map { "the wait reads its subject again and again: write a field of it, `\($0)`" }
          ?? "a variable keeps what it has: write `wait $bee until status == running`, or a call in"
          + " `( )`"
      ])
  }

  /// `settled` of a type that has no end; `ready` is what may be waited for instead.
  static func neverSettled(_ subject: Schema, ready: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "never-true", "this condition can never come true", at: span,
      hint: "\(subject.withArticle) has no end", help: ["write what is to be so: `\(ready)`"])
  }

  static func promptCommand(_ command: SessionCommand, isPrompt: Bool, _ span: Span) -> Diagnostic {
    error(
      "prompt-command",
      isPrompt
        ? "`\(command.rawValue)` stands alone on its line"
        : "`\(command.rawValue)` belongs to the prompt", span,
      hint: isPrompt ? "" : "a script has no use for it")
  }

  private static func error(
    _ code: String, _ message: String, _ span: Span, hint: String = "", labels: [Label] = [],
    help: String...
  ) -> Diagnostic {
    Diagnostic(.error, code: code, message, at: span, hint: hint, labels: labels, help: help)
  }

  // MARK: Which command

  static func unknownCommand(_ word: String, _ span: Span, suggestion: String?) -> Diagnostic {
    error(
      "unknown-command", "there is no command `\(word)`", span,
      hint: suggestion.map { "did you mean `\($0)`?" } ?? "text stands in quotes: `\"\(word)\"`")
  }

  static func borrowedCommand(_ name: Name, _ advice: String) -> Diagnostic {
    error("unknown-command", "there is no command `\(name.text)`", name.span, hint: advice)
  }

  static func fieldAsCommand(_ name: Name) -> Diagnostic {
    error(
      "unknown-command", "there is no command `\(name.text)`", name.span,
      hint: "write `.\(name.text)` for the field")
  }

  static func variableAsCommand(_ name: Name) -> Diagnostic {
    error(
      "unknown-command", "there is no command `\(name.text)`", name.span,
      hint: "did you mean the variable `$\(name.text)`?")
  }

  static func commandOrVariable(_ name: Name) -> Diagnostic {
    error(
      "command-or-variable", "`\(name.text)` is a command and a variable", name.span,
      hint: "`$\(name.text)` is the variable",
      help: "for the command, give the variable another name")
  }

  static func missingAction(_ group: Name, _ actions: [String]) -> Diagnostic {
    error(
      "missing-action", "`\(group.text)` needs an action", group.span,
      help: "there are \(choices(actions, last: "and"))")
  }

  static func unknownAction(
    _ word: String, of group: String, suggestion: String?, _ actions: [String], _ span: Span
  ) -> Diagnostic {
    error(
      "unknown-action", "`\(group)` has no action `\(word)`", span, hint: guess(suggestion),
      help: "there are \(choices(actions, last: "and"))")
  }

  static func missingFormat(_ name: Name, _ formats: [String]) -> Diagnostic {
    error("missing-format", "`\(name.text)` needs a format: \(choices(formats))", name.span)
  }

  static func unknownFormat(
    _ word: String, _ formats: [String], of name: String, _ span: Span
  ) -> Diagnostic {
    error(
      "unknown-format", "`\(name)` knows no format `\(word)`", span,
      hint: "write \(choices(formats.map { "\(name) \($0)" }))")
  }

  static func missingMethod(_ name: Name, _ methods: [String]) -> Diagnostic {
    error(
      "bad-method", "`call` needs a method first, written out: \(choices(methods))", name.span)
  }

  static func unknownMethod(_ word: String, _ methods: [String], _ span: Span) -> Diagnostic {
    let meant = methods.first { $0 == word.uppercased() }
    return error(
      "bad-method", "`call` knows no method `\(word)`", span,
      hint: meant.map { "did you mean `\($0)`?" } ?? "write \(choices(methods))")
  }

  // MARK: Options

  static func unknownOption(
    _ name: Name, of command: String, suggestion: String?, _ options: [String]
  ) -> Diagnostic {
    var diagnostic = error(
      "unknown-option", "`\(command)` has no option `--\(name.text)`", name.span,
      hint: guess(suggestion, sign: "--"))
    if suggestion == nil {
      diagnostic.help =
        options.isEmpty
        ? ["it has no options; a text that begins with `--` stands in quotes"]
        : ["it has \(choices(options.map { "--\($0)" }, last: "and"))"]
    }
    return diagnostic
  }

  static func secondOption(_ name: Name, first: Span) -> Diagnostic {
    error(
      "second-option", "`--\(name.text)` is given twice", name.span,
      labels: [Label(first, "the first")])
  }

  /// A field that stands among the arguments and is an option too.
  static func givenByPlaceToo(_ name: Name, of operation: Operation) -> Diagnostic {
    error(
      "second-option", "`--\(name.text)` is given twice", name.span,
      hint: "`\(operation.command)` takes it by its place as well")
  }

  static func missingOptionValue(_ name: Name) -> Diagnostic {
    error("missing-value", "`--\(name.text)` needs a value", name.span)
  }

  static func missing(
    _ parameter: Parameter, of operation: Operation, _ span: Span
  ) -> Diagnostic {
    let option = "`--\(parameter.option)`"
    guard operation.positional.contains(parameter.name) else {
      return error(
        "missing-option", "`\(operation.command)` needs \(option)", span, help: example(operation))
    }
    return error(
      "missing-option", "`\(operation.command)` needs \(parameter.placeholder)", span,
      hint: "give it here, or as \(option)", help: example(operation))
  }

  static func missingOneOf(
    _ names: [String], of operation: Operation, _ span: Span
  ) -> Diagnostic {
    error(
      "missing-option", "`\(operation.command)` needs \(choices(names.map { "--\($0)" }))", span,
      help: example(operation))
  }

  /// How the catalogue writes a call of an operation.
  private static func example(_ operation: Operation) -> String {
    "as in `\(operation.example.prefix { !$0.isNewline })`"
  }

  static func valueOutOfLimits(_ problem: String, _ span: Span) -> Diagnostic {
    error("out-of-limits", problem, span)
  }

  static func noOptionsToSpread(_ command: String, _ span: Span) -> Diagnostic {
    error("cannot-spread", "`\(command)` has no options that a record could fill", span)
  }

  static func cannotSpread(_ schema: Schema, _ span: Span) -> Diagnostic {
    error(
      "cannot-spread", "`...` spreads a list or a record, not \(schema.withArticle)", span)
  }

  // MARK: Arguments

  static func tooManyArguments(_ command: String, takes: Int, _ span: Span) -> Diagnostic {
    let most = takes == 0 ? "no argument" : takes == 1 ? "one argument" : "\(takes) arguments"
    return error("too-many-arguments", "`\(command)` takes \(most)", span)
  }

  static func missingArgument(_ name: String, of command: String, _ span: Span) -> Diagnostic {
    error("missing-argument", "`\(command)` needs `\(name)`", span)
  }

  static func missingID(
    _ parameter: Parameter, of operation: Operation, _ span: Span
  ) -> Diagnostic {
    let hint = parameter.serves.first.map { "give the id, or the \($0.type) itself" } ?? ""
    return error(
      "missing-argument", "`\(operation.command)` needs \(parameter.placeholder)", span,
      hint: hint)
  }

  static func takesNoInput(_ operation: Operation, _ span: Span) -> Diagnostic {
    error(
      "takes-no-input", "`\(operation.command)` takes no input", span,
      hint: operation.body.isEmpty ? "" : "`--body` takes a record, `for` walks a list")
  }

  static func servesNoID(_ schema: Schema, _ parameter: Parameter, _ span: Span) -> Diagnostic {
    let types = parameter.serves.map(\.type)
    let wanted =
      types.isEmpty ? "text" : "text\(types.count > 1 ? "," : " or") \(choices(types))"
    return error(
      "wrong-type", "\(parameter.placeholder) is \(wanted), not \(schema.withArticle)", span)
  }

  static func spreadIDs(_ span: Span) -> Diagnostic {
    error(
      "cannot-spread", "a list of ids needs no `...`", span,
      hint: "a list makes one call for each of its elements")
  }

  static func missingInput(_ entry: BuiltinEntry, _ span: Span) -> Diagnostic {
    error(
      "missing-input", "`\(entry.builtin.rawValue)` has no input", span,
      hint: "pipe one into it, or write it first", help: "usage: `\(entry.usage)`")
  }

  static func wrongInput(
    _ entry: BuiltinEntry, _ inputs: [Schema], _ schema: Schema, _ constant: Value?, _ span: Span
  ) -> Diagnostic {
    let hint = spelling(of: constant, as: inputs.first)
    let wanted = inputs.map(\.withArticle).joined(separator: " or ")
    return error(
      "wrong-input",
      "the input of `\(entry.builtin.rawValue)` must be \(wanted), but is \(schema.withArticle)",
      span, hint: hint)
  }

  static func oneStream(_ operation: Operation, _ span: Span) -> Diagnostic {
    error(
      "one-stream", "`\(operation.command)` gives one stream, not a list of them", span,
      hint: "take one id at a time: `for one in … { }`")
  }

  static func streamInput(_ command: String, _ span: Span) -> Diagnostic {
    error(
      "wrong-input", "`\(command)` takes what is there as a whole, not a stream", span,
      hint: "walk it with `for`, or bring its items together: `for item in … { $item }`")
  }

  static func spreadInput(_ command: String, _ span: Span) -> Diagnostic {
    error(
      "cannot-spread", "the input of `\(command)` cannot be spread", span, hint: "leave out `...`")
  }

  static func missingCondition(_ entry: BuiltinEntry, _ span: Span) -> Diagnostic {
    let what = entry.takes.isTest ? "a condition" : "an expression"
    return error(
      "missing-condition", "`\(entry.builtin.rawValue)` needs \(what)", span,
      help: "usage: `\(entry.usage)`")
  }

  static func missingFields(_ span: Span) -> Diagnostic {
    error("missing-argument", "`select` needs the names of fields", span)
  }

  static func fieldNameUnknown(_ span: Span) -> Diagnostic {
    error("field-name", "`select` needs the names of fields as words", span)
  }

  // MARK: wait

  static func needsSubjects(_ clause: Name) -> Diagnostic {
    error(
      "needs-subjects", "`\(clause.text)` is for a `wait` that waits for something", clause.span,
      hint: "what is waited for stands before `until`")
  }

  /// A subject, or a list of them, that no call reads again.
  static func cannotWaitFor(_ source: Typed, _ one: Schema) -> Diagnostic {
    let what = one.type == nil && one.family == .record ? "a plain record" : one.withArticle
    return error(
      "cannot-wait", "`wait` cannot read \(what) again", source.span,
      hint: insteadOfWaiting(for: one, source))
  }

  private static func insteadOfWaiting(for one: Schema, _ source: Typed) -> String {
    if one.family == .null {
      return "where it may be null, ask before: `if $x != null { wait $x … }`"
    }
    if case .builtin(let call) = source.expression.kind, call.builtin == .select {
      return "`select` makes plain records: put it behind the `wait`, or use `where` instead"
    }
    if source.isAnswerWithoutType {
      return "it has no type; an operation is `(runtime operation INSTANCE $x.operationId)`"
    }
    if one.type == nil, one.fieldNames?.contains("id") ?? false {
      return source.schema.isList
        ? "wait for their ids: `… | map id | wait until …`"
        : "wait for its id: `wait ($x.id) until …`"
    }
    return "it waits for an instance, a task or their like, an id, or a list of these"
  }
}
