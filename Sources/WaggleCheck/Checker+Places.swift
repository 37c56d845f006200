import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// What an operation is given by place: the ids of its path, then fields of its body.
struct OperationPlaces {
  /// The values in the order typed; which is which is for the run to say where it is not known here.
  var values: [CheckedExpression] = []
  /// Whether one of the ids is a list; nil where only the run knows.
  var fansOut: Bool? = false
  /// Where that list stands.
  var list: Span?
  /// How many ids are given, as far as it is known.
  var ids = 0
  /// How many fields are given.
  var fields = 0
  /// Whether `ids` is certain: a value of any kind may be a record that serves for several.
  var isSure = true
  /// The fields that are given, by the API's names.
  var given: [String] = []
  /// Lists that are spread, of which nothing is known.
  var spreads: [CheckedExpression] = []
  /// Whether something was reported, so that nothing is missing for sure.
  var hasMistake = false
}

extension Checker {
  /// Checks what an operation is given by place.
  ///
  /// A record serves for as many of the ids in a row as it carries, so that a task alone says which
  /// task of which agent is meant.
  func places(
    _ sorted: Arguments<OperationOption>, of operation: Operation, _ command: Command
  ) -> OperationPlaces {
    var places = OperationPlaces()
    places.hasMistake = sorted.hasMistake
    for value in sorted.values {
      if case .spread(let list) = value {
        spread(list, to: &places)
      } else if places.ids < operation.pathParameters.count {
        let ids = operation.pathParameters[places.ids...]
        take(value, for: ids, of: operation, to: &places)
      } else if places.fields < operation.positional.count {
        take(value, forField: operation.positional[places.fields], of: operation, to: &places)
      } else {
        refuse(value, of: operation)
        places.hasMistake = true
        break
      }
    }
    if !places.hasMistake, places.isSure,
      let first = operation.pathParameters.dropFirst(places.ids).first
    {
      report(.missingID(first, of: operation, command.name.span))
    }
    return places
  }

  private func spread(_ list: Typed, to places: inout OperationPlaces) {
    if list.schema.isAny {
      places.spreads.append(list.expression)
      places.isSure = false
    } else {
      report(.spreadIDs(list.span))
      places.hasMistake = true
    }
  }

  private func take(
    _ value: Arguments<OperationOption>.Value, for ids: ArraySlice<Parameter>,
    of operation: Operation, to places: inout OperationPlaces
  ) {
    guard let parameter = ids.first else { return }
    let id = self.id(value, parameter, isSure: places.isSure || operation.positional.isEmpty)
    let one = id.schema.isList ? id.schema.element : id.schema
    if id.schema.isList {
      places.fansOut = true
      places.list = id.span
    } else if id.schema.isAny, places.fansOut == false {
      places.fansOut = nil
    }
    if one.isAny, ids.count > 1 { places.isSure = false }
    let served = one.type.map { type in ids.prefix { $0.isServed(by: type) }.count } ?? 1
    places.ids += max(served, 1)
    places.values.append(id.expression)
  }

  private func take(
    _ value: Arguments<OperationOption>.Value, forField name: String, of operation: Operation,
    to places: inout OperationPlaces
  ) {
    guard let parameter = operation.parameter(named: name) else { return }
    places.fields += 1
    if places.isSure { places.given.append(name) }
    let typed =
      places.isSure
      ? filling(value, parameter, as: "`\(parameter.name)`") : checked(value, .any, as: "")
    places.values.append(typed.expression)
  }

  private func refuse(_ value: Arguments<OperationOption>.Value, of operation: Operation) {
    let takes = operation.pathParameters.count + operation.positional.count
    if case .piped(let input) = value {
      report(.takesNoInput(operation, input.span))
    } else {
      report(.tooManyArguments(operation.command, takes: takes, value.span))
    }
  }

  private func id(
    _ value: Arguments<OperationOption>.Value, _ parameter: Parameter, isSure: Bool
  ) -> Typed {
    let id: Typed =
      switch value {
      case .piped(let typed), .spread(let typed): typed
      case .typed(let expression): idTyped(expression, parameter)
      }
    let one = id.schema.isList ? id.schema.element : id.schema
    let serves =
      switch one.family {
      case nil, .text: true
      case .record: one.type.map(parameter.isServed) ?? true
      default: false
      }
    guard serves else {
      report(.servesNoID(one, parameter, id.span))
      return .broken(id.span)
    }
    return isSure ? judgedID(id, parameter) : id
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
}

extension Parameter {
  /// Whether a record of a type serves for it.
  func isServed(by type: RecordType) -> Bool { serves.contains { $0.type == type.name } }
}
