package import WaggleValues

/// The catalogue as an OpenAPI document, so that other programs can try a gateway or the sandbox.
extension Catalogue {
  /// An OpenAPI 3.1 document of operations.
  package func openAPI(_ operations: [Operation], server: String) -> Value {
    var paths = Record()
    for operation in operations {
      var methods = Record()
      if case .record(let before)? = paths[operation.path] { methods = before }
      let links = operation.links(to: operations, in: self)
      try? methods.set(operation.method.lowercased(), operation.openAPI(links: links))
      try? paths.set(operation.path, .record(methods))
    }
    return .object([
      ("openapi", .text("3.1.0")),
      ("info", .object([("title", .text("BeeOS Open API")), ("version", .text("1.1.0"))])),
      ("servers", .array([.object([("url", .text(server))])])),
      ("security", .array([.object([("bearer", .array([]))])])),
      ("paths", .record(paths)),
      (
        "components",
        .object([
          (
            "securitySchemes",
            .object([
              ("bearer", .object([("type", .text("http")), ("scheme", .text("bearer"))]))
            ])
          ),
          ("schemas", .object(types(of: operations).map { ($0.name, $0.openAPI) } + Self.errors)),
        ])
      ),
    ])
  }

  /// The contract's error envelope; two refusals of the runtime are bare.
  private static let errors: [(String, Value?)] = [
    (
      "ErrorResponse",
      .openObject(
        required: ["success", "error"],
        [
          ("success", .object([("const", .bool(false))])),
          (
            "error",
            .openObject(
              required: ["code", "message"],
              ["type", "code", "message", "request_id", "param"].map { ($0, .ofType("string")) } + [
                ("metadata", .ofType("object"))
              ])
          ),
        ])
    ),
    (
      "BareError",
      .openObject(
        required: ["code", "httpStatus"],
        [("code", .ofType("string")), ("httpStatus", .ofType("integer"))])
    ),
  ]
}

extension Operation {
  fileprivate func openAPI(links: Value?) -> Value {
    let header: [Value] =
      if case .header(let isRequired)? = key {
        [
          Parameter(
            Parameter.idempotencyHeader.name, .text, isRequired: isRequired, length: 1...128,
            help: "Makes a repeat the same call"
          ).openAPI(in: "header")
        ]
      } else {
        []
      }
    return .object([
      ("operationId", .text(id)), ("summary", .text(summary)), ("tags", .texts([group])),
      (
        "parameters",
        .array(
          pathParameters.map { $0.openAPI(in: "path") } + query.map { $0.openAPI(in: "query") }
            + headers.map { $0.openAPI(in: "header") } + header)
      ),
      ("requestBody", requestBody), ("responses", .object(responses(links: links))),
    ])
  }

  private var requestBody: Value? {
    guard !body.isEmpty else { return nil }
    var schema: [(String, Value?)] = [
      ("type", .text("object")),
      ("required", requiredFields.isEmpty ? nil : .texts(requiredFields)),
      ("properties", .object(body.map { ($0.name, $0.openAPISchema) })),
      ("additionalProperties", isBodyClosed ? .bool(false) : nil),
    ]
    for rule in rules {
      switch rule {
      case .oneOf(let names):
        schema.append(
          ("anyOf", .array(names.map { .object([("required", .texts([$0]))]) })))
      case .notEmpty: schema.append(("minProperties", .int(1)))
      case .agree: break
      }
    }
    return .object([("required", .flag(needsBody)), ("content", .json(.object(schema)))])
  }

  private var requiredFields: [String] { body.filter(\.isRequired).map(\.name) }

  private func responses(links: Value?) -> [(String, Value?)] {
    var content: [(String, Value?)] = []
    if let schema = success.openAPI { content.append(("application/json", .schema(schema))) }
    if stream != nil { content.append(("text/event-stream", .object([]))) }
    var responses: [(String, Value?)] = [
      (
        String(success.status),
        .object([
          ("description", .text("Done")), ("content", content.isEmpty ? nil : .object(content)),
          ("links", links),
        ])
      )
    ]
    if success.isTwoFaced {
      let rejection = Value.openObject(
        required: ["jsonrpc", "error"],
        [("jsonrpc", .object([("const", .text("2.0"))])), ("error", .ofType("object"))])
      responses.append(
        ("200", .object([("description", .text("Rejected")), ("content", .json(rejection))])))
    }
    let errors = Value.object([
      ("anyOf", .array([.reference("ErrorResponse"), .reference("BareError")]))
    ])
    responses.append(
      ("default", .object([("description", .text("Refused")), ("content", .json(errors))])))
    return responses
  }
}

