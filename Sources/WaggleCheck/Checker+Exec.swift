import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks `exec`: its own options, the program, and what the program gets as it is.
  func exec(
    _ command: Command, _ program: Expression, _ arguments: [Argument], input: Typed?
  ) -> Typed {
    probe(command.name.text, .command(isPiped: input != nil))
    let entry = BuiltinTable.entry(.exec)
    var environment: Typed?
    var items: [CheckedItem] = []
    for argument in arguments {
      switch argument.kind {
      case .option(let name, let value): environment = variables(value, name, environment)
      case .value(let expression): items.append(.value(notSecret(expression).expression))
      case .spread(let list): items.append(.spread(check(list, .argument(.any)).expression))
      }
    }
    let text = input.map { fitting($0, entry) }
    let call = CheckedExec(
      program: notSecret(program).expression, arguments: items,
      environment: environment?.expression, input: text?.expression, site: sites.effect("exec"))
    return Typed(.exec(call), entry.result(.text, nil), command.span)
  }

  private func variables(_ value: Expression?, _ name: Name, _ first: Typed?) -> Typed {
    guard name.text == "env" else {
      report(.unknownOption(name, of: "exec", suggestion: nil, ["env"]))
      return .broken(name.span)
    }
    if let first { report(.secondOption(name, first: first.span)) }
    guard let value else {
      report(.missingOptionValue(name))
      return .broken(name.span)
    }
    return option(value, name, .record(nil))
  }

  /// Reports a secret among what everybody on the machine can see.
  private func notSecret(_ expression: Expression) -> Typed {
    let value = check(expression, .argument(.text))
    guard value.schema.family == .secret else { return value }
    report(.secretArgument(value.span))
    return .broken(value.span)
  }
}

extension Typed {
  /// The same value where nobody takes it.
  var dropped: Typed {
    guard case .exec(var call) = expression.kind else { return self }
    call.isTaken = false
    return Typed(.exec(call), .null, span)
  }
}
