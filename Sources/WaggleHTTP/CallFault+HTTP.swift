import Glibc
package import WaggleCatalogue

/// All wording of what goes wrong between a call and its answer.
extension CallFault {
  /// There is no key to send; the reason, or what to do, is a sentence.
  package static func noKey(_ call: Call, _ reason: String) -> CallFault {
    CallFault(
      .unreachable, operation: call.operation.id, code: "no_credential", message: reason)
  }

  static func noKey(_ call: Call, at endpoint: Endpoint, _ advice: String) -> CallFault {
    noKey(call, "no API key is set for \(endpoint.origin): \(advice)")
  }

  static func unusableKey(_ call: Call, _ reason: String) -> CallFault {
    CallFault(
      .unreachable, operation: call.operation.id, code: "no_credential",
      message: "the key cannot be sent: \(reason); nothing was sent")
  }

  static func unsendable(_ call: Call) -> CallFault {
    CallFault(
      .heldBack, operation: call.operation.id, code: "unsendable",
      message: "no address can be made for `\(call.spoken)`; nothing was sent")
  }

  static func redirected(_ call: Call, _ answer: WireResponse, from endpoint: Endpoint) -> CallFault
  {
    let target = try? Endpoint(answer.header("location") ?? "", from: "location")
    let place =
      switch target?.origin {
      case nil: "another address"
      case endpoint.origin: "another path"
      case let origin?: origin
      }
    let isOther = target.map { $0.origin != endpoint.origin } ?? false
    let reason =
      isOther
      ? "a key goes only where it belongs"
      : call.operation.effect == .read ? "nothing there is the API's" : "a change is never sent on"
    return CallFault(
      .malformed, operation: call.operation.id, status: answer.status, code: "redirected",
      message: """
        \(endpoint.origin) sends `\(call.spoken)` on to \(place); \(reason), so the redirect was \
        not followed
        """,
      requestID: answer.header("x-request-id"),
      isOutcomeUnknown: answer.status == 303 && call.operation.effect != .read)
  }

  static func redirectedWithoutEnd(
    _ call: Call, from endpoint: Endpoint, most: Int
  ) -> CallFault {
    CallFault(
      .malformed, operation: call.operation.id, code: "redirected",
      message: "\(endpoint.origin) sends `\(call.spoken)` on more than \(most) times")
  }

  /// The fault of a call whose answer did not come, or not whole.
  static func transport(
    _ failure: TransportFailure, _ call: Call, _ answer: WireResponse, at endpoint: Endpoint,
    by proxy: ProxyRoute? = nil, limits: HTTPLimits
  ) -> CallFault {
    // Where a proxy is used, it is the one that has no address or does not listen.
    let place = proxy.map { failure.isOfFirstHop ? $0.spoken : endpoint.origin }
    let (cause, code, message) = failure.words(at: place ?? endpoint.origin, limits: limits)
    let isRefusal = 300..<500 ~= answer.status
    let isUnknown = cause != .unreachable && call.operation.effect != .read && !isRefusal
    return CallFault(
      cause, operation: call.operation.id, status: answer.status == 0 ? nil : answer.status,
      code: code,
      message: isUnknown
        ? message + "; whether `\(call.spoken)` was carried out is not known" : message,
      requestID: answer.header("x-request-id"), isOutcomeUnknown: isUnknown)
  }
}

extension ProxyRoute {
  fileprivate var spoken: String { "the proxy \(host):\(port) of HTTPS_PROXY" }
}

extension TransportFailure {
  /// Whether it came about before anything passed a proxy.
  fileprivate var isOfFirstHop: Bool {
    switch self {
    case .unresolved, .unconnected, .connectTimeout: true
    default: false
    }
  }

  fileprivate func words(
    at origin: String, limits: HTTPLimits
  ) -> (CallFault.Cause, code: String, message: String) {
    switch self {
    case .lostBeforeAnswer:
      (.lost, "lost_answer", "the connection to \(origin) was lost before its answer came")
    case .lostWithinAnswer:
      (.malformed, "malformed_answer", "the answer of \(origin) broke off")
    case .silent: (.lost, "answer_timeout", "\(origin) took too long to answer")
    case .notHTTP: (.malformed, "malformed_answer", "what came from \(origin) is not HTTP")
    case .tooLarge:
      (
        .malformed, "oversized_answer",
        "the answer of \(origin) is larger than \(limits.answerBytes >> 20) MiB"
      )
    default: (.unreachable, unreachedCode, unreachedMessage(origin, limits))
    }
  }

  private var unreachedCode: String {
    switch self {
    case .unresolved: "host_not_found"
    case .unconnected(ECONNREFUSED): "connection_refused"
    case .connectTimeout, .crowded: "connect_timeout"
    case .certificate: "certificate_invalid"
    case .roots: "certificates_unreadable"
    case .proxy: "proxy_refused"
    default: "connect_failed"
    }
  }

  private func unreachedMessage(_ origin: String, _ limits: HTTPLimits) -> String {
    switch self {
    case .unresolved: "the host of \(origin) has no address"
    case .unconnected(ECONNREFUSED): "nothing listens at \(origin)"
    case .unconnected(let number):
      "\(origin) could not be reached: \(String(cString: strerror(number)))"
    case .connectTimeout: "\(origin) could not be reached within \(seconds(limits.connect))"
    case .crowded: "no connection to \(origin) became free within \(seconds(limits.connect))"
    case .certificate:
      "the certificate of \(origin) is not valid for it, so nothing was sent; "
        + "a root of your own is named by SSL_CERT_FILE"
    case .roots:
      "the trusted certificates could not be read: install ca-certificates, "
        + "or set SSL_CERT_FILE to a file of them"
    case .unsecured:
      "no encrypted connection to \(origin) came about; it may not speak TLS there"
    case .proxy: "the proxy of HTTPS_PROXY gives no way to \(origin)"
    case .unreached(let reason): "\(origin) could not be reached: \(reason)"
    default: "\(origin) could not be reached"
    }
  }

  private func seconds(_ nanoseconds: Int) -> String {
    nanoseconds >= 1_000_000_000
      ? "\(nanoseconds / 1_000_000_000) s" : "\(nanoseconds / 1_000_000) ms"
  }
}
