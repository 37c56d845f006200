import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// What the name of a command stands for.
enum CommandTarget {
  case function(Int)
  case builtin(Builtin)
  case operation(Operation)
  /// Nothing; it was reported.
  case unknown
}

extension Checker {
  /// Checks a pipeline: each later stage is a command that gets the value before it as its input.
  func pipeline(_ pipeline: Pipeline) -> Typed {
    var input: Typed?
    if let spot = pipeline.leadingPipe {
      if let session, session.hadResult, !session.hasResult {
        report(.noResultToContinue(spot))
        input = .broken(spot)
      } else {
        input = lastResult(spot, isPipe: true)
      }
    }
    for (index, stage) in pipeline.stages.enumerated() {
      switch stage {
      case .expression(let expression): input = check(expression)
      case .command(let command):
        if index == 0, input == nil, command.isLone, refuseAmbiguous(command) {
          input = .broken(command.span)
        } else {
          input = self.command(command, input: input)
        }
      }
    }
    return input ?? .broken(pipeline.span)
  }

  /// Reports a lone word that names both a command and a variable.
  private func refuseAmbiguous(_ command: Command) -> Bool {
    let word = command.name.text
    guard find(word) != nil, isCommand(word) else { return false }
    report(.commandOrVariable(command.name))
    return true
  }

  /// Whether a word begins a command.
  func isCommand(_ word: String) -> Bool {
    functionNames[word] != nil || BuiltinTable.has(word)
      || catalogue.operation(shortForm: word) != nil || catalogue.groups.contains(word)
  }

  private func command(_ command: Command, input: Typed?) -> Typed {
    looks += 1
    switch command.form {
    case .wait(let subject, let condition, let clauses):
      return wait(command, input: input, subject, condition, clauses)
    case .test(let given, let condition):
      return about(command, input: input, given, condition, order: nil)
    case .pick(let given, let selector, let order):
      return about(command, input: input, given, selector, order: order)
    case .exec(let program, let arguments):
      return exec(command, program, arguments, input: input)
    case .plain(let arguments): return plain(command, arguments, input: input)
    }
  }

  private func plain(_ command: Command, _ arguments: [Argument], input: Typed?) -> Typed {
    probe(command.name.text, .command(isPiped: input != nil))
    var rest = arguments[...]
    switch target(of: command.name, &rest) {
    case .function(let index): return call(index, command, Array(rest), input: input)
    case .builtin(let builtin):
      return inRange(self.builtin(builtin, command, Array(rest), input: input))
    case .operation(let operation):
      return self.operation(operation, command, Array(rest), input: input)
    case .unknown:
      checkLoosely(arguments)
      return .broken(command.span)
    }
  }

  /// Reports a known input that the run would refuse.
  private func inRange(_ call: Typed) -> Typed {
    guard case .builtin(let builtin) = call.expression.kind, builtin.builtin == .sleep,
      let input = builtin.input, case .constant(.duration(let duration)) = input.kind
    else { return call }
    if duration.nanoseconds < 0 {
      report(.outOfLimits("`sleep`", "at least 0s", .duration(duration), input.span))
    }
    return call
  }

  /// No command that comes with the program has a longer name, in bytes.
  private static let longestCommand = 64

  /// What a command's name stands for; takes the second word of a name of two words.
  private func target(of name: Name, _ arguments: inout ArraySlice<Argument>) -> CommandTarget {
    if let index = functionNames[name.text] { return .function(index) }
    // A word that may be of any length is made comparable anew for each comparison.
    guard name.text.utf8.count <= Self.longestCommand else {
      if !lacksNames { report(unknown(name)) }
      return .unknown
    }
    if let formats = BuiltinTable.formats(of: name.text) {
      return format(of: name, formats, &arguments)
    }
    if name.text == Operation.requestGroup { return request(name, &arguments) }
    if let builtin = Builtin(rawValue: name.text) { return .builtin(builtin) }
    if let operation = catalogue.operation(shortForm: name.text) { return .operation(operation) }
    if catalogue.groups.contains(name.text) { return action(of: name, &arguments) }
    if let command = SessionCommand(rawValue: name.text) {
      report(.promptCommand(command, isPrompt: session != nil, name.span))
    } else if !lacksNames {
      report(unknown(name))
    }
    return .unknown
  }

