package import WaggleValues

/// Judging values before they are sent; the sandbox has judging code of its own.
extension Parameter {
  /// Says why a value may not be sent for the parameter; nil where it may.
  ///
  /// A time or duration serves for text, as it prints. An open choice takes any text here: whether
  /// a new one was meant is for the checker to ask.
  package func problem(with value: Value) -> ParameterProblem? {
    if case .null = value {
      if isNullable { return nil }
      if !schema.matches(value) { return ParameterProblem(name, .null) }
    }
    return problem(with: value, as: schema, item: nil)
  }

  /// Says why a text may not stand in the path; nil where it may.
  package func problem(withID id: String) -> ParameterProblem? {
    switch id {
    case ".", "..": ParameterProblem(name, .pathStep(id))
    case "*": ParameterProblem(name, .everything)
    default: problem(with: .text(id))
    }
  }

  private func problem(with value: Value, as schema: Schema, item: Int?) -> ParameterProblem? {
    switch schema {
    case .text, .choice: textProblem(with: value, schema, item)
    case .list(let element): listProblem(with: value, of: element)
    case .int, .number, .float: numberProblem(with: value, schema, item)
    case .record: recordProblem(with: value, schema, item)
    default: schema.matches(value) ? nil : kindProblem(value, schema, item)
    }
  }

  private func textProblem(with value: Value, _ schema: Schema, _ item: Int?) -> ParameterProblem? {
    guard let text = value.textForWire else { return kindProblem(value, schema, item) }
    if case .choice(let values, open: false) = schema, !values.contains(text) {
      return ParameterProblem(name, item: item, .choice(values, actual: text))
    }
    let count = text.unicodeScalars.count
    if let length, !length.contains(count) {
      return ParameterProblem(name, item: item, .length(length, actual: count))
    }
    guard let form, !form.holds(text) else { return nil }
    return ParameterProblem(name, item: item, .form(valid: form.valid, actual: "`\(text)`"))
  }

  private func recordProblem(
    with value: Value, _ schema: Schema, _ item: Int?
  ) -> ParameterProblem? {
    guard case .record(let record) = value else { return kindProblem(value, schema, item) }
    if form == .texts, let other = record.first(where: { $0.value.textForWire == nil }) {
      let kind = ParameterProblem.Cause.kind(valid: "a text", actual: other.value.article)
      return ParameterProblem(name, item: item, .field(ParameterProblem(other.key, kind)))
    }
    for field in fields {
      let problem =
        record[field.name].map(field.problem)
        ?? (field.isRequired ? ParameterProblem(field.name, .missing) : nil)
      if let problem { return ParameterProblem(name, item: item, .field(problem)) }
    }
    return nil
  }

  private func listProblem(with value: Value, of element: Schema) -> ParameterProblem? {
    guard case .list(let list) = value else { return kindProblem(value, schema, nil) }
    if let count, !count.contains(list.elements.count) {
      return ParameterProblem(name, .count(count, actual: list.elements.count))
    }
    for (position, value) in list.elements.enumerated() {
      if let problem = problem(with: value, as: element, item: position) { return problem }
    }
    return nil
  }

  private func numberProblem(
    with value: Value, _ schema: Schema, _ item: Int?
  ) -> ParameterProblem? {
    if takesDurations, case .duration(let duration) = value {
      return durationProblem(with: duration, item)
    }
    guard schema.matches(value) else { return kindProblem(value, schema, item) }
    guard let range else { return nil }
    if case .int(let number) = value, range.contains(number) { return nil }
    return ParameterProblem(name, item: item, .range(range, actual: value.plainText))
  }

  /// A duration is held against the limits in milliseconds, and told as what it is.
  private func durationProblem(with duration: Duration, _ item: Int?) -> ParameterProblem? {
    guard let range, !range.contains(duration.nanoseconds / 1_000_000) else { return nil }
    let ends = [range.lowerBound, range.upperBound].map { milliseconds in
      let (nanoseconds, isTooLong) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
      return Value.duration(Duration(nanoseconds: isTooLong ? .max : nanoseconds)).plainText
    }
    return ParameterProblem(
      name, item: item,
      .form(
        valid: "from \(ends.joined(separator: " to "))",
        actual: Value.duration(duration).plainText))
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
