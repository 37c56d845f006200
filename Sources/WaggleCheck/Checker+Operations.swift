import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// An option of an API command.
enum OperationOption {
  case parameter(Parameter)
  case body
  case limit
  case page
}

extension Operation {
  fileprivate var isPaged: Bool { success.isPaged }

  /// The parameters that are options: which page is the command's own business.
  fileprivate var options: [Parameter] { commandOptions }

  /// Which page of a list that comes in numbered pages.
  fileprivate var pageParameter: Parameter? {
    guard case .list(_, .page) = success.shape else { return nil }
    return query.first { $0.name == "page" }
  }

  /// The names of all options, for suggestions.
  fileprivate var optionNames: [String] {
    options.map(\.option) + (body.isEmpty ? [] : ["body"]) + (isPaged ? ["limit"] : [])
      + (pageParameter == nil ? [] : ["page"])
  }

  fileprivate func option(_ name: String) -> OperationOption? {
    if let parameter = options.first(where: { Catalogue.isSameOption($0.name, name) }) {
      return .parameter(parameter)
    }
    if Catalogue.isSameOption("body", name), !body.isEmpty { return .body }
    if isPaged, Catalogue.isSameOption("limit", name) { return .limit }
    if pageParameter != nil, Catalogue.isSameOption("page", name) { return .page }
    return nil
  }

  /// What a call of it gives.
  fileprivate var schema: Schema { success.shape.schema }
}

extension OperationOption {
  fileprivate var isSwitch: Bool {
    if case .parameter(let parameter) = self, case .bool = parameter.schema { true } else { false }
  }
}

extension Checker {
  /// Checks the call of an API operation.
  func operation(
    _ operation: Operation, _ command: Command, _ arguments: [Argument], input: Typed?
  ) -> Typed {
    let sorted = sort(
      arguments, input: input, optionNames: operation.optionNames, find: operation.option,
      isSwitch: \.isSwitch, of: operation.command)
    var call = OperationCall()
    let (ids, fansOut) = self.ids(sorted, of: operation, command, &call)
    for (option, name, value) in sorted.options {
      add(option, name, value, of: operation, to: &call)
    }
    for record in sorted.records {
      call.spreads.append(record.expression)
      take(record, of: operation, into: &call)
    }
    if call.isAllKnown, !sorted.hasMistake { reportMissing(in: call, of: operation, command) }
    if fansOut == false { singleCalls.insert(command.span) }
    if operation.replay == .unsafe { noteUnsafe(operation, command) }
    let word = operation.group == command.name.text ? operation.command : command.name.text
    let checked = CheckedOperation(
      operation, ids: ids, options: call.options, spreads: call.spreads, body: call.body,
      limit: call.limit, page: call.page, site: sites.effect(word))
    let schema: Schema =
      switch fansOut {
      case true?: .list(operation.schema)
      case false?: operation.schema
      case nil: .any
      }
    return Typed(.operation(checked), schema, command.span)
  }

  /// Warns of a call that must not be made twice, in a block that may run again.
  private func noteUnsafe(_ operation: Operation, _ command: Command) {
    if retryDepth > 0 { warn(.unsafeRetry(operation.command, command.span)) }
    function?.unsafeCall = function?.unsafeCall ?? operation.command
  }

  /// What an operation is given.
  private struct OperationCall {
    var options: [(parameter: Parameter, value: CheckedExpression)] = []
    var spreads: [CheckedExpression] = []
    var body: CheckedExpression?
    var limit: CheckedExpression?
    var page: CheckedExpression?
    /// The names of the parameters that are given, one way or another.
    var given: Set<String> = []
    /// Whether nothing else can be given: no record of which the fields are not known.
    var isAllKnown = true
  }

  /// Checks the fields of a record that fills parameters, as far as they are known.
  private func take(_ record: Typed, of operation: Operation, into call: inout OperationCall) {
    guard case .record(let fields?) = record.schema else {
      call.isAllKnown = false
      return
    }
    let values = record.expression.entries
    for (name, schema) in fields {
      var value = record
      value.schema = schema
      if let known = values[name] { value.expression = known }
      guard let parameter = operation.parameter(named: name) else {
        let names = operation.options.map(\.option)
        call.isAllKnown = false
        report(
          .unknownOption(
            Name(name, value.span), of: operation.command,
            suggestion: NearestName.of(name, among: names), names))
        continue
      }
      call.given.insert(parameter.name)
      _ = judged(expect(value, parameter.schema, as: "`\(parameter.name)`"), parameter)
    }
  }

