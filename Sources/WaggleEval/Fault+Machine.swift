import Glibc
import WaggleValues

/// Faults of files, programs and questions, worded.
extension FileFault {
  /// The error as one sentence without a full stop.
  package var message: String {
    let verb = isWriting ? "written" : "read"
    return switch problem {
    case .missing: "there is no file `\(path)`"
    case .noFolder: "`\(path)` cannot be written: there is no such folder"
    case .folder: "`\(path)` must be a file, but is a folder"
    case .forbidden: "`\(path)` may not be \(verb)"
    case .notText(let offset): "`\(path)` must be UTF-8, but is not at byte \(offset)"
    case .exists: "`\(path)` is there already; `--to` says what else to call it"
    case .noHome: "`\(path)` begins with `~/`, but HOME is not set"
    case .noPath:
      "the name of a file must be a text that is not empty and has no zeros, but is `\(path)`"
    case .system(let number): "`\(path)` cannot be \(verb): \(String(cString: strerror(number)))"
    }
  }
}

extension ExecFault {
  /// The error as one sentence without a full stop.
  package var message: String {
    switch self {
    case .notFound(let program, let isPath):
      isPath
        ? "there is no program `\(program)`"
        : "there is no program `\(program)` in PATH; another one is called by its path"
    case .notExecutable(let program): "`\(program)` may not be run: it is no executable file"
    case .notStarted(let program, let number):
      "`\(program)` could not be started: \(String(cString: strerror(number)))"
    case .failed(let program, _, let signal?): "`\(program)` was ended by signal \(signal)"
    case .failed(let program, let code, nil): "`\(program)` ended with code \(code)"
    case .tooMuch(let program, let limit):
      "what `\(program)` writes must be at most \(limit >> 20) MiB where it is kept, but is more"
    }
  }

  /// Whether it ran and failed, which another time it may not.
  var couldPass: Bool { if case .failed = self { true } else { false } }

  /// The code that it ended with.
  var code: Int? { if case .failed(_, let code, _) = self { code } else { nil } }
}

extension Fault.Cause {
  /// A question of `ask` without anybody to answer it.
  package static func nobodyToAsk(_ name: String) -> Fault.Cause {
    .misuse(
      "`ask \(name)` needs an answer, and there is nobody to ask: give `--answer \(name)=…`")
  }

  /// A question of `confirm` without anybody to answer it.
  package static let nobodyToConfirm = Fault.Cause.misuse(
    "`confirm` needs an answer, and there is nobody to ask: `--yes` confirms")

  /// Standard input that ended in the place of an answer.
  package static let noAnswer = Fault.Cause.misuse(
    "the question must be answered, but standard input has ended")

  static let secretArgument = Fault.Cause.misuse(
    "an argument of a program must not be a secret, for others can see it: "
      + "`exec --env {NAME: $secret} …` hands it over")

  static let secretInput = Fault.Cause.misuse(
    "the input of `exec` must not be a secret: `exec --env {NAME: $secret} …` hands it over")

  static func notArgument(_ value: Value) -> Fault.Cause {
    let advice =
      switch value.kind {
      case .list: "; `...` spreads a list"
      case .record: "; `to json` makes a text of it"
      default: ""
      }
    return .misuse(
      "an argument of a program must be a text, but is \(value.describedForError)\(advice)")
  }

  static func notVariable(_ name: String, _ value: Value) -> Fault.Cause {
    .notValid("`\(name)` in `--env`", "a text", value)
  }

  static func notVariableName(_ name: String) -> Fault.Cause {
    .misuse(
      "a name in `--env` must be letters, digits and `_`, but is `\(name.prefix(40))`")
  }

  static func unwritable(_ format: String, _ value: Value) -> Fault.Cause {
    .notValid("what `write` makes \(format) of", "a record or a list of records", value)
  }
}
