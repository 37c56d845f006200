package import WaggleCatalogue
package import WaggleSyntax
package import WaggleText
package import WaggleValues

/// An expression with its place; what it reads is bound.
package struct CheckedExpression: Sendable {
  /// What it is.
  package let kind: Kind
  /// Where it stands.
  package let span: Span

  /// Puts an expression in its place.
  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The expressions that the evaluator knows.
  package indirect enum Kind: Sendable {
    case constant(Value)
    case local(Slot)
    case global(Slot)
    /// `$env.NAME`, `$env[…]`: a variable of the environment, asked for by its name.
    case environment(CheckedExpression, Site)
    /// A field of a record; `cache` is the number of its inline cache.
    case field(CheckedExpression, String, optional: Bool, cache: Int)
    case index(CheckedExpression, CheckedExpression)
    case slice(CheckedExpression, CheckedExpression?, CheckedExpression?)
    case list([CheckedItem])
    case record([CheckedEntry])
    /// Text made of parts, each as it prints.
    case text([CheckedExpression])
    case not(CheckedExpression)
    case negate(CheckedExpression)
    /// Every operator of two operands, `and or ??` included.
    case binary(CheckedExpression, BinaryOperator, CheckedExpression)
    case builtin(CheckedBuiltin)
    case call(CheckedCall)
    case operation(CheckedOperation)
    case wait(CheckedWait)
    case exec(CheckedExec)
    /// `ready settled gone` in the condition of a wait, about the record in a slot.
    case goal(Goal, Slot)
    case choose([(condition: CheckedExpression, block: CheckedBlock)], otherwise: CheckedBlock?)
    case loop(CheckedLoop)
    case attempt(CheckedBlock, fault: Slot?, handler: CheckedBlock?)
    case again(CheckedRetry)
    case within(CheckedExpression, CheckedBlock, Site)
    case step(CheckedExpression, CheckedBlock)
  }
}

/// An item of a list.
package enum CheckedItem: Sendable {
  case value(CheckedExpression)
  case spread(CheckedExpression)
}

/// An entry of a record.
package enum CheckedEntry: Sendable {
  case value(String, CheckedExpression)
  case spread(CheckedExpression)
}

/// A named condition of `wait`.
package enum Goal: String, Sendable, CaseIterable { case ready, settled, gone }

/// A call of a built-in command, its arguments bound to what the command's entry asks for.
package struct CheckedBuiltin: Sendable {
  /// Which one.
  package let builtin: Builtin
  /// The input; nil for a command that takes none.
  package let input: CheckedExpression?
  /// The arguments after the input, in the entry's order; a `...$list` comes as a spread.
  package let arguments: [CheckedItem]
  /// The condition or the selector, which reads its subject in `subject`.
  package let condition: CheckedExpression?
  /// The slot that holds each element while the condition is evaluated.
  package let subject: Slot?
  /// The slot that counts the elements, for sites in the condition; nil where it has no effect.
  package let counter: Slot?
  /// Whether `sort` runs downwards.
  package let isDescending: Bool
  /// The place of its effect, for those that have one.
  package let site: Site

  /// Makes a call.
  package init(
    _ builtin: Builtin, input: CheckedExpression?, arguments: [CheckedItem] = [],
    condition: CheckedExpression? = nil, subject: Slot? = nil, counter: Slot? = nil,
    isDescending: Bool = false, site: Site
  ) {
    self.builtin = builtin
    self.input = input
    self.arguments = arguments
    self.condition = condition
    self.subject = subject
    self.counter = counter
    self.isDescending = isDescending
    self.site = site
  }
}

/// A call of a function.
package struct CheckedCall: Sendable {
  /// Its place in `CheckedProgram.functions`.
  package let function: Int
  /// For each formal in order what is given; nil where its preset serves; a rest as a list.
  package let arguments: [CheckedExpression?]
  /// A list whose length only the run knows (`...$list` and what stands behind it): its elements
  /// go to the formals that have nothing yet, in order, then to the rest; nil without a spread.
  package let further: CheckedExpression?
  /// A record spread into options (`...$record`): its fields go to the formals of their names.
  package let named: CheckedExpression?
  /// The place of the call, which the sites in the function go behind.
  package let site: Site

  /// Makes a call.
  package init(
    function: Int, arguments: [CheckedExpression?], further: CheckedExpression? = nil,
    named: CheckedExpression? = nil, site: Site
  ) {
    self.function = function
    self.arguments = arguments
    self.further = further
    self.named = named
    self.site = site
  }
}