  /// Checks the ids; also says whether one of them is a list, nil where only the run knows.
  private func ids(
    _ sorted: Arguments<OperationOption>, of operation: Operation, _ command: Command,
    _ call: inout OperationCall
  ) -> (ids: [CheckedExpression], fansOut: Bool?) {
    var ids: [CheckedExpression] = []
    var fansOut: Bool? = false
    var hasMistake = sorted.hasMistake
    for value in sorted.values {
      if case .spread(let value) = value {
        if value.schema.isAny {
          call.spreads.append(value.expression)
          call.isAllKnown = false
        } else {
          report(.spreadIDs(value.span))
          hasMistake = true
        }
      } else if ids.count < operation.pathParameters.count {
        let id = self.id(value, operation.pathParameters[ids.count])
        if id.schema.isList {
          fansOut = true
        } else if id.schema.isAny, fansOut == false {
          fansOut = nil
        }
        ids.append(id.expression)
      } else {
        refuse(value, of: operation)
        call.isAllKnown = false
        break
      }
    }
    if !hasMistake, let first = operation.pathParameters.dropFirst(ids.count).first {
      report(.missingID(first, of: operation, command.name.span))
    }
    return (ids, fansOut)
  }

  private func refuse(_ value: Arguments<OperationOption>.Value, of operation: Operation) {
    if case .piped(let input) = value {
      report(.takesNoInput(operation, input.span))
    } else {
      report(
        .tooManyArguments(
          operation.command, takes: operation.pathParameters.count, value.span))
    }
  }

  private func id(_ value: Arguments<OperationOption>.Value, _ parameter: Parameter) -> Typed {
    let id: Typed =
      switch value {
      case .piped(let typed), .spread(let typed): typed
      case .typed(let expression): idTyped(expression, parameter)
      }
    let one = id.schema.isList ? id.schema.element : id.schema
    let serves =
      switch one.family {
      case nil, .text: true
      case .record:
        one.type.map { type in parameter.serves.contains { $0.type == type.name } } ?? true
      default: false
      }
    guard serves else {
      report(.servesNoID(one, parameter, id.span))
      return .broken(id.span)
    }
    return judgedID(id, parameter)
  }

  /// Holds known ids, one or a list of them, against what an id may be.
  func judgedID(_ value: Typed, _ parameter: Parameter) -> Typed {
    judged(value, parameter) { id in
      guard case .text(let text) = id else { return parameter.problem(with: id) }
      return parameter.problem(withID: text)
    }
  }

  private func idTyped(_ expression: Expression, _ parameter: Parameter) -> Typed {
    if expression.isMark { probe?.note(.id(parameter)) }
    return check(expression, .argument(parameter.schema))
  }

  /// Holds a known value against the limits of its parameter.
  private func judged(_ value: Typed, _ parameter: Parameter, called name: String? = nil) -> Typed {
    judged(value, parameter, called: name, by: parameter.problem)
  }

  private func judged(
    _ value: Typed, _ parameter: Parameter, called name: String? = nil,
    by problem: (Value) -> ParameterProblem?
  ) -> Typed {
    guard !value.schema.isAny, let constant = value.constant else { return value }
    var values = [constant]
    if case .list(let list) = constant, !parameter.schema.isList { values = list.elements }
    guard let found = values.lazy.compactMap(problem).first else { return value }
    let named = ParameterProblem(name ?? found.parameter, item: found.item, found.cause)
    report(.valueOutOfLimits(named.message, value.span))
    return .broken(value.span)
  }

  private func add(
    _ option: OperationOption, _ name: Name, _ value: Expression?, of operation: Operation,
    to call: inout OperationCall
  ) {
    switch option {
    case .parameter(let parameter):
      let option = self.option(value, name, parameter.schema)
      let given = judged(option, parameter, called: "--\(parameter.option)")
      call.options.append((parameter, given.expression))
      call.given.insert(parameter.name)
    case .body:
      let fields = operation.body.map { (name: $0.name, schema: $0.schema) }
      let body = self.option(value, name, .record(fields))
      call.body = body.expression
      take(body, of: operation, into: &call)
    case .limit: call.limit = notNegative(self.option(value, name, .int), name)
    case .page:
      let page = self.option(value, name, .int)
      let given = operation.pageParameter.map { judged(page, $0, called: "--\($0.option)") }
      call.page = (given ?? page).expression
    }
  }

  private func notNegative(_ value: Typed, _ name: Name) -> CheckedExpression {
    if case .int(let number) = value.constant, number < 0 {
      report(.outOfLimits("`--\(name.text)`", "at least 0", .int(number), value.span))
    }
    return value.expression
  }

  private func reportMissing(
    in call: OperationCall, of operation: Operation, _ command: Command
  ) {
    let given = call.given
    for parameter in operation.query + operation.headers + operation.body
    where parameter.isRequired && !given.contains(parameter.name) {
      report(.missingOption(parameter.option, of: operation, command.name.span))
    }
    for rule in operation.rules {
      switch rule {
      case .oneOf(let names):
        if given.isDisjoint(with: names) {
          report(.missingOneOf(names.map(Parameter.option), of: operation, command.name.span))
        }
      case .notEmpty:
        if given.isEmpty {
          let names = operation.body.filter { $0.alias == nil }.map(\.option)
          report(.missingOneOf(names, of: operation, command.name.span))
        }
      case .agree: break
      }
    }
  }
}

extension CheckedExpression {
  /// The values of a record that is written out.
  fileprivate var entries: [String: CheckedExpression] {
    guard case .record(let entries) = kind else { return [:] }
    var values: [String: CheckedExpression] = [:]
    for case .value(let name, let value) in entries { values[name] = value }
    return values
  }
}
