package import WaggleText

/// A word with its place.
package struct Name: Sendable, Equatable {
  /// The word as it was typed.
  package let text: String
  /// Where it stands.
  package let span: Span

  /// Puts a word in its place.
  package init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// A comment, kept for help texts and for the formatter.
package struct Comment: Sendable, Equatable {
  /// The text behind the `#`, as typed.
  package let text: String
  /// Where it stands, from the `#` on.
  package let span: Span
  /// Whether nothing but spaces stands before it on its line.
  package let ownsLine: Bool
}

/// A whole text as a tree: what the parser gives and the checker takes.
package struct Script: Sendable {
  /// A fence of a runbook.
  package struct Section: Sendable {
    /// The nearest heading above it; nil without one, and where the fence only declares.
    package let title: Name?
    /// Which of the script's statements stand in it.
    package let statements: Range<Int>
    /// Its opening signs.
    package let span: Span
  }

  /// The statements in order.
  package let statements: [Statement]
  /// The fences that they stand in; none in a script that is no runbook.
  package let sections: [Section]
  /// All comments in order.
  package let comments: [Comment]
  /// The whole text.
  package let span: Span
  /// Whether all of it could be read; where it could not, nobody knows what is used nowhere.
  package let isWhole: Bool
}

/// Statements between braces.
package struct Block: Sendable {
  /// The statements in order.
  package let statements: [Statement]
  /// From the opening brace to behind the closing one.
  package let span: Span
}

/// One statement.
package struct Statement: Sendable {
  /// What it is.
  package let kind: Kind
  /// From its first to its last character.
  package let span: Span

  /// The statements of the grammar.
  package indirect enum Kind: Sendable {
    case bind(Name, Body)  // let x = …
    case assign(Name, Body)
    case giveBack(Body?)  // return
    case leave  // break
    case next  // continue
    case exit(Expression?)
    case fail(Expression)
    case whileLoop(Expression, Block)
    case later(Block)  // defer
    case assert(Expression, message: Expression?)
    case limit(Name, Expression)
    case use(Expression)
    case parameter(ParameterDeclaration)
    case function(FunctionDeclaration)
    case body(Body)
  }
}

/// `param name: type = default "help"`.
package struct ParameterDeclaration: Sendable {
  /// Its name, which is an option of `waggle run` and a variable.
  package let name: Name
  /// The word of its type; nil for `any`.
  package let type: Name?
  /// What it is when the caller does not say; nil makes it required.
  package let preset: Expression?
  /// The help text.
  package let help: Name?
}

/// `def name(a, b: int = 3, rest...) { }`.
package struct FunctionDeclaration: Sendable {
  /// A formal parameter.
  package struct Formal: Sendable {
    /// Its name.
    package let name: Name
    /// The word of its type; nil for `any`.
    package let type: Name?
    /// What it is when the caller does not say; nil makes it required.
    package let preset: Expression?
    /// Whether it takes all further arguments as a list.
    package let isRest: Bool
  }

  /// Its name.
  package let name: Name
  /// Its parameters in order.
  package let formals: [Formal]
  /// What it does.
  package let block: Block
  /// The comment lines right above it, joined by newlines; nil without any.
  package let help: String?
}

/// What may stand behind `=`, `return` and in `( )`.
package indirect enum Body: Sendable {
  case control(Control)
  case pipeline(Pipeline)

  /// Its place.
  package var span: Span {
    switch self {
    case .control(let control): control.span
    case .pipeline(let pipeline): pipeline.span
    }
  }
}

/// A block form that has a value.
package struct Control: Sendable {
  /// What it is.
  package let kind: Kind
  /// From its keyword to behind its last brace.
  package let span: Span
  /// The keyword alone, for what is said of the whole.
  package let keyword: Span

  /// The forms.
  package indirect enum Kind: Sendable {
    case choose([(condition: Expression, block: Block)], otherwise: Block?)  // if
    case loop(ForLoop)
    case attempt(Block, catching: Name?, handler: Block?)  // try
    case again(times: Expression, every: Expression?, backoff: Expression?, Block)  // retry
    case within(Expression, Block)  // timeout
    case step(Expression, Block)
  }
}

/// `for x, i in V parallel N keep-going { }`.
package struct ForLoop: Sendable {
  /// The variable of the element, or of the key of a record.
  package let first: Name
  /// The variable of the index, or of the value of a record.
  package let second: Name?
  /// What is walked.
  package let over: Expression
  /// How many rounds at a time; nil runs one after the other.
  package let parallel: Expression?
  /// Where `keep-going` stands.
  package let keepGoing: Span?
  /// What each round does.
  package let block: Block
}

/// Stages joined by `|`.
package struct Pipeline: Sendable {
  /// The stages in order; only the first may be an expression.
  package let stages: [Stage]
  /// Where it begins with `|`, going on from `$_` (prompt only).
  package let leadingPipe: Span?
  /// From its first to its last character.
  package let span: Span
}

/// A stage of a pipeline.
package indirect enum Stage: Sendable {
  case expression(Expression)
  case command(Command)

  /// Its place.
  package var span: Span {
    switch self {
    case .expression(let expression): expression.span
    case .command(let command): command.span
    }
  }
}

/// A command with what stands behind it, not yet looked up.
package struct Command: Sendable {
  /// Its first word; for an API command the group, whose action is then the first argument.
  package let name: Name
  /// What follows, by the form that the word asks for.
  package let form: Form
  /// From its first to its last character.
  package let span: Span

  /// The forms that arguments come in.
  package indirect enum Form: Sendable {
    case plain([Argument])
    /// `where all any count find`.
    case test(input: Expression?, condition: Expression?)
    /// `map sort sum avg min max unique group`, with `asc` or `desc` as typed.
    case pick(input: Expression?, selector: Expression?, order: Name?)
    case wait(input: Expression?, condition: Expression, clauses: [WaitClause])
    case exec(program: Expression, [Argument])
  }
}

/// An argument of a command.
package struct Argument: Sendable {
  /// What it is.
  package let kind: Kind
  /// From its first to its last character.
  package let span: Span

  /// The kinds of argument.
  package indirect enum Kind: Sendable {
    case value(Expression)
    /// `--name`, `--name=value`; whether the word behind takes part is for the checker to say, who
    /// knows the option's type: `--name value` comes as an option without value and a value.
    case option(Name, Expression?)
    case spread(Expression)
  }
}

/// A clause of `wait`.
package struct WaitClause: Sendable {
  /// Its keyword.
  package let keyword: Name
  /// What it is.
  package let kind: Kind

  /// The clauses.
  package indirect enum Kind: Sendable {
    case failIf(Expression)
    case timeout(Expression?)  // nil: never
    case every(Expression)
    case any(Expression?)
    case stuckAfter(Expression)
  }
}

/// An expression.
package struct Expression: Sendable {
  /// What it is.
  package let kind: Kind
  /// From its first to its last character.
  package let span: Span

  /// Joins a kind and its place.
  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of expression.
  package indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// A number in the spelling that it was typed in, for where text is wanted.
    case number(String)
    /// A duration in the spelling that it was typed in.
    case duration(String)
    /// A word: text in an argument, a field or text in a condition (§4 says which).
    case word(String)
    /// A quote, or pieces that touch.
    case text([TextPiece], quoted: Bool)
    case variable(Name)
    /// `.`: the subject itself.
    case subject
    /// `.name` (base nil: of the subject), `base.name`, `base?.name`.
    case field(Expression?, Name, optional: Bool)
    case index(Expression, Expression)
    case slice(Expression, Expression?, Expression?)
    case list([ListItem])
    case record([RecordEntry])
    /// `( … )`, `$( … )`.
    case group(Body)
    case unary(UnaryOperator, Expression)
    case binary(Expression, BinaryOperator, Span, Expression)
    /// What could not be read and was reported; says nothing more.
    case broken
  }
}

/// A part of a text that is filled in.
package indirect enum TextPiece: Sendable {
  case literal(String)
  case fill(Expression)
}

/// An item of a list.
package indirect enum ListItem: Sendable {
  case value(Expression)
  case spread(Expression)
}

/// An entry of a record.
package indirect enum RecordEntry: Sendable {
  case value(Name, Expression)
  case spread(Expression)
}

/// The operators with one operand.
package enum UnaryOperator: String, Sendable { case not, minus = "-" }

/// The operators with two operands.
package enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case matches = "=~"
  case matchesNot = "!~"
  case isIn = "in"
  case contains
  case orElse = "??"
  case range = ".."
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
}
