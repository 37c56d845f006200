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
  /// `--stream`: its answer is printed as it grows.
  case stream
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

  private var takesBody: Bool { !body.isEmpty || takesAnyBody }

  /// The names of all options, for suggestions.
  fileprivate var optionNames: [String] {
    options.map(\.option) + (takesBody ? ["body"] : []) + (isPaged ? ["limit"] : [])
      + (pageParameter == nil ? [] : ["page"]) + (mayStream ? ["stream"] : [])
  }

  fileprivate func option(_ name: String) -> OperationOption? {
    if let parameter = options.first(where: { Catalogue.isSameOption($0.name, name) }) {
      return .parameter(parameter)
    }
    if Catalogue.isSameOption("body", name), takesBody { return .body }
    if isPaged, Catalogue.isSameOption("limit", name) { return .limit }
    if pageParameter != nil, Catalogue.isSameOption("page", name) { return .page }
    if mayStream, Catalogue.isSameOption("stream", name) { return .stream }
    return nil
  }

  /// Whether its answer can come as a stream in the place of a record.
  fileprivate var mayStream: Bool { stream != nil && !isStream }

  fileprivate var isStream: Bool { success.isStream }

  /// What a call of it gives; one that follows a stream gives what is there at its end.
  fileprivate func schema(follows: Bool, in catalogue: Catalogue) -> Schema {
    guard isStream, let stream else { return success.shape.schema }
    guard follows else { return .stream(.typed(stream.item)) }
    return catalogue.lookOperation(of: self)?.success.shape.schema ?? .null
  }
}

extension Operation {
  /// Whether a second call with these parameters may do twice what the first one did.
  fileprivate func isUnsafe(given names: Set<String>) -> Bool {
    switch replay {
    case .unsafe: true
    case .safeWithKey: key.map { !names.contains($0.name) } ?? false
    default: false
    }
  }
}

extension OperationOption {
  fileprivate var isSwitch: Bool {
    switch self {
    case .parameter(let parameter): parameter.schema.family == .bool
    case .stream: true
    default: false
    }
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
    let places = places(sorted, of: operation, command)
    call.take(places)
    for (option, name, value) in sorted.options {
      add(option, name, value, of: operation, to: &call)
    }
    for record in sorted.records {
      call.spreads.append(record.expression)
      take(record, of: operation, into: &call)
    }
    if call.isAllKnown, !places.hasMistake { reportMissing(in: call, of: operation, command) }
    if places.fansOut == false { singleCalls.insert(command.span) }
    if operation.isUnsafe(given: call.given) { noteUnsafe(operation, command) }
    if operation.isStream, operation.shortForm == command.name.text {
      call.follows = CheckedExpression(.constant(.bool(true)), command.name.span)
    }
    let isOneStream = operation.isStream || call.follows != nil
    if places.fansOut == true, isOneStream {
      report(.oneStream(operation, places.list ?? command.span))
    }
    let word = operation.group == command.name.text ? operation.command : command.name.text
    let checked = CheckedOperation(
      operation, places: places.values, options: call.options, spreads: call.spreads,
      body: call.body, limit: call.limit, page: call.page, follows: call.follows,
      site: sites.effect(word))
    let one = operation.schema(follows: call.follows != nil, in: catalogue)
    let schema: Schema =
      switch places.fansOut {
      case true? where !isOneStream: .list(one)
      case false?, true?: one
      case nil: isOneStream ? one : .any
      }
    return Typed(.operation(checked), schema, command.span)
  }

  /// Warns of a call that must not be made twice, in a block that may run again: each round has a
  /// key of its own.
  private func noteUnsafe(_ operation: Operation, _ command: Command) {
    if retryDepth > 0 {
      warn(.unsafeRetry(operation.command, takesKey: operation.key != nil, command.span))
    }
    function?.unsafeCall = function?.unsafeCall ?? operation.command
  }

  /// What an operation is given.
  private struct OperationCall {
    var options: [(parameter: Parameter, value: CheckedExpression)] = []
    var spreads: [CheckedExpression] = []
    var body: CheckedExpression?
    var limit: CheckedExpression?
    var page: CheckedExpression?
    var follows: CheckedExpression?
    /// The names of the parameters that are given, one way or another.
    var given: Set<String> = []
    /// Whether nothing else can be given: no record of which the fields are not known.
    var isAllKnown = true

    mutating func take(_ places: OperationPlaces) {
      spreads = places.spreads
      given.formUnion(places.given)
      if !places.isSure { isAllKnown = false }
    }
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
      _ = fitting(value, parameter, as: "`\(parameter.name)`")
    }
  }

  private func add(
    _ option: OperationOption, _ name: Name, _ value: Expression?, of operation: Operation,
    to call: inout OperationCall
  ) {
    switch option {
    case .parameter(let parameter):
      let given =
        value.map {
          filling($0, parameter, as: "`--\(name.text)`", called: "--\(parameter.option)")
        } ?? Typed(.constant(.bool(true)), .bool, name.span)
      call.options.append((parameter, given.expression))
      if !call.given.insert(parameter.name).inserted {
        report(.givenByPlaceToo(name, of: operation))
      }
    case .body:
      let fields = operation.body.map { (name: $0.name, schema: $0.schema) }
      let body = self.option(value, name, .record(operation.takesAnyBody ? nil : fields))
      call.body = body.expression
      if !operation.takesAnyBody { take(body, of: operation, into: &call) }
    case .limit: call.limit = notNegative(self.option(value, name, .int), name)
    case .stream: call.follows = self.option(value, name, .bool).expression
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
    where parameter.isRequired && parameter.preset == nil && !given.contains(parameter.name) {
      report(.missing(parameter, of: operation, command.name.span))
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
