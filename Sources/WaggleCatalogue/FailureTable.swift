/// Every way in which a call can fail, in one list (the contract's error codes, and our own).
///
/// A code of the API counts only in an answer of the API, with a status that goes with it: what a
/// server writes cannot pass for a fault of this side.
package enum FailureTable {
  /// The entries: what the API says, by status, then what becomes of a call on its way.
  package static let all = answered + unanswered

  /// The entry for a fault of a call.
  package static func entry(for fault: CallFault) -> FailureEntry {
    switch fault.cause {
    case .refused: return entry(code: fault.code, status: fault.status ?? 0)
    case .malformed:
      if unusable.codes.contains(fault.code) { return unusable }
      guard let status = fault.status, !(200..<300).contains(status) else { return malformed }
      return entry(code: "", status: status)
    case .unreachable, .lost, .heldBack, .cancelled:
      return unanswered.first { $0.codes.contains(fault.code) } ?? heldBack
    }
  }

  /// The entry for a refusal of the API.
  static func entry(code: String, status: Int) -> FailureEntry {
    answered.first { $0.codes.contains(code) && $0.statuses?.contains(status) ?? false }
      ?? answered.first { $0.coversStatus && $0.statuses?.contains(status) ?? false } ?? malformed
  }

  private static let answered: [FailureEntry] = [
    FailureEntry(
      ["invalid_json", "invalid_body", "invalid_param", "missing_param"], 400...400, read: .no,
      change: .no, "The request is wrong"),
    FailureEntry(
      "action_unsupported", 400, read: .no, change: .no, "The device cannot do that"),
    FailureEntry(
      ["unauthorized", "invalid_token", "missing_token"], 401...401, read: .no, change: .no,
      "The key is not valid: set another one"),
    FailureEntry("forbidden", 403, read: .no, change: .no, "It belongs to somebody else"),
    FailureEntry(
      ["agent_not_found", "not_found"], 404...404, read: .no, change: .no, "It does not exist"),
    FailureEntry(
      [], 408...408, read: .yes, change: .yes, "The request did not arrive as a whole"),
    FailureEntry(
      ["conflict", "conflict.invalid_state", "task_rejected"], 409...409, read: .no,
      change: .look, "Its state forbids it, or it is busy"),
    FailureEntry("device_busy", 409, read: .yes, change: .yes, "The device did not begin it"),
    FailureEntry(
      ["OPERATION_NOT_CANCELLABLE", "OPERATION_CURSOR_AHEAD"], 409...409, read: .no, change: .no,
      "The operation is over, or the cursor lies ahead of it"),
    FailureEntry("payload_too_large", 413, read: .no, change: .no, "Upload a file instead"),
    FailureEntry(
      "rate_limited", 429, read: .yes, change: .yes, coversStatus: true,
      "Too many calls; it was refused before any work"),
    FailureEntry([], 300...499, read: .no, change: .no, "Any other refusal"),
    FailureEntry(
      "internal_error", 500, read: .yes, change: .withKey, isOfHost: true,
      "Whether it was carried out is not known"),
    FailureEntry(
      ["agent_offline", "agent_unavailable"], 503...503, read: .yes, change: .withKey,
      "The agent cannot be reached now"),
    FailureEntry(
      "agent_service_unavailable", 503, read: .yes, change: .withKey, isOfHost: true,
      "The service behind agents cannot be reached now"),
    FailureEntry(
      "device_offline", 503, read: .yes, change: .yes, "The device is offline; nothing was done"),
    FailureEntry(
      ["auth_unavailable", "auth_transient"], 503...503, read: .yes, change: .yes, isOfHost: true,
      "Keys cannot be checked now; nothing was done, and the key may be good"),
    FailureEntry(
      "service_timeout", 504, read: .yes, change: .look,
      "No result in time; it may still go on"),
    FailureEntry(
      [], 500...599, read: .yes, change: .withKey, isOfHost: true,
      "Any other failure of the server"),
    FailureEntry(
      ["agent_reply_error", "agent_timeout", "agent_rejected", "internal"], 200...299, read: .no,
      change: .look, "The agent itself failed or refused"),
    FailureEntry([], 200...299, read: .no, change: .look, "A refusal inside of a success"),
  ]

  private static let malformed = FailureEntry(
    ["malformed_answer", "malformed_stream"], nil, read: .yes, change: .withKey, isOfHost: true,
    "What came is cut off, or is no answer of this API")

  private static let unusable = FailureEntry(
    ["oversized_answer", "redirected"], nil, read: .no, change: .look,
    "The answer is too large, or points elsewhere")

  private static let heldBack = FailureEntry(
    ["invalid_param", "missing_param", "unsendable"], nil, "value", read: .no, change: .no,
    "It was not sent: what it says is wrong")

  private static let unanswered: [FailureEntry] = [
    malformed,
    unusable,
    FailureEntry(
      ["lost_answer", "lost_stream", "answer_timeout"], nil, "connection", read: .yes,
      change: .withKey,
      isOfHost: true, "It was sent and no answer came"),
    FailureEntry(
      ["connection_refused", "connect_timeout", "connect_failed", "proxy_refused"],
      nil, "connection", read: .yes, change: .yes, isOfHost: true,
      "The host could not be reached, so nothing was sent"),
    FailureEntry(
      ["host_not_found"], nil, "connection", read: .once, change: .once, isOfHost: true,
      "The host's name has no address, so nothing was sent; it may be mistyped"),
    FailureEntry(
      ["circuit_open"], nil, "connection", read: .no, change: .no,
      "The host has been down for a while, so nothing was sent; it is tried again from time to time"
    ),
    FailureEntry(
      ["no_credential", "certificate_invalid", "certificates_unreadable"], nil, "connection",
      read: .no, change: .no, "Nothing can be sent until somebody sets it up"),
    FailureEntry(
      ["read_only", "read_only_profile", "limit_changes", "limit_destroy", "unconfirmed"], nil,
      "limit", read: .no, change: .no,
      "It was not sent: this run may not change that, or not so much"),
    heldBack,
    FailureEntry(
      ["cancelled"], nil, "cancelled", read: .no, change: .no,
      "It was given up; a change that had been sent may have happened"),
  ]
}
