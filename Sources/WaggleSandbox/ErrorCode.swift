/// The error codes of the contract (§17) that a fault can order, with their statuses.
enum ErrorCode {
  private static let statuses = [
    "invalid_json": 400, "invalid_body": 400, "invalid_param": 400, "missing_param": 400,
    "action_unsupported": 400, "unauthorized": 401, "invalid_token": 401, "missing_token": 401,
    "forbidden": 403, "agent_not_found": 404, "not_found": 404, "conflict": 409,
    "conflict.invalid_state": 409, "task_rejected": 409, "device_busy": 409,
    "OPERATION_NOT_CANCELLABLE": 409,
    "OPERATION_CURSOR_AHEAD": 409, "payload_too_large": 413, "rate_limited": 429,
    "internal_error": 500, "agent_offline": 503,
    "agent_service_unavailable": 503, "agent_unavailable": 503, "device_offline": 503,
    "auth_unavailable": 503, "auth_transient": 503, "service_timeout": 504,
  ]

  /// All of them, in the order of the alphabet.
  static let all = statuses.keys.sorted()

  /// The status that goes with a code; nil for one that the contract does not have.
  static func status(of code: String) -> Int? { statuses[code] }

  /// Whether a gateway finds out only after the work was done, so that its outcome is unknown.
  static func comesAfterWork(_ code: String) -> Bool {
    ["internal_error", "service_timeout"].contains(code)
  }
}
