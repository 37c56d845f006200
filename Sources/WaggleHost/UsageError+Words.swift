import WaggleCheck
import WaggleText

/// The wording of everything that is wrong with a command line, in one place.
extension UsageError {
  static func missingValue(_ flag: Flag) -> UsageError {
    UsageError("`\(flag.spelling)` needs a value: \(flag.spelling) \(flag.value ?? "")")
  }

  static func unwantedValue(_ flag: Flag) -> UsageError {
    UsageError("`\(flag.spelling)` takes no value")
  }

  static func badValue(_ flag: Flag, _ value: String, valid: String) -> UsageError {
    UsageError("`\(flag.spelling)` takes \(valid), but is given `\(value)`")
  }

  static func unknownFlag(_ spelling: String, among names: [String]) -> UsageError {
    guard let near = NearestName.of(spelling, among: names) else {
      return UsageError(
        "there is no flag `\(spelling)`", help: "`waggle --help` lists them",
        "a script's own parameters stand behind it: waggle SCRIPT --name VALUE")
    }
    return UsageError("there is no flag `\(spelling)`", help: "did you mean `\(near)`?")
  }

  static func unwantedArgument(_ argument: String) -> UsageError {
    UsageError("nothing takes the argument `\(argument)`")
  }

  static let sandboxOnly = UsageError(
    "`--seed`, `--instances`, `--fault` and `--clock virtual` are for `--sandbox` only",
    help: "add `--sandbox`")

  static let servedInRealTime = UsageError(
    "`waggle sandbox` keeps real time, for its clients do too",
    help: "`--clock virtual` is for scripts that run with `--sandbox`")

  static let servedToAll = UsageError(
    "`--read-only`, `--limit-changes`, `--rate`, `--api-url`, `--profile` and `--output` are for "
      + "runs, not for `waggle sandbox`",
    help: "give them to the program that uses the sandbox")

  static func textBehindCommand(_ command: String) -> UsageError {
    UsageError(
      "`-c` runs a text, which `waggle \(command)` does not",
      help: "leave out one of the two")
  }

  static let portIsServed = UsageError(
    "`--port` is for `waggle sandbox` only", help: "`--api-url` says where the API is")

  static let formatIsForCheck = UsageError(
    "`--format` is for `waggle check` only", help: "`--output` says how values are written")

  static let documentIsOfTheAPI = UsageError(
    "`--json` and `--openapi` are for `waggle api` only",
    help: "`--output json` prints values as JSON")

  static func noOperation(_ words: [String], near: String?) -> UsageError {
    UsageError(
      "the API has no `\(words.joined(separator: " "))`",
      help: near.map { "did you mean `\($0)`?" } ?? "`waggle api` lists all there is")
  }

  static let twoGateways = UsageError(
    "`--sandbox` and `--api-url` name two gateways", help: "leave one of them out")

  static let nothingToRun = UsageError(
    "there is nothing to run", help: "`waggle SCRIPT` runs a file, `waggle -c TEXT` a text",
    "`waggle --help` says what else there is")

  static func nothingIn(_ name: String) -> UsageError {
    let what =
      switch name {
      case "stdin": "standard input is empty"
      case "-c": "the text of `-c` is empty"
      default: "`\(name)` is empty"
      }
    return UsageError(what + ": there is nothing to run")
  }

  static func noHelp(_ topic: String, suggestion: String?) -> UsageError {
    UsageError(
      "there is no help on `\(topic)`",
      help: suggestion.map { "did you mean `\($0)`?" } ?? "`waggle help language` lists the words")
  }

  static let nothingToCheck = UsageError(
    "`check` needs a script or a folder", help: "waggle check SCRIPT…")

  static let nothingToFormat = UsageError(
    "`fmt` needs a script or a folder", help: "waggle fmt SCRIPT…")

  static let checkIsForLayout = UsageError(
    "`--check` is for `waggle fmt` only", help: "`waggle check SCRIPT` checks a script")

  static func unknownCode(_ code: String, among codes: [String]) -> UsageError {
    let near = NearestName.of(code, among: codes)
    return UsageError(
      "there is no code `\(code)`",
      help: near.map { "did you mean `\($0)`?" } ?? "`waggle explain` lists them")
  }

  // MARK: A script's own parameters

  static func unknownParameter(
    _ name: String, of script: String, among parameters: [CheckedParameter]
  ) -> UsageError {
    let names = parameters.map(\.name)
    let message = "\(script) has no parameter `--\(name)`"
    if let near = NearestName.of(name, among: names + Flag.allCases.map(\.rawValue)) {
      return UsageError(message, help: "did you mean `--\(near)`?")
    }
    guard !names.isEmpty else { return UsageError(message, help: "it has none") }
    return UsageError(
      message, help: "it has " + names.map { "`--\($0)`" }.joined(separator: ", "))
  }

  static func parameterWithoutValue(_ parameter: CheckedParameter) -> UsageError {
    UsageError("`--\(parameter.name)` needs a value (\(parameter.type.rawValue))")
  }

  static func parameterTwice(_ parameter: CheckedParameter) -> UsageError {
    UsageError("`--\(parameter.name)` is given twice")
  }

  static func badParameter(
    _ parameter: CheckedParameter, _ value: String, valid: String
  ) -> UsageError {
    UsageError("`--\(parameter.name)` takes \(valid), but is given `\(value)`")
  }

  static func missingParameters(
    _ parameters: [CheckedParameter], of script: String
  ) -> UsageError {
    let names = parameters.map { "`--\($0.name) \($0.type.rawValue.uppercased())`" }
    let verb = parameters.count == 1 ? "is" : "are"
    return UsageError(
      "\(script) needs \(names.joined(separator: ", ")), which \(verb) not given",
      help: "`waggle \(script) --help` says what for")
  }
}
