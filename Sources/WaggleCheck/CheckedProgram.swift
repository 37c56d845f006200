package import WaggleText

/// A program in which every name is bound and every operation exists: what the evaluator runs.
///
/// The tree of `WaggleSyntax` says what was typed; this says what it means. Words have become text,
/// fields or numbers, pipelines are nested calls, variables are slots of a frame, a subject is a
/// variable like any other, and every place with an effect carries its `Site`.
package struct CheckedProgram: Sendable {
  /// The script's parameters, in order; their slots are in the main frame.
  package var parameters: [CheckedParameter]
  /// Every function, at the place that `CheckedCall.function` names.
  package var functions: [CheckedFunction]
  /// The top-level statements.
  package var main: CheckedBlock
  /// How many slots the main frame has; its variables are what functions see as `global`.
  package var frameSize: Int
  /// How many inline caches a strand needs.
  package var cacheCount: Int

  /// Makes a program of its parts.
  package init(
    parameters: [CheckedParameter], functions: [CheckedFunction], main: CheckedBlock,
    frameSize: Int, cacheCount: Int
  ) {
    self.parameters = parameters
    self.functions = functions
    self.main = main
    self.frameSize = frameSize
    self.cacheCount = cacheCount
  }
}

/// A variable's place in the frame that runs.
package typealias Slot = Int

/// Where an effect happens, as a path that an edit elsewhere does not move (strands.md, "Effects").
///
/// `step "start"/for#1[17]/start#1` is the parts `step "start"/for#1[`, the counter in a slot, and
/// `]/start#1`. In a function it is relative (`def heal/try#1/restart#2`): the key of the frame's
/// call and a `/` go before it.
package struct Site: Sendable, Equatable {
  /// A piece of the path.
  package enum Part: Sendable, Equatable {
    case text(String)
    /// The int in this slot: the round of a loop, a try of a retry, the element of a `map`.
    case counter(Slot)
  }
  /// The pieces in order.
  package var parts: [Part]

  /// Makes a site of its pieces.
  package init(parts: [Part]) { self.parts = parts }
}

/// A parameter of the script.
package struct CheckedParameter: Sendable {
  /// Its name: the option `--name` and the variable.
  package let name: String
  /// What it takes.
  package let type: ParameterType
  /// What it is when the caller does not say, seeing earlier parameters; nil makes it required.
  package let preset: CheckedExpression?
  /// The help text; empty without one.
  package let help: String
  /// Its variable.
  package let slot: Slot
  /// Where it stands.
  package let span: Span

  /// Makes a parameter.
  package init(
    name: String, type: ParameterType, preset: CheckedExpression?, help: String, slot: Slot,
    span: Span
  ) {
    self.name = name
    self.type = type
    self.preset = preset
    self.help = help
    self.slot = slot
    self.span = span
  }
}

/// The types that `param` and `def` may name (language.md §5).
package enum ParameterType: String, Sendable, CaseIterable {
  case text, int, float, bool, duration, time, list, record, any
}

/// A function.
package struct CheckedFunction: Sendable {
  /// Its name.
  package let name: String
  /// Its parameters in order; a call fills all of their slots, which are the first of the frame.
  package let formals: [Formal]
  /// How many slots its frame has.
  package let frameSize: Int
  /// What it does; its value is the block's.
  package let body: CheckedBlock
  /// The comment above it.
  package let help: String?
  /// Where its name stands.
  package let span: Span

  /// A parameter of a function.
  package struct Formal: Sendable {
    /// Its name.
    package let name: String
    /// What it takes; checked when it is called, a rest's for each element.
    package let type: ParameterType
    /// What it is when the caller does not say, evaluated in the new frame.
    package let preset: CheckedExpression?
    /// Whether it takes all further arguments as a list.
    package let isRest: Bool

    /// Makes a formal parameter.
    package init(name: String, type: ParameterType, preset: CheckedExpression?, isRest: Bool) {
      self.name = name
      self.type = type
      self.preset = preset
      self.isRest = isRest
    }
  }

  /// Makes a function.
  package init(
    name: String, formals: [Formal], frameSize: Int, body: CheckedBlock, help: String?, span: Span
  ) {
    self.name = name
    self.formals = formals
    self.frameSize = frameSize
    self.body = body
    self.help = help
    self.span = span
  }
}

/// Statements that run one after the other; the value is that of the last one.
package struct CheckedBlock: Sendable {
  /// The statements in order.
  package let statements: [CheckedStatement]
  /// Where it stands.
  package let span: Span
  /// Whether its `defer` blocks wait for the end of the block around it: a fence of a runbook, whose
  /// variables the next one shares.
  package var isFence = false

  /// Makes a block.
  package init(statements: [CheckedStatement], span: Span) {
    self.statements = statements
    self.span = span
  }

  /// Whether `defer` blocks wait for its end.
  package var hasDefer: Bool {
    statements.contains {
      switch $0.kind {
      case .later: true
      case .value(let value, _):
        if case .step(_, let block) = value.kind { block.isFence && block.hasDefer } else { false }
      default: false
      }
    }
  }
}

/// A statement.
package struct CheckedStatement: Sendable {
  /// What it is.
  package let kind: Kind
  /// Where it stands.
  package let span: Span

  /// The statements that the evaluator knows.
  package indirect enum Kind: Sendable {
    /// Sets a variable of this frame, new or old.
    case set(Slot, CheckedExpression)
    /// Sets a top-level variable from inside a function.
    case setGlobal(Slot, CheckedExpression)
    case giveBack(CheckedExpression?)
    case leave
    case next
    case exit(CheckedExpression?)
    case fail(CheckedExpression)
    case whileLoop(CheckedExpression, CheckedBlock, counter: Slot)
    case later(CheckedBlock)
    case assert(CheckedExpression, message: CheckedExpression?)
    case limit(CallLimit, CheckedExpression, Site)
    /// A pipeline or a control; `shown` is the place of its showing where its value is shown
    /// (prompt and `-c`, top level), nil elsewhere.
    case value(CheckedExpression, shown: Site?)
  }

  /// Puts a statement in its place.
  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// What `limit` counts.
package enum CallLimit: String, Sendable, CaseIterable { case changes, destroy }
