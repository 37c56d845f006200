import WaggleSyntax
import WaggleText
import WaggleValues

/// What the checker says of names, values and flow; of commands it speaks in
/// `Diagnostic+CheckCommands`.
extension Diagnostic {
  private static func error(
    _ code: String, _ message: String, _ span: Span, hint: String = "", labels: [Label] = [],
    help: String...
  ) -> Diagnostic {
    Diagnostic(.error, code: code, message, at: span, hint: hint, labels: labels, help: help)
  }

  /// `did you mean …?` for a clear winner, nothing else.
  static func guess(_ suggestion: String?, sign: String = "") -> String {
    suggestion.map { "did you mean `\(sign)\($0)`?" } ?? ""
  }

  /// A few names as a sentence has them: `a`, `b` or `c`.
  static func choices(_ names: [String], last: String = "or") -> String {
    let quoted = names.map { "`\($0)`" }
    guard let end = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(last) " + end
  }

  // MARK: Names

  static func unknownVariable(
    _ name: Name, suggestion: String?, minus: (String, String)?
  ) -> Diagnostic {
    var hint = minus.map { "write `$\($0) - \($1)`, or `${\($0)}-\($1)` for text" }
    if name.text == "it", hint == nil, suggestion == nil {
      hint = "the element itself is `.`, its field `name` or `.name`"
    }
    return error(
      "unknown-variable", "there is no variable `$\(name.text)`", name.span,
      hint: hint ?? guess(suggestion, sign: "$"))
  }

  static func unknownAssignment(_ name: Name, suggestion: String?) -> Diagnostic {
    error(
      "unknown-variable", "there is no variable `\(name.text)` to change", name.span,
      hint: suggestion.map { "did you mean `\($0)`?" } ?? "a new one begins with `let`")
  }

  static func alreadyOutside(_ name: Name, _ first: Span) -> Diagnostic {
    error(
      "name-outside", "`\(name.text)` is a variable outside this block already", name.span,
      hint: "`\(name.text) = …` changes that one", labels: [Label(first, "it is set here")],
      help: "choose another name for a new variable")
  }

  static func environmentIsNoVariable(_ span: Span) -> Diagnostic {
    error("name-taken", "`env` is the environment", span, hint: "choose another name")
  }

  static func environmentAlone(_ span: Span) -> Diagnostic {
    error(
      "environment-alone", "`$env` is read by name", span, hint: "write `$env.NAME`")
  }

  static func noLastResult(_ span: Span, isPrompt: Bool) -> Diagnostic {
    error(
      "no-last-result",
      isPrompt ? "there is no result yet" : "only the prompt keeps a last result", span,
      hint: isPrompt ? "" : "give it a name with `let`")
  }

  static func noResultToContinue(_ span: Span) -> Diagnostic {
    error(
      "no-last-result", "the line before gave no result", span,
      hint: "`$_ | …` goes on from the last one that there was")
  }

  static func secondFunction(_ name: Name, first: Span) -> Diagnostic {
    error(
      "second-function", "there are two functions `\(name.text)`", name.span,
      labels: [Label(first, "the first")])
  }

  static func functionNameTaken(_ name: Name) -> Diagnostic {
    error(
      "name-taken", "`\(name.text)` is a command already", name.span,
      hint: "choose another name")
  }

  static func secondParameter(_ name: Name, first: Span) -> Diagnostic {
    error(
      "second-parameter", "there are two parameters `\(name.text)`", name.span,
      labels: [Label(first, "the first")])
  }

  static func parameterIsFlag(_ name: Name) -> Diagnostic {
    error(
      "parameter-is-flag", "`--\(name.text)` is an option of `waggle run` itself", name.span,
      hint: "choose another name")
  }

  static func unknownType(_ name: Name) -> Diagnostic {
    let types = ParameterType.allCases.map(\.rawValue)
    return error(
      "unknown-type", "there is no type `\(name.text)`", name.span,
      hint: guess(NearestName.of(name.text, among: types)),
      help: "a type is \(choices(types))")
  }

