import WaggleValues

/// What is known of a built-in command: for the checker, for help and for the reference.
package struct BuiltinEntry: Sendable {
  /// Which one.
  package let builtin: Builtin
  /// How it is typed: `where LIST CONDITION`.
  package let usage: String
  /// What it does, in a line, imperative, without a full stop.
  package let summary: String
  /// What else is worth knowing, in sentences; empty where the summary says it all.
  package let help: String
  /// An example that runs on the sandbox.
  package let example: String

  /// Whether it takes a value through the pipe.
  package var takesInput: Bool {
    if case .values = takes { true } else { !input.isEmpty }
  }

  /// What the first positional argument or the piped value may be; empty for a command that has
  /// no input.
  let input: [Schema]
  /// What stands behind the input.
  let takes: Takes
  /// What it gives, by its input and by what it looks at (its condition, selector or argument).
  let result: @Sendable (_ input: Schema, _ looked: Schema?) -> Schema

  /// Whether its value comes through the pipe alone.
  var takesPipeOnly: Bool { builtin == .write }

  /// What a command takes behind its input.
  enum Takes: Sendable {
    case nothing
    /// Values, each with what it is for.
    case positions([Position])
    /// One value or more, each the key of a field or the index of an element.
    case steps
    /// Any values.
    case values
    /// Names of fields.
    case fields
    /// A condition about each element.
    case test(isRequired: Bool)
    /// What to look at in each element.
    case selector(isRequired: Bool)

    var isTest: Bool { if case .test = self { true } else { false } }

    var isRequired: Bool {
      switch self {
      case .test(let isRequired), .selector(let isRequired): isRequired
      default: false
      }
    }
  }

  /// A value behind the input.
  struct Position: Sendable {
    let schema: Schema
    /// What it is, as errors name it: `the size of a chunk`.
    let what: String
    let isRequired: Bool
    /// The smallest that an int may be; nil where any will do.
    let least: Int?

    /// A value that must be given.
    static func needed(_ schema: Schema, _ what: String, least: Int? = nil) -> Position {
      Position(schema: schema, what: what, isRequired: true, least: least)
    }

    /// A value that may be left out.
    static func optional(_ schema: Schema, _ what: String, least: Int? = nil) -> Position {
      Position(schema: schema, what: what, isRequired: false, least: least)
    }
  }

  init(
    _ builtin: Builtin, _ usage: String, _ summary: String, help: String = "", example: String,
    input: [Schema] = [.list(.any)], takes: Takes = .nothing,
    result: @escaping @Sendable (_ input: Schema, _ looked: Schema?) -> Schema
  ) {
    self.builtin = builtin
    self.usage = usage
    self.summary = summary
    self.help = help
    self.example = example
    self.input = input
    self.takes = takes
    self.result = result
  }
}
