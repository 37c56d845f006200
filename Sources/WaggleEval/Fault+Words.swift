import WaggleCatalogue
import WaggleCheck
import WaggleFormats
import WaggleText
import WaggleTime
import WaggleValues
import WaggleWait

/// The wording of everything that can go wrong in a run, in one place.
extension Fault {
  /// What went wrong, as one sentence without a full stop; code in backticks.
  package var message: String {
    switch cause {
    case .fail(let text): text
    case .assert(let text): text.isEmpty ? "the assertion does not hold" : text
    case .value(let error): error.message
    case .misuse(let text): text
    case .call(let fault): fault.message
    case .wait(let fault): fault.words
    case .timeout(let limit): "it took longer than \(Duration(nanoseconds: limit).text)"
    case .file(let fault): fault.message
    case .exec(let fault): fault.message
    case .deadlock: "every strand of the run waits for another one, so none can go on"
    case .depth: "functions call one another too deeply; is there a call without end?"
    case .memory:
      "a value would need more memory than a run may have; `--memory` says how much that is"
    case .several(let failures): Fault.words(for: failures)
    case .cancelled(let reason): Fault.words(for: reason)
    case .exit(let status): "the script left with `exit \(status)`"
    case .outputClosed: "the output was closed"
    }
  }

  private static func words(for failures: [(round: Int, fault: Fault)]) -> String {
    let lines = failures.map { "round \($0.round): \($0.fault.message)" }
    let rounds = failures.count == 1 ? "1 round" : "\(failures.count) rounds"
    return "\(rounds) of the loop failed: " + lines.joined(separator: "; ")
  }

  private static func words(for reason: Cancellation) -> String {
    switch reason {
    case .interrupted: "it was interrupted"
    case .terminated: "it was terminated"
    case .deadline: "its time ran out"
    case .unwanted: "its result was no longer wanted"
    }
  }
}

extension WaitFault {
  /// What ended the wait, without what was seen of each subject.
  package var headline: String {
    let who = total == 1 ? unmet.first?.id : nil
    switch cause {
    case .timedOut(let limit):
      let limit = Duration(nanoseconds: limit).text
      if total == 0 { return "the condition did not come true within \(limit)" }
      return (who.map { "\($0) did not get there" } ?? "\(reached) of \(needed) got there")
        + " within \(limit)"
    case .failed(let code):
      if total == 0 {
        return needed > 0
          ? "the list is empty, and `any` needs \(needed) of it"
          : "what `fail-if` names came true"
      }
      if needed > total { return "the list has \(total), and `any` needs \(needed) of it" }
      return
        (who.map { "\($0) can no longer get there" }
        ?? "\(reached) of \(needed) got there, and too few still can") + " (\(code.rawValue))"
    }
  }

  fileprivate var words: String {
    let subjects = unmet.map { total == 1 ? "it \($0.finding)" : "\($0.id) \($0.finding)" }
    let trouble = trouble.map { ["the last look failed: \($0)"] } ?? []
    return ([headline] + subjects + obstacles + trouble).joined(separator: "; ")
  }
}

extension WaitFault.Unmet {
  /// What was found of the subject, behind its name: `was last seen provisioning`.
  package var finding: String {
    if let words = reason.words { return words }
    guard let state else { return wasSeen ? "is there" : "was never seen" }
    let words = wasSeen ? "was last seen \(state)" : "was \(state)"
    return ([words] + obstacles).joined(separator: "; ")
  }
}

extension WaitProgress.Waiting {
  /// Why it will not get there; nil while it may.
  package var finding: String? { reason.words }
}

extension WaitReason {
  /// What was found of a subject, behind its name; nil while it may yet get there.
  fileprivate var words: String? {
    switch self {
    case .notYet: return nil
    case .ended(let end, let why): return "ended as \(end)" + (why.map { ": \($0)" } ?? "")
    case .reported(let message): return "reports: \(message)"
    case .halted(let state, let why): return "came to be \(state): \(why)"
    case .overtaken(let heading): return "is now heading for \(heading)"
    case .passed(let state):
      return "is \(state) already, past what is waited for, and does not go back by itself"
    case .gone(let wasThere): return wasThere ? "no longer exists" : "does not exist"
    case .stuck(let time):
      let time = Duration(nanoseconds: time / 1_000_000 * 1_000_000)
      return "has not moved for \(time.text)"
    case .failIf: return "meets `fail-if`"
    }
  }
}

