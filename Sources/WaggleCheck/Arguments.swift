import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// The arguments of a command, sorted into values and options.
///
/// An option takes the word behind it unless it is a switch, so sorting needs to know the options.
struct Arguments<Option> {
  /// A value among the arguments.
  enum Value {
    /// What came through the pipe.
    case piped(Typed)
    case typed(Expression)
    /// `...$list`.
    case spread(Typed)

    var span: Span {
      switch self {
      case .piped(let value), .spread(let value): value.span
      case .typed(let expression): expression.span
      }
    }
  }

  var values: [Value] = []
  /// The options with what is given for them; nil for a switch that stands alone.
  var options: [(option: Option, name: Name, value: Expression?)] = []
  /// Records that are spread into options.
  var records: [Typed] = []
  /// Whether an option was reported: it may have been meant for one that is missing.
  var hasMistake = false
}

extension Checker {
  /// Sorts the arguments of a command; reports options that it does not have.
  func sort<Option>(
    _ arguments: [Argument], input: Typed?, optionNames: [String],
    find: (String) -> Option?, isSwitch: (Option) -> Bool, of command: String
  ) -> Arguments<Option> {
    var sorted = Arguments<Option>()
    if let input { sorted.values.append(.piped(input)) }
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      probe(argument, options: optionNames, given: sorted.options.map(\.name), of: command)
      switch argument.kind {
      case .value(let expression): sorted.values.append(.typed(expression))
      case .spread(let expression):
        let value = check(expression, .argument(.any))
        switch value.schema.family {
        case .record: sorted.records.append(value)
        case nil, .list: sorted.values.append(.spread(value))
        default: report(.cannotSpread(value.schema, value.span))
        }
      case .option(let name, let given):
        let option = find(name.text)
        let value = given ?? taken(from: &rest, bySwitch: option.map(isSwitch) ?? false)
        if let option {
          add(option, name, value, isSwitch(option), to: &sorted)
        } else {
          sorted.hasMistake = true
          report(
            .unknownOption(
              name, of: command, suggestion: NearestName.of(name.text, among: optionNames),
              optionNames))
          if let value { _ = check(value, .argument(.any)) }
        }
      }
    }
    return sorted
  }

  /// The value behind an option: any for one that needs it, `true` or `false` for a switch.
  private func taken(
    from rest: inout ArraySlice<Argument>, bySwitch isSwitch: Bool
  ) -> Expression? {
    guard case .value(let expression) = rest.first?.kind else { return nil }
    if isSwitch { guard case .bool = expression.kind else { return nil } }
    rest.removeFirst()
    return expression
  }

  private func add<Option>(
    _ option: Option, _ name: Name, _ value: Expression?, _ isSwitch: Bool,
    to sorted: inout Arguments<Option>
  ) {
    let first = sorted.options.first { Catalogue.isSameOption($0.name.text, name.text) }
    if let first {
      report(.secondOption(name, first: first.name.span))
    } else if value == nil, !isSwitch {
      sorted.hasMistake = true
      report(.missingOptionValue(name))
    } else {
      sorted.options.append((option, name, value))
    }
  }

  /// Checks one value for what is wanted of it.
  func checked<Option>(
    _ value: Arguments<Option>.Value, _ schema: Schema, as what: String
  ) -> Typed {
    switch value {
    case .piped(let typed), .spread(let typed): expect(typed, schema, as: what)
    case .typed(let expression): wanted(expression, schema, as: what)
    }
  }

  /// Checks the value of an option; a switch alone is true.
  func option(_ value: Expression?, _ name: Name, _ schema: Schema) -> Typed {
    guard let value else { return Typed(.constant(.bool(true)), .bool, name.span) }
    return wanted(value, schema, as: "`--\(name.text)`")
  }
}