extension Parameter {
  fileprivate func openAPI(in place: String) -> Value {
    .object([
      ("name", .text(name)), ("in", .text(place)), ("required", .flag(isRequired)),
      ("description", .text(help)), ("schema", openAPISchema),
    ])
  }

  /// What it takes: the schema, with the limits where they belong.
  fileprivate var openAPISchema: Value {
    var members: [(String, Value?)]
    if case .list(let element) = schema {
      members = [
        ("type", .text("array")), ("items", .object(element.openAPI + textLimits)),
        ("minItems", count.map { .int($0.lowerBound) }),
        ("maxItems", count.map { .int($0.upperBound) }),
      ]
      if !fields.isEmpty { members[1].1 = nested }
    } else {
      members =
        schema.openAPI + textLimits + [
          ("minimum", range.map { .int($0.lowerBound) }),
          ("maximum", range.map { .int($0.upperBound) }),
        ]
      if !fields.isEmpty { return nested }
    }
    if isNullable { members.append(("type", .texts(["string", "null"]))) }
    return .object(members)
  }

  private var nested: Value {
    .openObject(
      required: fields.filter(\.isRequired).map(\.name), fields.map { ($0.name, $0.openAPISchema) })
  }

  private var textLimits: [(String, Value?)] {
    let form: (String, Value?) =
      switch self.form {
      case .uuid: ("format", .text("uuid"))
      case .url: ("format", .text("uri"))
      case .identifier: ("pattern", .text("^[A-Za-z0-9][A-Za-z0-9._:-]*$"))
      case .texts: ("additionalProperties", .ofType("string"))
      case .target: ("pattern", .text("^/[^/]"))
      case .ascii: ("pattern", .text("^[ -~]*$"))
      case nil: ("format", nil)
      }
    return [
      ("minLength", length.map { .int($0.lowerBound) }),
      ("maxLength", length.map { .int($0.upperBound) }), form,
    ]
  }
}

extension Schema {
  /// The keywords of it; none for any value.
  fileprivate var openAPI: [(String, Value?)] {
    switch self {
    case .any, .null, .stream: []
    case .bool: [("type", .text("boolean"))]
    case .int: [("type", .text("integer"))]
    case .float, .number: [("type", .text("number"))]
    case .text, .secret, .duration: [("type", .text("string"))]
    case .time: [("type", .text("string")), ("format", .text("date-time"))]
    case .choice(let values, open: false):
      [("type", .text("string")), ("enum", .texts(values))]
    case .choice(let values, open: true):
      [("type", .text("string")), ("examples", .texts(values))]
    case .list(let element):
      [("type", .text("array")), ("items", .object(element.openAPI))]
    case .typed(let type): [("$ref", .text("#/components/schemas/\(type.name)"))]
    case .record: [("type", .text("object"))]
    }
  }
}

extension RecordType {
  fileprivate var openAPI: Value {
    .openObject(
      required: fields.filter { !$0.isOptional }.map(\.name),
      fields.map { ($0.name, .object($0.schema.openAPI)) })
  }
}

extension Success {
  /// The whole body of an answer; nil where there is none.
  fileprivate var openAPI: Value? {
    let data: Value
    switch shape {
    case .nothing, .receipt, .stream, .any: return nil
    case .object: data = .ofType("object")
    case .text: data = .ofType("string")
    case .record(let type): data = .reference(type.name)
    case .list(let type, _):
      let list = Value.object([("type", .text("array")), ("items", .reference(type.name))])
      data = items.map { .openObject(required: [$0], [($0, list)]) } ?? list
    }
    guard isEnveloped else { return data }
    return .openObject(
      required: ["success", "data"],
      [
        ("success", .object([("const", .bool(true))])), ("data", data),
        ("total", .ofType("integer")),
      ])
  }
}

extension Value {
  fileprivate static func ofType(_ name: String) -> Value { .object([("type", .text(name))]) }

  fileprivate static func reference(_ name: String) -> Value {
    .object([("$ref", .text("#/components/schemas/\(name)"))])
  }

  fileprivate static func schema(_ schema: Value) -> Value { .object([("schema", schema)]) }

  fileprivate static func json(_ schema: Value) -> Value {
    .object([("application/json", .schema(schema))])
  }

  /// An object that may have further members.
  fileprivate static func openObject(
    required: [String], _ members: [(String, Value?)]
  ) -> Value {
    .object([
      ("type", .text("object")), ("required", required.isEmpty ? nil : .texts(required)),
      ("properties", .object(members)),
    ])
  }
}