/// Faults of statements and commands, worded.
extension Fault.Cause {
  static func notCondition(_ value: Value) -> Fault.Cause {
    let instead =
      switch value {
      case .int, .float, .number: "compare it, as in `… != 0`"
      case .text, .secret: "compare it, as in `… != \"\"`"
      case .list: "compare its size, as in `(… | count) > 0`"
      case .duration: "compare it, as in `… > 0s`"
      default: "compare it, as in `… != null`"
      }
    return .misuse("a condition must be a bool, but is \(value.describedForError); \(instead)")
  }

  static func notPattern(_ value: Value) -> Fault.Cause {
    .misuse("a pattern must be a text, but is \(value.describedForError)")
  }

  static func notMatchable(_ value: Value) -> Fault.Cause {
    .misuse("what `=~` and `!~` look at must be a text, but is \(value.describedForError)")
  }

  static func pattern(_ error: PatternError) -> Fault.Cause { .misuse(error.message) }

  static func noFields(_ value: Value, _ name: String) -> Fault.Cause {
    value.isNull
      ? .misuse("null has no field `\(name)`; `?.\(name)` gives null instead of this error")
      : .misuse("only records have fields, and `.\(name)` is asked of \(value.describedForError)")
  }

  static func notKey(_ value: Value) -> Fault.Cause {
    .misuse("the name of a field must be a text, but is \(value.describedForError)")
  }

  static func notIndex(_ value: Value) -> Fault.Cause {
    .misuse("an index must be an int, but is \(value.describedForError)")
  }

  static func notIndexable(_ value: Value) -> Fault.Cause {
    .misuse("only lists and records have `[…]`, and this is \(value.describedForError)")
  }

  static func notSliceable(_ value: Value) -> Fault.Cause {
    .misuse("only lists can be sliced, and this is \(value.describedForError)")
  }

  static func notRangeEnd(_ value: Value) -> Fault.Cause {
    .misuse("the ends of a range must be ints, but one is \(value.describedForError)")
  }

  static func notExitStatus(_ value: Value) -> Fault.Cause {
    .misuse("an exit status must be an int from 0 to 255, but is \(value.describedForError)")
  }

  static func notDuration(_ value: Value) -> Fault.Cause {
    .misuse("a duration like `30s` or `5m` is needed, but this is \(value.describedForError)")
  }

  static func notWalkable(_ value: Value) -> Fault.Cause {
    .misuse(
      "`for` walks a list, a range, a record or a stream, but this is \(value.describedForError)")
  }

  static let walkedBefore = Fault.Cause.misuse(
    "a stream can be walked once, and this one was walked before; "
      + "`for` as a value keeps what came, as in `let items = for item in … { $item }`")

  static let streamInParallel = Fault.Cause.misuse(
    "`for … parallel` walks what is there as a whole, but this is a stream; "
      + "a plain `for` walks it, or brings its items together: `for item in … { $item }`")

  static let recordNeedsTwoNames = Fault.Cause.misuse(
    "a record is walked by `for key, value in …`")

  static let secretGroup = Fault.Cause.misuse(
    "a secret must not become the name of a group; `reveal` it where that is meant")

  static func notSummable(_ value: Value, _ command: String) -> Fault.Cause {
    .notValid("what `\(command)` adds", "a number or a duration", value)
  }
}

extension Fault {
  /// What is counted where only a number from a smallest one on will do.
  enum Counted: String {
    case tries = "the number of tries"
    case backoff = "the factor of `backoff`"
    case width = "the number of rounds at a time"
    case elements = "the number of elements"
    case chunk = "the size of a chunk"
    case subjects = "the number of `any`"
    case calls = "a limit"
    case records = "`--limit`"
    case page = "`--page`"
  }

  /// Into what a value is spread with `...`.
  enum Spread: String {
    case list, record, arguments, options

    /// What can be spread into it.
    fileprivate var wanted: String {
      switch self {
      case .list, .arguments: "a list"
      case .record, .options: "a record"
      }
    }
  }
}

/// Faults of calls and of what is given to them, worded.
extension Fault.Cause {
  static func notCount(_ value: Value, _ what: Fault.Counted, from least: Int) -> Fault.Cause {
    .misuse("\(what.rawValue) must be at least \(least), but is \(value.describedForError)")
  }

