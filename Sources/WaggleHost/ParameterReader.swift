import WaggleCheck
import WaggleValues

/// Reads a script's own arguments, `--region eu-west-1 --dry-run`, by the types of its parameters.
struct ParameterReader {
  private let script: String
  private let parameters: [CheckedParameter]

  /// Reads for a script, called so in messages.
  init(_ parameters: [CheckedParameter], of script: String) {
    self.script = script
    self.parameters = parameters
  }

  /// The values in the order of the parameters, nil where the preset serves; throws where one that
  /// has none is not given.
  func read(_ arguments: [String]) throws(UsageError) -> [Value?] {
    var values: [String: Value] = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else { throw .unwantedArgument(argument) }
      let parts = argument.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let parameter = try find(String(parts.first ?? ""))
      guard values[parameter.name] == nil else { throw .parameterTwice(parameter) }
      let text = parts.count > 1 ? String(parts[1]) : try next(for: parameter, from: &rest)
      values[parameter.name] = try value(text, for: parameter)
    }
    let missing = parameters.filter { $0.preset == nil && values[$0.name] == nil }
    guard missing.isEmpty else { throw .missingParameters(missing, of: script) }
    return parameters.map { values[$0.name] }
  }

  /// The parameter of a name; `-` and `_` are the same, as for all options.
  private func find(_ name: String) throws(UsageError) -> CheckedParameter {
    func plain(_ name: String) -> String { String(name.map { $0 == "_" ? "-" : $0 }) }
    guard let parameter = parameters.first(where: { plain($0.name) == plain(name) }) else {
      throw .unknownParameter(name, of: script, among: parameters)
    }
    return parameter
  }

  /// The argument behind a parameter; a bool needs none.
  private func next(
    for parameter: CheckedParameter, from rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    if parameter.type == .bool {
      guard let next = rest.first, ["true", "false"].contains(next) else { return "true" }
      rest.removeFirst()
      return next
    }
    guard let next = rest.popFirst() else { throw .parameterWithoutValue(parameter) }
    return next
  }

  private func value(
    _ text: String, for parameter: CheckedParameter
  ) throws(UsageError) -> Value {
    let (value, valid) = Self.reading(text, as: parameter.type)
    guard let value else { throw .badParameter(parameter, text, valid: valid) }
    return value
  }

  /// The value of a text as a type has it, nil where it is none; and what would be one.
  private static func reading(
    _ text: String, as type: ParameterType
  ) -> (value: Value?, valid: String) {
    let word = (try? Value.reading(word: text)) ?? nil
    switch type {
    case .text: return (.text(text), "text")
    case .any: return (word ?? .text(text), "a value")
    case .int: return (word.flatMap { $0.kind == .int ? $0 : nil }, "a whole number")
    case .float: return (word.flatMap(asFloat), "a number")
    case .bool: return (word.flatMap { $0.kind == .bool ? $0 : nil }, "`true` or `false`")
    case .duration:
      let duration = (try? Duration(spelling: text)) ?? nil
      return (duration.map(Value.duration), "a duration such as 30s or 1h30m")
    case .time:
      let time = try? Timestamp(parsing: text)
      return (time.map(Value.time), "a time such as 2026-05-14T18:00:00Z")
    case .list: return (json(text, .list), "a list as JSON: [\"a\", \"b\"]")
    case .record: return (json(text, .record), "a record as JSON: {\"key\": \"value\"}")
    }
  }

  private static func asFloat(_ value: Value) -> Value? {
    switch value {
    case .int(let int): .float(Double(int))
    case .float: value
    default: nil
    }
  }

  private static func json(_ text: String, _ kind: Kind) -> Value? {
    var reader = JSONReader()
    guard let value = try? reader.read(text), value.kind == kind else { return nil }
    return value
  }
}
