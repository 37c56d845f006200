/// A command line as it is meant: what to do, with which options.
///
/// Flags may stand on either side of SCRIPT. What stands behind SCRIPT and is no flag is the
/// script's own, and is read when its parameters are known.
struct Invocation {
  /// What to do.
  enum Action: Equatable {
    case help
    /// `waggle help`: a page of the book that the prompt's `help` opens.
    case topic([String])
    case version
    /// A `-c` text.
    case text(String)
    case script(Place, [String])
    case scriptHelp(Place)
    case check([Place])
    /// `waggle fmt`: the one layout.
    case format([Place])
    /// What a code stands for, or all codes.
    case explain(String?)
    /// `waggle api`: what the API can do, or a group of it, or one operation.
    case api([String])
    /// `waggle login`: stores a key.
    case login
    /// `waggle logout`: removes what `login` stored.
    case logout
    /// `waggle sandbox`: the sandbox for other programs.
    case serve
    /// The prompt, for somebody at a terminal.
    case prompt
  }

  /// Where a script stands.
  enum Place: Equatable {
    case file(String)
    case standardInput

    init(_ argument: String) { self = argument == "-" ? .standardInput : .file(argument) }
  }

  private(set) var action = Action.help
  private(set) var options = Options()
  private var arguments: ArraySlice<String>
  private var command: String?
  private var places: [String] = []
  private var ownArguments: [String] = []
  private var text: String?
  private var asksForHelp = false
  private var asksForVersion = false

  /// Reads the arguments, without the program's name; where `canReadScript`, standard input is no
  /// terminal and so the script where no other is named.
  init(_ arguments: [String], canReadScript: Bool) throws(UsageError) {
    self.arguments = arguments[...]
    while let argument = self.arguments.popFirst() {
      try take(argument)
    }
    try options.checkTogether(for: command)
    action = try decide(canReadScript: canReadScript)
  }

  /// The words that say what to do, before anything else.
  private static let commands = [
    "run", "check", "fmt", "explain", "sandbox", "help", "api", "login", "logout",
  ]

  private var hasScript: Bool { [nil, "run"].contains(command) && !places.isEmpty }

  private mutating func take(_ argument: String) throws(UsageError) {
    if argument == "--" {
      for rest in arguments { takePlain(rest) }
      arguments = []
    } else if argument.utf8.first == 0x2D, argument != "-" {
      try takeFlag(argument)
    } else {
      takePlain(argument)
    }
  }

  /// Takes a word that is no flag: the command, a script, or one of its own arguments.
  private mutating func takePlain(_ argument: String) {
    if hasScript {
      ownArguments.append(argument)
    } else if command == nil, places.isEmpty, Self.commands.contains(argument) {
      command = argument
    } else {
      places.append(argument)
    }
  }

  private mutating func takeFlag(_ argument: String) throws(UsageError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let flag = Flag(spelling: String(parts[0])) else {
      guard hasScript else {
        let names = Flag.allCases.map(\.spelling) + Flag.allCases.compactMap(\.short)
        throw .unknownFlag(String(parts[0]), among: names)
      }
      return ownArguments.append(argument)
    }
    let value = try value(of: flag, attached: parts.count > 1 ? String(parts[1]) : nil)
    switch flag {
    case .help: asksForHelp = true
    case .version: asksForVersion = true
    case .text: text = value
    default: try options.set(flag, value)
    }
  }

  private mutating func value(of flag: Flag, attached: String?) throws(UsageError) -> String {
    guard flag.value != nil else {
      guard attached == nil else { throw .unwantedValue(flag) }
      return ""
    }
    guard let value = attached ?? arguments.popFirst() else { throw .missingValue(flag) }
    return value
  }

  private func decide(canReadScript: Bool) throws(UsageError) -> Action {
    if asksForVersion { return .version }
    if let text {
      if asksForHelp { return .help }
      if let command, command != "run" { throw .textBehindCommand(command) }
      guard let unwanted = places.first else { return .text(text) }
      throw .unwantedArgument(unwanted)
    }
    if let command, command != "run" { return asksForHelp ? .help : try decide(command) }
    if let script = places.first {
      return asksForHelp ? .scriptHelp(Place(script)) : .script(Place(script), ownArguments)
    }
    if asksForHelp { return .help }
    guard command == nil else { throw .nothingToRun }
    guard canReadScript else { return .prompt }
    return .script(.standardInput, [])
  }

  /// What a command other than `run` does with the words behind it.
  private func decide(_ command: String) throws(UsageError) -> Action {
    switch command {
    case "check":
      guard !places.isEmpty else { throw .nothingToCheck }
      return .check(places.map(Place.init))
    case "fmt":
      guard !places.isEmpty else { throw .nothingToFormat }
      return .format(places.map(Place.init))
    case "help": return .topic(places)
    case "api":
      guard let unwanted = places.dropFirst(2).first else { return .api(places) }
      throw .unwantedArgument(unwanted)
    case "explain":
      guard let unwanted = places.dropFirst().first else { return .explain(places.first) }
      throw .unwantedArgument(unwanted)
    default:
      if let unwanted = places.first {
        throw command == "login" ? .keyAsArgument : .unwantedArgument(unwanted)
      }
      return command == "login" ? .login : command == "logout" ? .logout : .serve
    }
  }
}
