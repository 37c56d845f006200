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
    if case .receipt = success.shape {
      self.init(
        status: response.status, data: Self.receipt(response), requestID: requestID)
      return
    }
    if case .any = success.shape {
      let data = try Self.anything(response, call)
      self.init(status: response.status, data: data, requestID: requestID)
      return
    }
    let body = try Self.json(response, call)
    if success.isTwoFaced, response.status == 200 { throw Self.rejection(body, response, call) }
    let (data, total) =
      success.isEnveloped ? try Self.opened(body, call, response) : (data: body, total: nil)
    let page = try Self.page(of: data, call, response)
    try Self.check(page.data, of: success.shape, call, response)
    if success.shape.isInvokeReply, case .record(let reply) = page.data,
      case .bool(true)? = reply["is_error"]
    {
      throw .failedInBand(call, response, reply)
    }
    let isAccepted = success.isTwoFaced
    self.init(
      status: response.status,
      data: isAccepted ? Self.accepted(page.data, response) : page.data, total: total,
      cursor: page.cursor,
      hasMore: page.hasMore, requestID: requestID)
  }

  /// An acceptance, whose body is open, with the id of its operation, which a header has for sure.
  private static func accepted(_ data: Value, _ response: WireResponse) -> Value {
    guard case .record(var record) = data, record["operationId"] == nil,
      let id = response.header("x-beeos-operation-id")
    else { return data }
    try? record.set("operationId", .text(id))
    return .record(record)
  }

  /// The record of an answer that says all it says in a header.
  private static func receipt(_ response: WireResponse) -> Value {
    var receipt = Record(shape: RecordType.operationReceipt.rootShape, values: [])
    if let id = response.header("x-beeos-operation-id") {
      try? receipt.set("operationId", .text(id))
    }
    return .record(receipt)
  }

  /// What an answer says that nothing is known of; null for one without a body.
  private static func anything(
    _ response: WireResponse, _ call: Call
  ) throws(CallFault) -> Value {
    if response.body.isEmpty { return .null }
    let body = try json(response, call)
    guard case .record(let envelope) = body, envelope["success"] != nil,
      envelope["data"] != nil || envelope["error"] != nil
    else { return body }
    return try opened(body, call, response).data
  }

  /// Takes a list out of the record that holds it, with what it says of the next page.
  private static func page(
    of data: Value, _ call: Call, _ response: WireResponse
  ) throws(CallFault) -> (data: Value, cursor: String?, hasMore: Bool?) {
    guard let items = call.operation.success.items,
      case .list(_, let paging) = call.operation.success.shape
    else { return (data, nil, nil) }
    guard case .record(let record) = data, let list = record[items] else {
      throw .malformed(
        call, response, valid: "a record with `\(items)`",
        actual: data.kind == .record ? "it has none" : "it is \(data.article)")
    }
    let more: Bool? = if case .bool(let more)? = record["has_more"] { more } else { nil }
    return (list, paging.next.flatMap(record.filled), more)
  }

  /// A 200 of an operation that answers 202 when it is accepted: JSON-RPC's error (contract, §14).
  private static func rejection(
    _ body: Value, _ response: WireResponse, _ call: Call
  ) -> CallFault {
    guard case .record(let answer) = body, case .record(let error)? = answer["error"],
      let name = error.filled("message")
    else {
      return .malformed(
        call, response, valid: "a rejection with an `error`", actual: "is \(body.article)")
    }
    return .rejected(
      call, name, error["data"] ?? .null, requestID: response.header("x-request-id"))
  }

  private static func json(
    _ response: WireResponse, _ call: Call
  ) throws(CallFault) -> Value {
    do throws(JSONError) {
      return try call.operation.readers.read(response.body)
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
      let refusal = error(in: body)
      let reason = refusal.map { ": \($0.code), \($0.message)" } ?? ""
      throw .malformed(
        call, response, valid: "a success", actual: "its `success` is \(actual)\(reason)",
        error: refusal?.record)
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
    case (.nothing, _), (.any, _), (.text, .text), (.object, .record): return
    case (.record(let type), .record(let record)):
      try check(record, type.essentials, "the \(type.name)", call, response)
    case (.list(let type, _), .list(let list)):
      try check(list, type, call, response)
    default:
      throw .malformed(
        call, response, valid: "\(form.article) as `data`", actual: "it is \(data.article)")
    }
  }

  private static func check(
    _ list: List, _ type: RecordType, _ call: Call, _ response: WireResponse
  ) throws(CallFault) {
    let essentials = type.essentials
    for (position, element) in list.elements.enumerated() {
      guard case .record(let record) = element else {
        throw .malformed(
          call, response, valid: "a list of records",
          actual: "\(type.name) \(position + 1) of the list is \(element.article)")
      }
      try check(
        record, essentials, "\(type.name) \(position + 1) of the list", call, response)
    }
  }

  /// Holds a record against what everything else rests on: its id and its state.
  private static func check(
    _ record: Record, _ fields: [String], _ what: @autoclosure () -> String, _ call: Call,
    _ response: WireResponse
  ) throws(CallFault) {
    for field in fields {
      if case .text(let text)? = record[field], !text.isEmpty { continue }
      let actual = record[field].map { $0.json() } ?? "absent"
      throw .malformed(
        call, response, valid: "records with a text as `\(field)`",
        actual: "that of \(what()) is \(actual)")
    }
  }
}

extension RecordType {
  /// The fields that a record must have as texts, whatever else an answer leaves out.
  fileprivate var essentials: [String] {
    let entry = Catalogue.beeOS.entry(of: self)
    return [entry?.idField, entry?.lifecycle?.status].compactMap { $0 }.filter { name in
      field(name)?.isOptional == false
    }
  }
}

extension Success {
  /// What the body of an answer is, so that the reader gives its records their type.
  var schema: Schema {
    isEnveloped ? .record([("success", .bool), ("data", data), ("total", .int)]) : data
  }

  private var data: Schema { items.map { .record([($0, shape.schema)]) } ?? shape.schema }
}

extension Success.Form {
  /// What the data is.
  package var schema: Schema {
    switch self {
    case .record(let type): .typed(type)
    case .list(let type, _): .list(.typed(type))
    case .text: .text
    case .object: .record(nil)
    case .any: .any
    case .receipt: .typed(.operationReceipt)
    case .stream, .nothing: .null
    }
  }

  /// Whether the answer may say, in a success, that the agent failed.
  fileprivate var isInvokeReply: Bool {
    if case .record(let type) = self { type === RecordType.invokeReply } else { false }
  }

  fileprivate var article: String {
    switch self {
    case .record, .object, .receipt: "a record"
    case .any: "a value"
    case .list: "a list"
    case .text: "a text"
    case .stream: "a stream"
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
  var guise: String? {
    guard let first = body.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      return "is empty"
    }
    return first == 0x3C ? "is HTML" : nil
  }
}