  private func format(
    of name: Name, _ formats: [String], _ arguments: inout ArraySlice<Argument>
  ) -> CommandTarget {
    guard let (word, span) = arguments.first?.word else {
      report(.missingFormat(name, formats))
      return .unknown
    }
    probe(word, .format(formats))
    arguments.removeFirst()
    guard let builtin = Builtin(rawValue: "\(name.text) \(word)") else {
      report(.unknownFormat(word, formats, of: name.text, span))
      return .unknown
    }
    return .builtin(builtin)
  }

  /// What `call` stands for: its method, which is written out so that one sees what it may change.
  private func request(
    _ name: Name, _ arguments: inout ArraySlice<Argument>
  ) -> CommandTarget {
    guard let (word, span) = arguments.first?.word else {
      report(.missingMethod(name, Operation.methods))
      return .unknown
    }
    probe(word, .format(Operation.methods))
    arguments.removeFirst()
    guard let operation = Operation.request(word) else {
      report(.unknownMethod(word, Operation.methods, span))
      return .unknown
    }
    return .operation(operation)
  }

  private func action(of group: Name, _ arguments: inout ArraySlice<Argument>) -> CommandTarget {
    let actions = catalogue.actions(of: group.text)
    guard let (word, span) = arguments.first?.word else {
      report(.missingAction(group, actions))
      return .unknown
    }
    probe(word, .action(group: group.text))
    arguments.removeFirst()
    guard let operation = catalogue.operation(group: group.text, action: word) else {
      report(
        .unknownAction(
          word, of: group.text, suggestion: NearestName.of(word, among: actions), actions, span))
      return .unknown
    }
    return .operation(operation)
  }

  /// The diagnostic for a name that no command has.
  func unknown(_ name: Name) -> Diagnostic {
    if find(name.text) != nil { return .variableAsCommand(name) }
    if subjects.last?.schema.fieldNames?.contains(name.text) == true {
      return .fieldAsCommand(name)
    }
    if let advice = BorrowedCommand.advice(name.text) { return .borrowedCommand(name, advice) }
    let names =
      BuiltinTable.words + functionNames.keys.sorted() + catalogue.groups + catalogue.shortForms
      + Self.statementWords.sorted()
      + (session == nil ? [] : SessionCommand.allCases.map(\.rawValue))
    return .unknownCommand(
      name.text, name.span, suggestion: NearestName.of(name.text, among: names))
  }

  /// Checks the arguments of a command that is not known, for what is wrong in themselves.
  private func checkLoosely(_ arguments: [Argument]) {
    for argument in arguments {
      switch argument.kind {
      case .value(let expression), .spread(let expression):
        _ = check(expression, .argument(.any))
      case .option(_, let expression): if let expression { _ = check(expression, .argument(.any)) }
      }
    }
  }
}

extension Command {
  /// Whether it is a word alone.
  fileprivate var isLone: Bool {
    switch form {
    case .plain(let arguments): arguments.isEmpty
    case .test(nil, nil), .pick(nil, nil, nil): true
    default: false
    }
  }
}

extension Argument {
  /// The word, where it is one.
  fileprivate var word: (String, Span)? {
    switch kind {
    case .value(let expression):
      switch expression.kind {
      case .word(let word): return (word, span)
      case .text(let pieces, quoted: true):
        if pieces.count == 1, case .literal(let text) = pieces.first { return (text, span) }
        return nil
      default: return nil
      }
    default: return nil
    }
  }
}
