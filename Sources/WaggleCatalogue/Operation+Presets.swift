import WaggleValues

/// What a call sends where it is given nothing else.
extension Operation {
  func filled(_ given: [(name: String, value: Value)]) -> [(name: String, value: Value)] {
    var filled = given
    for parameter in query where !given.contains(where: { $0.name == parameter.name }) {
      if let preset = parameter.preset { filled.append((parameter.name, preset)) }
    }
    return filled
  }

  func filled(_ given: Record?) -> Record? {
    var filled = given
    for parameter in body where given?[parameter.name] == nil {
      guard let preset = parameter.preset else { continue }
      var record = filled ?? Record()
      try? record.set(parameter.name, preset)
      filled = record
    }
    return filled
  }

  /// Whether a call cannot do without a body.
  package var needsBody: Bool {
    body.contains(where: \.isRequired)
      || rules.contains { if case .notEmpty = $0 { true } else { false } }
  }
}