  static func unusedVariable(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "unused-variable", "nothing reads `$\(name)`", at: span,
      hint: "`_\(name)` says that this is meant")
  }

  static func readBeforeSet(_ function: String, _ variable: Variable, _ span: Span) -> Diagnostic {
    error(
      "read-before-set", "`\(function)` reads `$\(variable.name)`, which is not set yet", span,
      labels: [Label(variable.span, "it is set here")])
  }

  // MARK: Flow

  static func misplaced(_ word: String, _ barrier: Flow.Barrier?, _ span: Span) -> Diagnostic {
    switch barrier {
    case .parallel:
      error(
        "out-of-parallel", "`\(word)` cannot leave a parallel loop", span,
        help: "other rounds are under way; `fail` stops new ones")
    case .deferred:
      error("out-of-defer", "`\(word)` cannot leave a `defer` block", span)
    case nil:
      word == "return"
        ? error(
          "return-outside", "`return` stands outside any `def`", span, hint: "`exit` ends a script")
        : error("break-outside", "`\(word)` stands outside any loop", span)
    }
  }

  static func unreachable(_ span: Span, after end: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "unreachable", "nothing behind this can run", at: end,
      labels: [Label(span, "never reached")])
  }

  static func changedInParallel(_ name: String, _ span: Span, declared: Span) -> Diagnostic {
    error(
      "change-in-parallel", "a round of a parallel loop cannot change `\(name)`", span,
      labels: [Label(declared, "it is set outside the loop")],
      help: "a round's value is collected: `let results = for … parallel N { … }`")
  }

  static func callChangesInParallel(
    _ function: String, _ variable: String, _ span: Span
  ) -> Diagnostic {
    error(
      "change-in-parallel", "`\(function)` changes `\(variable)`, so no parallel round may call it",
      span, help: "a round's value is collected: `let results = for … parallel N { … }`")
  }

  static func droppedValue(_ span: Span, command: String?) -> Diagnostic {
    error(
      "dropped-value",
      command.map { "nothing takes what `\($0)` gives" } ?? "nothing takes this value", span,
      hint: "`print` it, or give it a name")
  }

  static func droppedAnswer(_ span: Span, _ command: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "dropped-answer", "nothing takes what `\(command)` gives", at: span,
      hint: "`print` it, or give it a name")
  }

  /// A known value outside of what it may be: both are said.
  static func outOfLimits(
    _ what: String, _ limits: String, _ value: Value, _ span: Span
  ) -> Diagnostic {
    error("out-of-limits", "\(what) must be \(limits), but is \(value.plainText)", span)
  }

  static func overLimit(_ excess: ChangeCount.Excess) -> Diagnostic {
    let what = excess.limit == .changes ? "changes" : "destroys"
    return error(
      "over-limit",
      "what follows \(what) at least \(excess.sure), and the limit is \(excess.allowed)",
      excess.span)
  }

  static func recordNeedsTwoNames(_ span: Span, _ name: Name) -> Diagnostic {
    error(
      "two-names", "a record is walked with two names", span,
      hint: "write `for \(name.text), value in …`")
  }

  static func cannotWalk(_ schema: Schema, _ span: Span) -> Diagnostic {
    error(
      "cannot-walk", "`for` walks a list, a range, a record or a stream, not \(schema.withArticle)",
      span,
      hint: schema.family == .number ? "write `1..N` to count" : "")
  }

  static func streamInParallel(_ span: Span) -> Diagnostic {
    error(
      "cannot-walk", "`for … parallel` walks what is there as a whole, not a stream", span,
      hint: "leave out `parallel`, or bring the items together: `for item in … { $item }`")
  }

  // MARK: Values

  static func noSubject(_ span: Span) -> Diagnostic {
    error(
      "no-subject", "there is nothing here that this field could be of", span,
      hint: "write `$name.field`",
      help: "`.field` works in the conditions of `where`, `map`, `wait` and their like")
  }

  static func bareWord(_ word: String, meant: String?, _ span: Span) -> Diagnostic {
    error(
      "bare-word", "`\(word)` is a word, and a value is needed here", span,
      hint: meant.map { "did you mean `\($0)`?" } ?? "text stands in quotes: `\"\(word)\"`")
  }

  /// `-a` and `.?a`, in which the field wants its dot or the sign its place.
  static func notAFieldName(_ word: String, _ span: Span) -> Diagnostic {
    let name = String(word.drop { "-.?".contains($0) })
    return error(
      "not-a-field", "`\(word)` is no field", span,
      hint: "write `\(word.hasPrefix("-") ? "-.\(name)" : "(.)?.\(name)")`")
  }

  static func wordIsField(_ word: String, _ span: Span) -> Diagnostic {
    error(
      "word-is-field", "`\(word)` would be text here, and it is a field", span,
      hint: "write `.\(word)` for the field, `\"\(word)\"` for the text")
  }

  static func unknownField(
    _ name: Name, _ type: String, suggestion: String?, condition: String? = nil,
    among: [String] = []
  ) -> Diagnostic {
    var diagnostic = error(
      "unknown-field", "\(type) has no field `\(name.text)`", name.span,
      hint: condition.map { "did you mean `\($0)`?" } ?? guess(suggestion))
    if suggestion == nil, (1...12).contains(among.count) {
      diagnostic.help = ["it has \(choices(among, last: "and"))"]
    }
    return diagnostic
  }

  static func noFields(_ schema: Schema, _ name: Name) -> Diagnostic {
    error(
      "no-fields", "\(schema.withArticle) has no fields", name.span,
      hint: schema.isList ? "`[0].\(name.text)` is its first element's, `map \(name.text)` all" : ""
    )
  }

  static func noIndex(_ schema: Schema, _ span: Span) -> Diagnostic {
    error("no-index", "\(schema.withArticle) has no elements to count", span)
  }

  static func secondKey(_ name: Name, first: Span) -> Diagnostic {
    error(
      "second-key", "the record has two fields `\(name.text)`", name.span,
      labels: [Label(first, "the first")])
  }

  static func unreadable(_ error: ValueError, _ span: Span) -> Diagnostic {
    self.error("unreadable-literal", error.message, span)
  }

  static func notATime(_ text: String, isField: Bool, _ span: Span) -> Diagnostic {
    error(
      "not-a-time", "`\(text)` is no time", span,
      hint: isField ? "write `.\(text)` for the field" : "a time is written `2026-05-14T18:00:00Z`")
  }

  static func unknownValue(
    _ text: String, _ values: [String], open: Bool, _ span: Span
  ) -> Diagnostic {
    let suggestion = NearestName.of(text, among: values)
    return Diagnostic(
      .error, code: "unknown-value", "`\(text)` is none of the values that are known here",
      at: span, hint: guess(suggestion),
      help: ["the values are \(choices(values, last: "and"))"]
        + (open ? ["a new one stands in quotes: `\"\(text)\"`"] : []))
  }

  static func newValue(_ text: String, _ values: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "new-value", "`\(text)` is none of the values that are known here", at: span,
      hint: guess(NearestName.of(text, among: values)),
      help: ["the known values are \(choices(values, last: "and"))"])
  }

  static func neverTrue(_ span: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "never-true", "this condition can never come true", at: span,
      help: ["a field has one value at a time; either of two values is `or` or `in [a, b]`"])
  }

  static func endsLeftOut(
    _ ends: [String], of type: String, _ field: String, _ span: Span
  ) -> Diagnostic {
    let left = choices(ends, last: "and")
    let these = ends.count == 1 ? "== \(ends[0])" : "in [\(ends.joined(separator: ", "))]"
    return Diagnostic(
      .warning, code: "ends-left-out",
      "this wait is about the ends of \(type) and leaves out \(left)", at: span,
      help: [
        "the wait fails there; `settled` is any end",
        "`fail-if \(field) \(these)` says that this is meant",
      ])
  }

  static func unsafeRetry(
    _ command: String, by function: String? = nil, takesKey: Bool = false, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .warning, code: "unsafe-retry",
      function.map { "`retry` may carry out `\(command)` more than once, by `\($0)`" }
        ?? "`retry` may carry out `\(command)` more than once", at: span,
      hint: "it is not safe to repeat",
      help: [
        "the whole block runs again when anything in it fails, also when only the answer to this call"
          + " was lost",
        takesKey
          ? "give it an `--idempotency-key` of your own, with which a second call is the first one"
          : "put the call before the `retry`, or look first whether it was carried out",
      ])
  }

  static func wrongType(
    _ what: String, wants: Schema, has: Schema, _ constant: Value?, _ span: Span
  ) -> Diagnostic {
    let list = wants.isList && !has.isList ? "a list stands in `[ ]`" : ""
    let hint = spelling(of: constant, as: wants)
    return error(
      "wrong-type", "\(what) must be \(wants.withArticle), but is \(has.withArticle)", span,
      hint: hint.isEmpty ? list : hint)
  }

  /// How to write a constant that was meant for a value of a type; empty where nobody can tell.
  static func spelling(of constant: Value?, as wanted: Schema?) -> String {
    switch constant {
    case .int(let number) where wanted?.family == .duration: "write `\(number)s` or `\(number)m`"
    case .text(let text) where wanted?.family != .text: NearNumber.advice(text) ?? ""
    default: ""
    }
  }

  static func notACondition(_ what: String, _ schema: Schema, _ span: Span) -> Diagnostic {
    let hint =
      switch schema.family {
      case .text: "write `… != \"\"`"
      case .number: "write `… != 0`"
      case .list: "write `(… | count) > 0`"
      case .record: "write `… != null`"
      default: "write a comparison"
      }
    return error(
      "not-a-condition", "`\(what)` needs a bool, not \(schema.withArticle)", span, hint: hint)
  }

  static func cannotNegate(_ schema: Schema, _ span: Span) -> Diagnostic {
    error("cannot-compute", "`-` takes a number or a duration, not \(schema.withArticle)", span)
  }

  static func cannotCompute(
    _ sign: String, _ a: Schema, _ b: Schema, _ spot: Span
  ) -> Diagnostic {
    let hint =
      sign == "+" && (a.family == .text || b.family == .text)
      ? "text is filled in: `\"… $name …\"`" : ""
    return error(
      "cannot-compute", "`\(sign)` does not take \(a.withArticle) and \(b.withArticle)", spot,
      hint: hint)
  }

  static func cannotCompare(
    _ sign: String, _ a: Schema, _ b: Schema, _ spot: Span, left: Span, right: Span
  ) -> Diagnostic {
    var diagnostic = error(
      "cannot-compare", "`\(sign)` cannot compare \(a.withArticle) with \(b.withArticle)", spot,
      labels: [Label(left, a.withArticle), Label(right, b.withArticle)])
    switch (a.family, b.family) {
    case (.bool, _), (_, .bool):
      diagnostic.help = ["a bool is `true` or `false`, and stands alone as a condition"]
    case (.number, .text), (.text, .number):
      diagnostic.help = ["`int` and `float` read a number from a text"]
    case (.number, .duration), (.duration, .number):
      diagnostic.help = ["a duration divided by a duration is a number: `$took // 1s`"]
    default: break
    }
    return diagnostic
  }
}
