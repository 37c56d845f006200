package import WaggleValues

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
    if !takesAnyBody { problems += unknown(record?.keys ?? [], among: body) }
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
      case .notEmpty:
        record?.keys.isEmpty == false
          ? nil
          : ParameterProblem("body", .missingOneOf(body.filter { $0.alias == nil }.map(\.name)))
      case .agree(let name, let alias): disagreement(record?[name], record?[alias], name, alias)
      }
    }
  }

  private func disagreement(
    _ value: Value?, _ other: Value?, _ name: String, _ alias: String
  ) -> ParameterProblem? {
    guard let value, let other, value.json() != other.json() else { return nil }
    return ParameterProblem(name, .disagrees(with: alias))
  }

  private func oversize(_ record: Record?) -> [ParameterProblem] {
    guard let record, let maxBodyBytes else { return [] }
    let count = Value.record(record).revealedJSON.count
    return count > maxBodyBytes
      ? [ParameterProblem("body", .bodyBytes(max: maxBodyBytes, actual: count))] : []
  }
}
