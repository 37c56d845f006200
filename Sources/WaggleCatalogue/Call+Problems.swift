import WaggleValues

extension Call {
  /// Everything that is wrong with the call; empty for one that may be sent.
  package var problems: [ParameterProblem] {
    pathProblems + headerProblems + operation.problems(query: query, body: body)
  }

  /// Refuses a call that must not be sent: held back, with its problems in the message.
  package func validate() throws(CallFault) {
    let problems = problems
    if let first = problems.first { throw .invalid(self, first, problems.dropFirst()) }
  }

  private var pathProblems: [ParameterProblem] {
    guard path.count == operation.pathParameters.count else {
      let wanted = operation.pathParameters.count
      return [ParameterProblem("path", .idCount(wanted: wanted, actual: path.count))]
    }
    return zip(operation.pathParameters, path).compactMap { $0.problem(withID: $1) }
  }

  private var headerProblems: [ParameterProblem] {
    operation.allHeaders.compactMap { parameter in
      guard let given = headers.last(where: { $0.name == parameter.name }) else {
        return parameter.isRequired ? ParameterProblem(parameter.name, .missing) : nil
      }
      return parameter.problem(with: .text(given.value))
    }
  }
}
