/// The wording of what the runtime's operations refuse.
extension Refusal {
  static func cancelOfCancel(_ id: String) -> Refusal {
    Refusal(
      status: 422, code: "conflict.invalid_state",
      message: "operation \(id) is itself a request to cancel")
  }

  /// In the runtime's own form, without an envelope.
  static func notCancellable(_ id: String) -> Refusal {
    var out = ObjectWriter()
    out.member("code", RuntimeCode.operationNotCancellable.rawValue)
    out.member("operationId", id)
    out.member("httpStatus", 409)
    out.end()
    return Refusal(
      status: 409, code: RuntimeCode.operationNotCancellable.rawValue,
      message: "operation \(id) can no longer be stopped", bareBody: out.bytes)
  }

  /// In the runtime's own form, without an envelope.
  static func cursorAhead(_ id: String, cursor: String, last: Int) -> Refusal {
    var out = ObjectWriter()
    out.member("code", "OPERATION_CURSOR_AHEAD")
    out.member("operationId", id)
    out.member("cursor", cursor)
    out.member("lastSequence", "\(last)")
    out.member("httpStatus", 409)
    out.end()
    return Refusal(
      status: 409, code: "OPERATION_CURSOR_AHEAD", message: "the log of \(id) is not there yet",
      bareBody: out.bytes)
  }

  static func operationExists(_ id: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: "there is an operation \(id) already")
  }
}
