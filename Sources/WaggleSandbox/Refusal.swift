/// Why the world does not do what a request asks, as the contract's error envelope has it.
struct Refusal: Error {
  let status: Int
  let code: String
  let message: String
  var param: String?
  /// Whether the fault lies in what was sent against the schema, which has a type of its own.
  var isAgainstSchema = false
  /// The `Retry-After` to send.
  var retryAfter: String?
  /// The `Date` that a `Retry-After` counts from, in milliseconds since 1970; nil for none.
  var date: Int?

  /// The whole body, for the few that stand in no envelope; nil for the envelope.
  var bareBody: [UInt8]?

  /// The `type` of the envelope, which goes by the status.
  var type: String {
    switch status {
    case 400: isAgainstSchema ? "validation_error" : "invalid_request_error"
    case 401: "authentication_error"
    case 403: "permission_error"
    case 404: "not_found_error"
    case 409: "conflict_error"
    case 413: "invalid_request_error"
    case 429: "rate_limit_error"
    default: "api_error"
    }
  }
}

/// The wording of everything that the world refuses.
extension Refusal {
  static func noRoute(_ method: String, _ path: String) -> Refusal {
    Refusal(status: 404, code: "not_found", message: "no route for \(method) \(path)")
  }

  static let noCredential = Refusal(
    status: 401, code: "unauthorized", message: "a bearer token is required")
  static let emptyToken = Refusal(
    status: 401, code: "missing_token", message: "the Authorization header holds no token")
  static let wrongToken = Refusal(
    status: 401, code: "invalid_token", message: "the token is not known here")

  static func rateLimited(retryAfter: String, at now: Int) -> Refusal {
    Refusal(
      status: 429, code: "rate_limited", message: "too many requests", retryAfter: retryAfter,
      date: now)
  }

  static func tooLarge(max: Int) -> Refusal {
    Refusal(
      status: 413, code: "payload_too_large", message: "the body must not exceed \(max) bytes")
  }

  static func notJSON(_ reason: String) -> Refusal {
    Refusal(status: 400, code: "invalid_json", message: "the body is not JSON: \(reason)")
  }

  static let bodyIsNoObject = Refusal(
    status: 400, code: "invalid_body", message: "the body must be a JSON object",
    isAgainstSchema: true)

  static func missing(_ param: String) -> Refusal {
    Refusal(
      status: 400, code: "missing_param", message: "\(param) is required", param: param,
      isAgainstSchema: true)
  }

  static func missingOneOf(_ params: [String]) -> Refusal {
    Refusal(
      status: 400, code: "missing_param",
      message: "\(params.joined(separator: " or ")) is required", param: params.first,
      isAgainstSchema: true)
  }

  static func bad(_ param: String, _ demand: String) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param", message: "\(param) must be \(demand)", param: param,
      isAgainstSchema: true)
  }

  /// A value that is none of those that there are; of an action on a screen it is an action that
  /// the device does not have.
  static func noChoice(_ param: String, _ values: [String], isAction: Bool) -> Refusal {
    Refusal(
      status: 400, code: isAction ? "action_unsupported" : "invalid_param",
      message: "\(param) must be one of \(values.joined(separator: ", "))", param: param,
      isAgainstSchema: !isAction)
  }

  static func notOffered(_ param: String, _ value: String) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param", message: "\(param) \(value) does not exist", param: param)
  }

  /// The contract has one code for whatever is not there.
  static func notFound(_ id: String, _ kind: String = "instance") -> Refusal {
    Refusal(status: 404, code: "agent_not_found", message: "\(kind) \(id) not found")
  }

  static func forbidden(_ kind: String, _ id: String) -> Refusal {
    Refusal(status: 403, code: "forbidden", message: "\(kind) \(id) belongs to somebody else")
  }

  static func notDone(_ operation: String) -> Refusal {
    Refusal(
      status: 404, code: "not_found", message: "the sandbox does not do \(operation)")
  }

  static func noDevice(_ id: String) -> Refusal {
    Refusal(status: 404, code: "agent_not_found", message: "instance \(id) has no device yet")
  }

  static func terminated(_ id: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict", message: "instance \(id) is terminated or about to be")
  }

  static func regionClosed(_ region: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: "region \(region) takes no instances now")
  }

  /// An error that a fault ordered, in the form that it has.
  static func ordered(_ code: String) -> Refusal {
    switch code {
    case RuntimeCode.operationNotCancellable.rawValue: return notCancellable("of a fault")
    case "OPERATION_CURSOR_AHEAD": return cursorAhead("of a fault", cursor: "1", last: 0)
    default: break
    }
    return Refusal(
      status: ErrorCode.status(of: code) ?? 500, code: code,
      message: "a fault of the sandbox ordered this",
      retryAfter: code == "rate_limited" ? "1" : nil)
  }

  static let unavailable = Refusal(
    status: 503, code: "agent_service_unavailable", message: "try again shortly")
}
