package import WaggleValues

/// The catalogue as a value, for `waggle api --json` and for comparing it with the contract.
extension Catalogue {
  /// All operations, those of a group, or one of them, with the types that they give.
  ///
  /// Members that say nothing (no limit, no form) are left out. The order is that of the catalogue.
  package func document(_ operations: [Operation]) -> Value {
    .object([
      ("api", .text("BeeOS Open API")),
      ("operations", .array(operations.map(\.document))),
      ("types", .array(types(of: operations).map { document(of: $0) })),
    ])
  }

  /// The types that operations give and those of their fields, each once.
  func types(of operations: [Operation]) -> [RecordType] {
    var names: [String] = []
    var types: [RecordType] = []
    for operation in operations {
      for type in operation.givenTypes { Self.add(type, to: &types, &names) }
    }
    return types
  }

  /// Adds a type and those of its fields, each once.
  private static func add(_ type: RecordType, to types: inout [RecordType], _ names: inout [String])
  {
    guard !names.contains(type.name) else { return }
    names.append(type.name)
    types.append(type)
    for field in type.fields {
      if let inner = field.schema.recordType { add(inner, to: &types, &names) }
    }
  }

  private func document(of type: RecordType) -> Value {
    let entry = entry(of: type)
    let life = entry?.lifecycle
    return .object([
      ("name", .text(type.name)),
      (
        "fields",
        .array(
          type.fields.map { field in
            .object(
              [("name", .text(field.name))] + field.schema.members + [
                ("optional", .flag(field.isOptional))
              ])
          })
      ),
      ("ids", .texts(entry?.idFields ?? [])),
      ("refresh", entry?.refresh.map(Value.text)),
      ("list", entry?.list.map(Value.text)), ("roll", entry?.roll.map { .text($0.operation) }),
      (
        "lifecycle",
        life.map { life in
          .object([
            ("status", .text(life.status)), ("desired", life.desired.map(Value.text)),
            ("entered", life.entered.map(Value.text)), ("error", life.error.map(Value.text)),
            ("isOver", life.isOver.map(Value.text)), ("states", .texts(life.states)),
            ("final", .texts(life.final)), ("failed", .texts(life.failed)),
            ("ready", .object(life.ready.map { ($0.field, .text($0.value)) })),
          ])
        }
      ),
      ("columns", .texts(entry?.columns ?? [])),
    ])
  }
}

extension Operation {
  /// The types of record that it gives, or that stand in its events.
  var givenTypes: [RecordType] {
    let data = success.shape.schema.recordType.map { [$0] } ?? []
    return data + (stream?.frames.map(\.type) ?? [])
  }

  /// Everything that is known of it.
  var document: Value {
    .object([
      ("id", .text(id)), ("group", .text(group)), ("action", .text(action)),
      ("shortForm", shortForm.map(Value.text)), ("method", .text(method)), ("path", .text(path)),
      ("summary", .text(summary)), ("effect", .text("\(effect)")), ("replay", .text("\(replay)")),
      ("key", key.map(\.document)),
      ("pathParameters", .array(pathParameters.map(\.document))),
      ("query", .array(query.map(\.document))), ("headers", .array(headers.map(\.document))),
      ("body", bodyDocument), ("positional", .texts(positional)),
      ("success", success.document), ("stream", stream.map(\.document)),
      ("example", .text(example)),
    ])
  }

  private var bodyDocument: Value? {
    guard !body.isEmpty else { return nil }
    return .object([
      ("required", .flag(needsBody)), ("closed", .flag(isBodyClosed)),
      ("maxBytes", maxBodyBytes.map(Value.int)), ("fields", .array(body.map(\.document))),
      ("rules", .array(rules.map(\.document))),
    ])
  }
}

extension Parameter {
  var document: Value {
    .object(
      [("name", .text(name)), ("option", .text(option))] + schema.members + [
        ("required", .flag(isRequired)), ("nullable", isNullable ? .bool(true) : nil),
        ("secret", isSecret ? .bool(true) : nil),
        ("minLength", length.map { .int($0.lowerBound) }),
        ("maxLength", length.map { .int($0.upperBound) }),
        ("minimum", range.map { .int($0.lowerBound) }),
        ("maximum", range.map { .int($0.upperBound) }),
        ("minItems", count.map { .int($0.lowerBound) }),
        ("maxItems", count.map { .int($0.upperBound) }),
        ("form", form.map { .text("\($0)") }),
        ("fields", fields.isEmpty ? nil : .array(fields.map(\.document))),
        ("preset", preset), ("aliasOf", alias.map(Value.text)),
        (
          "serves",
          serves.isEmpty ? nil : .texts(serves.map { "\($0.type).\($0.field)" })
        ),
        ("help", .text(help)),
      ])
  }
}

