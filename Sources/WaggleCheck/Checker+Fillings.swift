import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// Holding what is given for a parameter of an operation against what it takes.
extension Checker {
  /// Checks a value among the arguments.
  func filling(
    _ value: Arguments<OperationOption>.Value, _ parameter: Parameter, as what: String
  ) -> Typed {
    switch value {
    case .piped(let typed), .spread(let typed): return fitting(typed, parameter, as: what)
    case .typed(let expression): return filling(expression, parameter, as: what)
    }
  }

  /// Checks an expression.
  func filling(
    _ expression: Expression, _ parameter: Parameter, as what: String, called name: String? = nil
  ) -> Typed {
    if parameter.isNullable, case .null = expression.kind {
      return Typed(.constant(.null), .null, expression.span)
    }
    let wanted = wanted(of: expression, parameter)
    return fitting(check(expression, .argument(wanted)), parameter, as: what, called: name)
  }

  /// What is wanted of an expression: a word keeps its spelling where it is to be a text, also as a
  /// field of a record.
  private func wanted(of expression: Expression, _ parameter: Parameter) -> Schema {
    if parameter.takesDurations { return .any }
    if parameter.form == .texts, case .record(let entries) = expression.kind {
      return .record(
        entries.compactMap { entry in
          guard case .value(let name, _) = entry else { return nil }
          return (name.text, .text)
        })
    }
    guard !parameter.fields.isEmpty else { return parameter.schema }
    let fields = Schema.record(parameter.fields.map { ($0.name, $0.schema) })
    return parameter.schema.isList ? .list(fields) : fields
  }

  /// Reports what does not fit: another kind, a record that serves for nothing, a value out of
  /// limits, as far as it is known.
  func fitting(
    _ value: Typed, _ parameter: Parameter, as what: String, called name: String? = nil
  ) -> Typed {
    if value.schema.type.map(parameter.isServed) == true { return value }
    // A `param` or a `def` takes records of any type, and this may be one that serves.
    if !parameter.serves.isEmpty, case .record(nil) = value.schema { return value }
    if case .null = value.schema, parameter.isNullable { return value }
    let isDuration = parameter.takesDurations && value.schema.family == .duration
    let fits = isDuration ? value : expect(value, parameter.schema, as: what)
    if let problem = nestedProblem(in: fits.schema, parameter) {
      report(.valueOutOfLimits(problem.message, value.span))
      return .broken(value.span)
    }
    return judged(fits, parameter, called: name)
  }

  /// What is wrong with the fields of a record, or of the records of a list, whose fields are known.
  private func nestedProblem(in schema: Schema, _ parameter: Parameter) -> ParameterProblem? {
    let one = schema.isList ? schema.element : schema
    guard case .record(let given?) = one else { return nil }
    if parameter.form == .texts {
      return given.first { !$0.schema.mayBe(.text) }.map {
        Self.mismatch($0, Parameter($0.name, .text, help: ""), in: parameter)
      }
    }
    for field in parameter.fields {
      guard let known = given.first(where: { $0.name == field.name }) else {
        guard field.isRequired else { continue }
        return ParameterProblem(parameter.name, .field(ParameterProblem(field.name, .missing)))
      }
      if !known.schema.mayBe(field.schema) { return Self.mismatch(known, field, in: parameter) }
    }
    return nil
  }

  private static func mismatch(
    _ given: (name: String, schema: Schema), _ field: Parameter, in parameter: Parameter
  ) -> ParameterProblem {
    let cause = ParameterProblem.Cause.kind(
      valid: field.schema.withArticle, actual: given.schema.withArticle)
    return ParameterProblem(parameter.name, .field(ParameterProblem(given.name, cause)))
  }

  /// Holds a known value against the limits of its parameter.
  func judged(_ value: Typed, _ parameter: Parameter, called name: String? = nil) -> Typed {
    judged(value, parameter, called: name, by: parameter.problem)
  }

  func judged(
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
}
