package import WaggleTime
package import WaggleValues

/// Making a reply of an answer, or the fault that it is.
extension Reply {
  /// Takes an answer apart as the contract has it, the data typed by the operation.
  ///
  /// Any 2xx is a success, since gateways differ in which one they send. What a client must ignore
  /// (unknown members, absent optional ones) is ignored.
  ///
  /// - Parameters:
  ///   - response: The answer.
  ///   - call: What was asked.
  ///   - now: When the answer came, for a `Retry-After` that is a date.
  /// - Throws: The API's refusal, or a malformed answer: HTML, cut JSON, `success:false` with 200,
  ///   data of another shape.
  package init(
    decoding response: WireResponse, of call: Call, at now: Instant
  ) throws(CallFault) {
    guard (200..<300).contains(response.status) else {
      throw Self.refusal(response, call, now)
    }
    let success = call.operation.success
    let requestID = response.header("x-request-id")
    if case .nothing = success.shape {
      self.init(status: response.status, data: .null, requestID: requestID)
      return
    }
    let body = try Self.json(response, call, schema: success.schema)
    guard success.isEnveloped else {
      try Self.check(body, of: success.shape, call, response)
      self.init(status: response.status, data: body, requestID: requestID)
      return
    }
    let (data, total) = try Self.opened(body, call, response)
    try Self.check(data, of: success.shape, call, response)
    self.init(status: response.status, data: data, total: total, requestID: requestID)
  }

  private static func json(
    _ response: WireResponse, _ call: Call, schema: Schema
  ) throws(CallFault) -> Value {
    var reader = JSONReader(as: schema)
    do throws(JSONError) {
      return try reader.read(response.body)
    } catch {
      throw .malformed(
        call, response, valid: "JSON", actual: response.guise ?? "cannot be read: \(error.message)")
    }
  }

  /// Takes the data and the total out of `{"success":true,"data":…}`.
  private static func opened(
    _ body: Value, _ call: Call, _ response: WireResponse
  ) throws(CallFault) -> (data: Value, total: Int?) {
    guard case .record(let envelope) = body else {
      throw .malformed(call, response, valid: "an envelope", actual: "is \(body.article)")
    }
    guard case .bool(true)? = envelope["success"] else {
      let actual = envelope["success"]?.plainText ?? "absent"
      throw .malformed(
        call, response, valid: "a success", actual: "its `success` is \(actual)")
    }
    guard let data = envelope["data"] else {
      throw .malformed(call, response, valid: "an envelope with `data`", actual: "has none")
    }
    switch envelope["total"] {
    case nil, .null?: return (data, nil)
    case .int(let total)? where total >= 0: return (data, total)
    case let total?:
      throw .malformed(
        call, response, valid: "a list with a count as `total`",
        actual: "that is \(total.plainText)")
    }
  }

  private static func check(
    _ data: Value, of form: Success.Form, _ call: Call, _ response: WireResponse
  ) throws(CallFault) {
    switch (form, data) {
    case (.nothing, _), (.text, .text): return
    case (.record(let type), .record(let record)):
      try check(record, type, "the \(type.name)", call, response)
    case (.list(let type, _), .list(let list)):
      for (position, element) in list.elements.enumerated() {
        let what = "\(type.name) \(position + 1) of the list"
        guard case .record(let record) = element else {
          throw .malformed(
            call, response, valid: "a list of records", actual: "\(what) is \(element.article)")
        }
        try check(record, type, what, call, response)
      }
    default:
      throw .malformed(
        call, response, valid: "\(form.article) as `data`", actual: "it is \(data.article)")
    }
  }

  /// Holds a record against what everything else rests on: its id and its state.
  private static func check(
    _ record: Record, _ type: RecordType, _ what: String, _ call: Call, _ response: WireResponse
  ) throws(CallFault) {
    guard let entry = Catalogue.beeOS.entry(of: type) else { return }
    for field in [entry.idField, entry.lifecycle?.status].compactMap({ $0 }) {
      if case .text(let text)? = record[field], !text.isEmpty { continue }
      let actual = record[field].map { $0.json() } ?? "absent"
      throw .malformed(
        call, response, valid: "records with a text as `\(field)`",
        actual: "that of \(what) is \(actual)")
    }
  }
}

/// Reading refusals.
extension Reply {
  private static func refusal(
    _ response: WireResponse, _ call: Call, _ now: Instant
  ) -> CallFault {
    if (300..<400).contains(response.status) {
      return .malformed(
        call, response, valid: "JSON", actual: "is a redirect, which is not followed")
    }
    var reader = JSONReader()
    let body: Value
    do throws(JSONError) {
      body = try reader.read(response.body)
    } catch {
      return .malformed(
        call, response, valid: "JSON", actual: response.guise ?? "cannot be read: \(error.message)",
        retryAfter: response.retryAfter(now: now))
    }
    guard let error = error(in: body) else {
      return .malformed(
        call, response, valid: "an error with `code` and `message`",
        actual: "is \(body.article) without them", retryAfter: response.retryAfter(now: now))
    }
    return CallFault(
      .refused, operation: call.operation.id, status: response.status, code: error.code,
      message: error.message, parameter: error.record.filled("param"),
      requestID: error.record.filled("request_id") ?? response.header("x-request-id"),
      retryAfter: response.retryAfter(now: now),
      isOutcomeUnknown: call.operation.effect != .read && response.leavesOpen
        && !notCarriedOut.contains(error.code))
  }

  /// Server errors after which a change has certainly not happened (contract, error codes).
  private static let notCarriedOut = ["device_offline", "auth_unavailable", "auth_transient"]

  /// The error of an envelope: only its code and message are required.
  private static func error(
    in body: Value
  ) -> (record: Record, code: String, message: String)? {
    guard case .record(let envelope) = body, case .record(let error)? = envelope["error"],
      let code = error.filled("code"), case .text(let message)? = error["message"]
    else { return nil }
    if case .bool(true)? = envelope["success"] { return nil }
    return (error, code, message)
  }
}

extension Record {
  /// The text of a field; nil where it is absent, empty or no text.
  fileprivate func filled(_ field: String) -> String? {
    if case .text(let text)? = self[field], !text.isEmpty { text } else { nil }
  }
}

extension Success {
  /// What the body of an answer is, so that the reader gives its records their type.
  fileprivate var schema: Schema {
    isEnveloped
      ? .record([("success", .bool), ("data", shape.schema), ("total", .int)]) : shape.schema
  }
}

extension Success.Form {
  /// What the data is.
  package var schema: Schema {
    switch self {
    case .record(let type): .typed(type)
    case .list(let type, _): .list(.typed(type))
    case .text: .text
    case .nothing: .null
    }
  }

  fileprivate var article: String {
    switch self {
    case .record: "a record"
    case .list: "a list"
    case .text: "a text"
    case .nothing: "nothing"
    }
  }
}

extension Value {
  /// The kind in the middle of a sentence: `an int`.
  var article: String {
    switch kind {
    case .null: "null"
    case .int: "an int"
    default: "a \(kind)"
    }
  }
}

extension WireResponse {
  /// What the body looks to be, where it is plainly something else than JSON.
  fileprivate var guise: String? {
    guard let first = body.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      return "is empty"
    }
    return first == 0x3C ? "is HTML" : nil
  }
}
