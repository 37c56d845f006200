package import WaggleValues

/// Judging values before they are sent; the sandbox has judging code of its own.
extension Parameter {
  /// Says why a value may not be sent for the parameter; nil where it may.
  ///
  /// A time or duration serves for text, as it prints. An open choice takes any text here: whether a
  /// new one was meant is for the checker to ask.
  package func problem(with value: Value) -> ParameterProblem? {
    problem(with: value, as: schema, item: nil)
  }

  private func problem(with value: Value, as schema: Schema, item: Int?) -> ParameterProblem? {
    switch schema {
    case .text, .choice: textProblem(with: value, schema, item)
    case .list(let element): listProblem(with: value, of: element)
    case .int, .number, .float: numberProblem(with: value, schema, item)
    default: schema.matches(value) ? nil : kindProblem(value, schema, item)
    }
  }

  private func textProblem(with value: Value, _ schema: Schema, _ item: Int?) -> ParameterProblem? {
    guard let text = value.textForWire else { return kindProblem(value, schema, item) }
    if case .choice(let values, open: false) = schema, !values.contains(text) {
      return ParameterProblem(name, item: item, .choice(values, actual: text))
    }
    guard let length else { return nil }
    let count = text.unicodeScalars.count
    guard length.contains(count) else {
      return ParameterProblem(name, item: item, .length(length, actual: count))
    }
    return nil
  }

  private func listProblem(with value: Value, of element: Schema) -> ParameterProblem? {
    guard case .list(let list) = value else { return kindProblem(value, schema, nil) }
    for (position, value) in list.elements.enumerated() {
      if let problem = problem(with: value, as: element, item: position) { return problem }
    }
    return nil
  }

  private func numberProblem(
    with value: Value, _ schema: Schema, _ item: Int?
  ) -> ParameterProblem? {
    guard schema.matches(value) else { return kindProblem(value, schema, item) }
    guard let range else { return nil }
    if case .int(let number) = value, range.contains(number) { return nil }
    return ParameterProblem(name, item: item, .range(range, actual: value.plainText))
  }

  private func kindProblem(_ value: Value, _ schema: Schema, _ item: Int?) -> ParameterProblem {
    ParameterProblem(name, item: item, .kind(valid: schema.withArticle, actual: value.article))
  }
}

extension Value {
  /// The characters that a text parameter sends for the value; nil for kinds that are no text.
  var textForWire: String? {
    switch self {
    case .text(let text): text
    case .secret(let secret): secret.revealed
    case .time(let time): time.text
    case .duration: plainText
    default: nil
    }
  }
}

extension Operation {
  /// Says what is wrong with the query and the body of a call, in the order of the parameters.
  package func problems(
    query given: [(name: String, value: Value)], body record: Record?
  ) -> [ParameterProblem] {
    var problems: [ParameterProblem] = []
    for parameter in query {
      let value = given.last { $0.name == parameter.name }?.value
      problems += problem(of: parameter, given: value)
    }
    for parameter in body { problems += problem(of: parameter, given: record?[parameter.name]) }
    problems += unknown(given.map(\.name), among: query)
    problems += unknown(record?.keys ?? [], among: body)
    problems += brokenRules(record)
    return problems + oversize(record)
  }

  private func problem(of parameter: Parameter, given value: Value?) -> [ParameterProblem] {
    guard let value else {
      return parameter.isRequired ? [ParameterProblem(parameter.name, .missing)] : []
    }
    return parameter.problem(with: value).map { [$0] } ?? []
  }

  private func unknown(_ names: [String], among parameters: [Parameter]) -> [ParameterProblem] {
    names.filter { name in !parameters.contains { $0.name == name } }.map {
      ParameterProblem($0, .unknown(choices: parameters.map(\.name)))
    }
  }

  private func brokenRules(_ record: Record?) -> [ParameterProblem] {
    rules.compactMap { rule in
      switch rule {
      case .oneOf(let names):
        names.contains { record?[$0] != nil }
          ? nil : ParameterProblem(names.first ?? "body", .missingOneOf(names))
      }
    }
  }

  private func oversize(_ record: Record?) -> [ParameterProblem] {
    guard let record, let maxBodyBytes else { return [] }
    let count = Value.record(record).revealedJSON.count
    return count > maxBodyBytes
      ? [ParameterProblem("body", .bodyBytes(max: maxBodyBytes, actual: count))] : []
  }
}

extension Call {
  /// Everything that is wrong with the call; empty for one that may be sent.
  package var problems: [ParameterProblem] {
    pathProblems + operation.problems(query: query, body: body)
  }

  /// Refuses a call that must not be sent: held back, with every problem in the message.
  package func validate() throws(CallFault) {
    let problems = problems
    if let first = problems.first { throw .invalid(self, first, problems.dropFirst()) }
  }

  private var pathProblems: [ParameterProblem] {
    guard path.count == operation.pathParameters.count else {
      let wanted = operation.pathParameters.count
      return [ParameterProblem("path", .idCount(wanted: wanted, actual: path.count))]
    }
    return zip(operation.pathParameters, path).compactMap { parameter, id in
      if id == "." || id == ".." { return ParameterProblem(parameter.name, .pathStep(id)) }
      return parameter.problem(with: .text(id))
    }
  }
}
