import WaggleCatalogue
import WaggleValues

/// Judges what came over the wire against the catalogue's data, by its own lights.
///
/// What a client checked before sending is not asked: outside clients are judged by this code and
/// clients of this build by the wire, so that both are not wrong together. Of a key or a query
/// parameter that comes twice the last one counts, as with most servers; unknown ones are ignored.
struct Judge {
  let operation: Operation

  /// Judges everything that a request says, in the contract's order.
  func target(
    _ request: WireRequest, _ ids: [Substring], of caller: Owner
  ) throws(Refusal) -> Target {
    let ids = try self.ids(ids)
    let query = try query(request.query)
    let headers = try headers(request.headers)
    let body = operation.body.isEmpty ? Record() : try body(request.body)
    return Target(
      operation: operation, caller: caller, ids: ids, query: query, body: body, headers: headers)
  }

  /// Reads the ids of a path: 1 to 128 code points, properly encoded.
  func ids(_ raw: [Substring]) throws(Refusal) -> [String] {
    var ids: [String] = []
    for (parameter, segment) in zip(operation.pathParameters, raw) {
      guard let id = PercentDecoding.decode(segment) else {
        throw .bad(parameter.name, "percent-encoded UTF-8")
      }
      try judge(text: id, parameter, parameter.name)
      ids.append(id)
    }
    return ids
  }

  /// Reads a query: the parameters that the operation has, as ints and texts.
  func query(_ raw: String) throws(Refusal) -> [String: Value] {
    var query: [String: Value] = [:]
    for pair in raw.split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      guard let name = PercentDecoding.decode(name, plusIsSpace: true),
        let parameter = operation.query.first(where: { $0.name == name })
      else { continue }
      let rest = pair.dropFirst(pair.prefix { $0 != "=" }.count + 1)
      guard let text = PercentDecoding.decode(rest, plusIsSpace: true) else {
        throw .bad(parameter.name, "percent-encoded UTF-8")
      }
      query[parameter.name] = try value(text, parameter)
    }
    return query
  }

  /// Reads the header fields: the key, where the operation takes one there, and its own.
  private func headers(
    _ raw: [(name: String, value: String)]
  ) throws(Refusal) -> [String: String] {
    let headers = Dictionary(raw, uniquingKeysWith: { $1 })
    if case .header(let isRequired) = operation.key {
      let key = headers["idempotency-key"] ?? ""
      if key.isEmpty, isRequired { throw .missing("Idempotency-Key") }
      if key.unicodeScalars.count > 128 {
        throw .bad("Idempotency-Key", "a string of 1 to 128 characters")
      }
    }
    for parameter in operation.headers {
      guard let text = headers[parameter.name.lowercased()] else {
        if parameter.isRequired { throw .missing(parameter.name) }
        continue
      }
      try judge(text: text, parameter, parameter.name)
    }
    return headers
  }

  /// What the contract brings into its range rather than refuses.
  func isClamped(_ parameter: Parameter) -> Bool {
    ["invokeAgent timeout_ms", "listWebhookDeliveries limit"]
      .contains("\(operation.id) \(parameter.name)")
  }

  private func value(_ text: String, _ parameter: Parameter) throws(Refusal) -> Value {
    guard case .int = parameter.schema else {
      try judge(text: text, parameter, parameter.name)
      return .text(text)
    }
    let digits = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
    guard digits.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(text) else {
      throw .bad(parameter.name, "an integer")
    }
    if isClamped(parameter), let range = parameter.range {
      return .int(min(max(number, range.lowerBound), range.upperBound))
    }
    guard parameter.range?.contains(number) ?? true else {
      throw .bad(parameter.name, demand(parameter))
    }
    return .int(number)
  }
}