extension Schema {
  /// The type of the record, or of the records of a list.
  var recordType: RecordType? {
    switch self {
    case .typed(let type): type
    case .list(let element), .stream(let element): element.recordType
    default: nil
    }
  }

  /// What it says of itself: a kind, and what belongs to it.
  fileprivate var members: [(String, Value?)] {
    switch self {
    case .choice(let values, let isOpen):
      [("kind", .text("choice")), ("values", .texts(values)), ("open", .flag(isOpen))]
    case .list(let element):
      [("kind", .text("list")), ("items", .object(element.members))]
    case .any: [("kind", .text("any"))]
    case .typed(let type): [("kind", .text("record")), ("type", .text(type.name))]
    case .record: [("kind", .text("record"))]
    default: [("kind", .text(description))]
    }
  }
}

extension KeyPlace {
  fileprivate var document: Value {
    switch self {
    case .body(let field):
      .object([("in", .text("body")), ("field", .text(field)), ("required", .flag(false))])
    case .header(let isRequired):
      .object([
        ("in", .text("header")), ("field", .text("Idempotency-Key")),
        ("required", .flag(isRequired)),
      ])
    }
  }
}

extension Rule {
  fileprivate var document: Value {
    switch self {
    case .oneOf(let names): .object([("oneOf", .texts(names))])
    case .notEmpty: .object([("notEmpty", .flag(true))])
    case .agree(let name, let alias): .object([("agree", .texts([name, alias]))])
    }
  }
}

extension Success {
  fileprivate var document: Value {
    let (kind, type, paging): (String, RecordType?, Paging?) =
      switch shape {
      case .record(let type): ("record", type, nil)
      case .list(let type, let paging): ("list", type, paging)
      case .object: ("object", nil, nil)
      case .any: ("any", nil, nil)
      case .receipt: ("receipt", .operationReceipt, nil)
      case .text: ("text", nil, nil)
      case .stream: ("stream", nil, nil)
      case .nothing: ("nothing", nil, nil)
      }
    return .object([
      ("status", .int(status)), ("kind", .text(kind)), ("type", type.map { .text($0.name) }),
      ("enveloped", .flag(isEnveloped)), ("items", items.map(Value.text)),
      ("twoFaced", isTwoFaced ? .bool(true) : nil), ("paging", paging.map(\.document)),
    ])
  }
}

extension Success.Paging {
  fileprivate var document: Value {
    switch self {
    case .none: .object([("style", .text("none"))])
    case .newest(let max): .object([("style", .text("newest")), ("max", .int(max))])
    case .page(let max): .object([("style", .text("page")), ("max", .int(max))])
    case .offset: .object([("style", .text("offset"))])
    case .cursor(let parameter, let next, let max):
      .object([
        ("style", .text("cursor")), ("parameter", .text(parameter)), ("next", .text(next)),
        ("max", .int(max)),
      ])
    case .rows(let max): .object([("style", .text("rows")), ("max", .int(max))])
    }
  }
}

extension StreamGrammar {
  fileprivate var document: Value {
    let (name, member): (String, String?) =
      switch naming {
      case .event: ("event", nil)
      case .member: ("member", nil)
      case .inner(let member): ("inner", member)
      }
    return .object([
      ("naming", .text(name)), ("member", member.map(Value.text)), ("resume", .text("\(resume)")),
      (
        "frames",
        .array(
          frames.map {
            .object([
              ("name", .text($0.name)), ("type", .text($0.type.name)), ("final", .flag($0.isFinal)),
            ])
          })
      ),
    ])
  }
}

/// Short ways to write values down.
extension Value {
  /// A record without the members that are nil; of two of a name the last one counts.
  static func object(_ members: [(String, Value?)]) -> Value {
    var record = Record()
    for case (let name, let value?) in members { try? record.set(name, value) }
    return .record(record)
  }

  static func array(_ values: [Value]) -> Value {
    (try? List(values)).map(Value.list) ?? .null
  }

  static func texts(_ texts: [String]) -> Value { array(texts.map(Value.text)) }

  static func flag(_ flag: Bool) -> Value { .bool(flag) }
}