/// A call of an API operation.
package struct CheckedOperation: Sendable {
  /// Which one.
  package let operation: Operation
  /// What is given by place, in order: the path's ids, of which a record may serve for several, then
  /// body fields.
  ///
  /// One of the ids may turn out to be a list, which fans out.
  package let places: [CheckedExpression]
  /// Query parameters and body fields that are named, in the order typed.
  package let options: [(parameter: Parameter, value: CheckedExpression)]
  /// Records that are spread into options (`...$record`), in order.
  package let spreads: [CheckedExpression]
  /// `--body $record`, which the options add to.
  package let body: CheckedExpression?
  /// `--limit N` of a list: that many records in all.
  package let limit: CheckedExpression?
  /// `--page N` of a list: that page only.
  package let page: CheckedExpression?
  /// Whether its stream is printed as it comes, for what is there at its end; nil where it is not.
  package let follows: CheckedExpression?
  /// The place of the call; a fan-out adds `[element]`.
  package let site: Site

  /// Makes a call.
  package init(
    _ operation: Operation, places: [CheckedExpression] = [],
    options: [(parameter: Parameter, value: CheckedExpression)] = [],
    spreads: [CheckedExpression] = [], body: CheckedExpression? = nil,
    limit: CheckedExpression? = nil, page: CheckedExpression? = nil,
    follows: CheckedExpression? = nil, site: Site
  ) {
    self.operation = operation
    self.places = places
    self.options = options
    self.spreads = spreads
    self.body = body
    self.limit = limit
    self.page = page
    self.follows = follows
    self.site = site
  }
}

/// A `wait`.
package struct CheckedWait: Sendable {
  /// What is waited for; nil where the condition itself is asked again.
  package let input: CheckedExpression?
  /// The slot of the subject in both conditions.
  package let subject: Slot
  /// The slot that counts the looks, for sites in a condition without a subject.
  package let counter: Slot
  /// What is to come true.
  package let condition: CheckedExpression
  /// What makes it fail.
  package let failIf: CheckedExpression?
  /// How long at most.
  package let timeout: Timeout
  /// A fixed pace.
  package let every: CheckedExpression?
  /// How many suffice.
  package let any: Enough
  /// How long in one state is too long.
  package let stuckAfter: CheckedExpression?
  /// Whether the condition speaks of `gone`, so that a 404 is no failure.
  package let mentionsGone: Bool
  /// The place.
  package let site: Site

  /// How long a wait may take.
  package enum Timeout: Sendable {
    /// Ten minutes.
    case usual
    case never
    case after(CheckedExpression)
  }

  /// How many of the subjects suffice.
  package enum Enough: Sendable {
    case all
    /// The first; the value is one record.
    case one
    /// That many; the value is a list.
    case some(CheckedExpression)
  }

  /// Makes a wait.
  package init(
    input: CheckedExpression?, subject: Slot, counter: Slot, condition: CheckedExpression,
    failIf: CheckedExpression?, timeout: Timeout, every: CheckedExpression?, any: Enough,
    stuckAfter: CheckedExpression?, mentionsGone: Bool, site: Site
  ) {
    self.input = input
    self.subject = subject
    self.counter = counter
    self.condition = condition
    self.failIf = failIf
    self.timeout = timeout
    self.every = every
    self.any = any
    self.stuckAfter = stuckAfter
    self.mentionsGone = mentionsGone
    self.site = site
  }
}

/// A `for`.
package struct CheckedLoop: Sendable {
  /// What is walked.
  package let over: CheckedExpression
  /// The variable of the element, or of the key of a record.
  package let first: Slot
  /// The variable of the index, or of the value of a record.
  package let second: Slot?
  /// The hidden slot that counts the rounds.
  package let counter: Slot
  /// How many rounds at a time; nil runs one after the other.
  package let parallel: CheckedExpression?
  /// Whether every round runs and one error lists all failures.
  package let keepsGoing: Bool
  /// Whether somebody takes the list of the rounds' values.
  package let isValueTaken: Bool
  /// What each round does.
  package let body: CheckedBlock
  /// The place, `for#1`; a round's strand has it with its `[round]` as key.
  package let site: Site

  /// Makes a loop.
  package init(
    over: CheckedExpression, first: Slot, second: Slot?, counter: Slot,
    parallel: CheckedExpression?, keepsGoing: Bool, isValueTaken: Bool, body: CheckedBlock,
    site: Site
  ) {
    self.over = over
    self.first = first
    self.second = second
    self.counter = counter
    self.parallel = parallel
    self.keepsGoing = keepsGoing
    self.isValueTaken = isValueTaken
    self.body = body
    self.site = site
  }
}

/// A `retry`.
package struct CheckedRetry: Sendable {
  /// How many tries in all.
  package let times: CheckedExpression
  /// The pause between tries; nil for none.
  package let every: CheckedExpression?
  /// What the pause is multiplied by after each try.
  package let backoff: CheckedExpression?
  /// The hidden slot that counts the tries.
  package let counter: Slot
  /// What is tried.
  package let body: CheckedBlock
  /// The place, for the pauses.
  package let site: Site

  /// Makes a retry.
  package init(
    times: CheckedExpression, every: CheckedExpression?, backoff: CheckedExpression?,
    counter: Slot, body: CheckedBlock, site: Site
  ) {
    self.times = times
    self.every = every
    self.backoff = backoff
    self.counter = counter
    self.body = body
    self.site = site
  }
}
