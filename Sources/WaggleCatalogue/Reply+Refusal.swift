import WaggleTime
import WaggleValues

/// Reading refusals.
extension Reply {
  static func refusal(
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
    if case .record(let bare) = body, let code = bare.filled("code"), bare["error"] == nil {
      return .refusedBare(call, response, code, bare)
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
        && FailureTable.entry(code: error.code, status: response.status).change != .yes)
  }

  /// The error of an envelope: only its code and message are required.
  static func error(
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
  func filled(_ field: String) -> String? {
    if case .text(let text)? = self[field], !text.isEmpty { text } else { nil }
  }
}
