import WaggleCatalogue
import WaggleValues

/// Judging bodies: JSON, an object, each field as the operation has it, the rules between them.
extension Judge {
  /// Reads a body.
  ///
  /// One that is empty serves where no field is needed.
  func body(_ bytes: [UInt8]) throws(Refusal) -> Record {
    if bytes.isEmpty, operation.rules.isEmpty, !operation.body.contains(where: \.isRequired) {
      return Record()
    }
    var reader = JSONReader()
    let value: Value
    do throws(JSONError) { value = try reader.read(bytes) } catch { throw .notJSON(error.message) }
    guard case .record(let body) = value else { throw .bodyIsNoObject }
    if operation.isBodyClosed { try judge(closed: body) }
    try judge(body, operation.body, in: "")
    for rule in operation.rules { try judge(body, rule) }
    return body
  }

  private func judge(closed body: Record) throws(Refusal) {
    let known = operation.body.map(\.name)
    if let other = body.keys.first(where: { !known.contains($0) }) {
      throw .bad(other, "left out: there is only \(known.joined(separator: ", "))")
    }
  }

  private func judge(_ body: Record, _ rule: Rule) throws(Refusal) {
    switch rule {
    case .oneOf(let names):
      if !names.contains(where: { body[$0] != nil }) { throw .missingOneOf(names) }
    case .notEmpty:
      if body.keys.isEmpty { throw .bad("body", "an object with at least one field") }
    case .agree(let name, let alias):
      if let one = body[name], let other = body[alias], one.json() != other.json() {
        throw .bad(alias, "the same as \(name)")
      }
    }
  }

  /// Judges the fields of an object; `place` says where it stands, such as `attachments.`.
  private func judge(
    _ record: Record, _ fields: [Parameter], in place: String
  ) throws(Refusal) {
    for field in fields {
      if let value = record[field.name] {
        try judge(value, field, field.schema, place + field.name)
      } else if field.isRequired {
        throw .missing(place + field.name)
      }
    }
  }

  private func judge(
    _ value: Value, _ parameter: Parameter, _ schema: Schema, _ name: String
  ) throws(Refusal) {
    switch (schema, value) {
    case (_, .null) where parameter.isNullable: return
    case (.text, .text(let text)), (.secret, .text(let text)), (.choice, .text(let text)):
      try judge(text: text, parameter, name)
    case (.list(let element), .list(let list)):
      if let count = parameter.count, !count.contains(list.count) {
        throw .bad(name, "an array of \(count.lowerBound) to \(count.upperBound) items")
      }
      for value in list.elements { try judge(value, parameter, element, name) }
    case (.record, .record(let record)), (.typed, .record(let record)):
      try judge(record, parameter, name)
    case (.bool, .bool), (.any, _), (.number, .int), (.number, .float), (.float, .float),
      (.float, .int):
      return
    case (.int, .int(let number)):
      guard isClamped(parameter) || parameter.range?.contains(number) ?? true else {
        throw .bad(name, demand(parameter))
      }
    default: throw .bad(name, demand(parameter))
    }
  }

  private func judge(
    _ record: Record, _ parameter: Parameter, _ name: String
  ) throws(Refusal) {
    if parameter.form == .texts {
      for (key, value) in record where value.revealedText == nil {
        throw .bad("\(name).\(key)", "a string")
      }
    }
    try judge(record, parameter.fields, in: name + ".")
  }

  /// Judges a text: its length, its form, the values that there are.
  func judge(text: String, _ parameter: Parameter, _ name: String) throws(Refusal) {
    if case .choice(let values, open: false) = parameter.schema, !values.contains(text) {
      throw .noChoice(name, values, isAction: ["computer", "mobile"].contains(operation.group))
    }
    // A secret that is empty keeps the one that is there (contract, §13).
    if let length = parameter.length, !(parameter.isSecret && text.isEmpty),
      !length.contains(text.unicodeScalars.count)
    {
      throw .bad(name, demand(parameter))
    }
    if let form = parameter.form, !Self.holds(form, text) { throw .bad(name, form.valid) }
  }

  /// Whether a text has a form, by the judge's own lights.
  private static func holds(_ form: Parameter.Form, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }
    switch form {
    case .uuid:
      return bytes.count == 36
        && bytes.enumerated().allSatisfy { place, byte in
          let isDash = [8, 13, 18, 23].contains(place)
          let isHex = 0x30...0x39 ~= byte || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
          return isDash ? byte == 0x2D : isHex
        }
    case .identifier:
      return bytes.first.map(isAlphanumeric) == true
        && bytes.allSatisfy { isAlphanumeric($0) || Array("._:-".utf8).contains($0) }
    case .url:
      let parts = text.split(separator: "://", maxSplits: 1)
      return parts.count == 2 && ["http", "https"].contains(parts[0].lowercased())
        && parts[1].utf8.first.map { isAlphanumeric($0) || $0 == 0x5B } == true
        && parts[1].utf8.allSatisfy { 0x21...0x7E ~= $0 }
    // Records are judged field by field, targets are no operation's, and what came by a header could.
    case .texts, .target, .ascii: return true
    }
  }

  func demand(_ parameter: Parameter) -> String {
    switch parameter.schema {
    case .record, .typed: "an object"
    case .bool: "true or false"
    case .number, .float: "a number"
    case .list(.text):
      "an array of strings of at most \(parameter.length?.upperBound ?? 0) characters"
    case .list: "an array of objects"
    case .int: parameter.range.map { "from \($0.lowerBound) to \($0.upperBound)" } ?? "an integer"
    default:
      parameter.length.map { "a string of \($0.lowerBound) to \($0.upperBound) characters" }
        ?? "a string"
    }
  }
}