  static func notSpreadable(_ value: Value, into target: Fault.Spread) -> Fault.Cause {
    .misuse(
      "`...` needs \(target.wanted) to spread into \(target.rawValue), "
        + "but this is \(value.describedForError)")
  }

  static func wrongArgument(
    _ name: String, _ function: String, _ type: ParameterType, _ value: Value
  ) -> Fault.Cause {
    .misuse("`\(name)` of `\(function)` must be \(type.words), but is \(value.describedForError)")
  }

  static func missingArgument(_ name: String, _ function: String) -> Fault.Cause {
    .misuse("`\(function)` needs `\(name)`")
  }

  static func tooManyArguments(_ function: String, extra: Int) -> Fault.Cause {
    .misuse("`\(function)` is given \(extra) more than it takes")
  }

  static func unknownArgument(
    _ name: String, _ function: String, names: [String]
  ) -> Fault.Cause {
    let choices = names.map { "`\($0)`" }.joined(separator: ", ")
    return .misuse("`\(function)` has no `\(name)`; it has \(choices)")
  }

  static func repeatedArgument(_ name: String, _ function: String) -> Fault.Cause {
    .misuse("`\(name)` of `\(function)` is given twice")
  }

  static func missingParameter(_ name: String) -> Fault.Cause {
    .misuse("the script needs `--\(name)`")
  }

  static func wrongParameter(_ name: String, _ type: ParameterType, _ value: Value) -> Fault.Cause {
    .misuse("`--\(name)` must be \(type.words), but is \(value.describedForError)")
  }

  static func twoLists(_ operation: Operation) -> Fault.Cause {
    .misuse("only one id of `\(operation.command)` may be a list")
  }

  static func tooManyPlaces(_ operation: Operation) -> Fault.Cause {
    .misuse("`\(operation.command)` has more arguments than it takes")
  }

  static func missingID(_ parameter: Parameter, _ operation: Operation) -> Fault.Cause {
    .misuse("`\(operation.command)` needs \(parameter.placeholder) as well")
  }

  static func oneStream(_ operation: Operation) -> Fault.Cause {
    .misuse(
      "`\(operation.command)` gives one stream, so that its id must not be a list; "
        + "`for` takes one at a time")
  }

  static func notBody(_ value: Value, _ operation: Operation) -> Fault.Cause {
    .misuse(
      "the body of `\(operation.command)` must be a record, but is \(value.describedForError)")
  }

  static func unknownOption(_ name: String, _ operation: Operation) -> Fault.Cause {
    .misuse("`\(operation.command)` has no option `--\(name)`")
  }

  static func wrongRecord(
    _ record: Record, _ parameter: Parameter, _ operation: Operation
  ) -> Fault.Cause {
    let types = parameter.serves.map(\.type)
    let choices =
      types.dropLast().joined(separator: ", ")
      + (types.count > 1 ? " or " : "") + (types.last ?? "")
    let actual = record.type.map { "a record of type \($0.name)" } ?? "a plain record"
    return .misuse(
      "`\(parameter.name)` of `\(operation.command)` must be an id or a record of type \(choices), "
        + "but is \(actual)")
  }

  static func recordWithoutID(_ type: String, _ field: String) -> Fault.Cause {
    .misuse("this \(type) has no `\(field)`, which would be its id")
  }

  static func notID(
    _ value: Value, _ parameter: Parameter, _ operation: Operation
  ) -> Fault.Cause {
    .misuse(
      "`\(parameter.name)` of `\(operation.command)` must be a text, but is "
        + value.describedForError)
  }

  static func notSubject(_ value: Value) -> Fault.Cause {
    if value.isNull {
      return .misuse(
        "there is nothing to wait for: this is null; where it may be, ask before: "
          + "`if $x != null { wait $x until … }`")
    }
    var (what, advice) = (value.describedForError, "")
    if case .record(let record) = value, record.type == nil {
      what = "a plain record"
      if case .text? = record["operationId"] {
        advice = "; wait for `(runtime operation INSTANCE $x.operationId)`"
      } else if case .text? = record["id"] {
        advice = "; wait for its id: `wait ($x.id) until …`"
      }
    }
    return .misuse(
      "`wait` waits for a record that can be read again, an instance id, or a list of these, "
        + "but this is \(what)\(advice)")
  }

  static func mixedSubjects(_ one: RecordType, _ other: RecordType) -> Fault.Cause {
    .misuse("`wait` waits for records of one type, but here are \(one.name) and \(other.name)")
  }
}
