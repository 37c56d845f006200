import WaggleValues
package import WaggleTime

/// The wording of every fault of a call that is not the API's own.
extension CallFault {
  /// Whether a lost answer leaves open what happened.
  private static func isChange(_ call: Call) -> Bool { call.operation.effect != .read }

  /// How many problems of one call are named.
  private static let mostProblems = 3

  /// A call that this side refuses for what it says.
  static func invalid(
    _ call: Call, _ problem: ParameterProblem, _ others: ArraySlice<ParameterProblem>
  ) -> CallFault {
    // What may be given is said once, however many are something else.
    let further = others.filter { !($0.isUnknown && problem.isUnknown) }
    var messages = [problem.message] + further.prefix(mostProblems - 1).map(\.message)
    let left = others.count + 1 - messages.count
    if left > 0 { messages.append("and \(left) more") }
    let message = messages.joined(separator: "; ")
    return CallFault(
      .heldBack, operation: call.operation.id, code: problem.code, message: message,
      parameter: problem.parameter)
  }

  /// A method that the runtime turned down in place of accepting it; the name is its code.
  ///
  /// What it says besides, `data`, goes into the message, and a time to wait into `retryAfter`.
  static func rejected(
    _ call: Call, _ name: String, _ data: Value, requestID: String?
  ) -> CallFault {
    var message = "the runtime rejected `\(call.spoken)`"
    var wait: Int?
    if case .record(let record) = data {
      let context: Value? =
        if case .record(let inner)? = record["context"] { .record(inner) } else { nil }
      wait = milliseconds(in: data) ?? context.flatMap(milliseconds(in:))
      message += ": " + (record.filled("message") ?? data.json())
    } else if !data.isNull {
      message += ": " + data.plainText
    }
    return CallFault(
      .refused, operation: call.operation.id, status: 200, code: name, message: message,
      requestID: requestID, retryAfter: wait.map { min($0, 86_400_000) * 1_000_000 })
  }

  private static func milliseconds(in data: Value) -> Int? {
    guard case .record(let record) = data, case .int(let wait)? = record["retryAfterMs"],
      wait >= 0
    else { return nil }
    return wait
  }

  /// An agent that answered that it failed or refused, inside of a success (contract, §9).
  static func failedInBand(
    _ call: Call, _ response: WireResponse, _ reply: Record
  ) -> CallFault {
    CallFault(
      .refused, operation: call.operation.id, status: response.status,
      code: reply.filled("code") ?? "agent_reply_error",
      message: reply.filled("text") ?? reply.filled("error")
        ?? "the agent failed and does not say why",
      requestID: response.header("x-request-id"))
  }

  /// A refusal without an envelope, as those of runtime operations are (contract, §1).
  static func refusedBare(
    _ call: Call, _ response: WireResponse, _ code: String, _ body: Record
  ) -> CallFault {
    func text(_ field: String) -> String { (body[field] ?? .null).plainText }
    let message =
      switch code {
      case "OPERATION_NOT_CANCELLABLE":
        "operation \(text("operationId")) can no longer be cancelled"
      case "OPERATION_CURSOR_AHEAD":
        "event \(text("cursor")) of operation \(text("operationId")) does not exist; "
          + "the last one is \(text("lastSequence"))"
      default: body.filled("message") ?? "`\(call.spoken)` was refused: \(code)"
      }
    return CallFault(
      .refused, operation: call.operation.id, status: response.status, code: code,
      message: message, requestID: response.header("x-request-id"))
  }

  /// A request that was sent and never answered.
  package static func lost(_ call: Call) -> CallFault {
    let unknown = isChange(call) ? "; whether it was carried out is not known" : ""
    return CallFault(
      .lost, operation: call.operation.id, code: "lost_answer",
      message: "the connection was lost before the answer to `\(call.spoken)` came" + unknown,
      isOutcomeUnknown: isChange(call))
  }

  /// A request that was sent and not answered within so many nanoseconds.
  package static func unanswered(_ call: Call, after limit: Int) -> CallFault {
    let unknown = isChange(call) ? "; whether it was carried out is not known" : ""
    return CallFault(
      .lost, operation: call.operation.id, code: "answer_timeout",
      message: "no answer to `\(call.spoken)` within \(Duration(nanoseconds: limit).text)"
        + unknown,
      isOutcomeUnknown: isChange(call))
  }

  /// The fault of an answer that should have begun a stream and did not: the API's refusal, or an
  /// answer of another kind.
  static func unopened(
    _ call: Call, _ response: WireResponse, at now: Instant
  ) -> CallFault {
    guard (200..<300).contains(response.status) else {
      return Reply.refusal(response, call, now)
    }
    let actual = response.header("content-type").map { "it is `\($0.prefix(60))`" }
    return .malformed(
      call, response, valid: "a stream of events", actual: actual ?? "it says of no kind that it is"
    )
  }

  /// A call that was answered, by an agent that says that it failed.
  ///
  /// One that ran out of time may go on with the work, so that somebody has to look.
  package static func agentFailed(
    _ call: Call, code: String?, _ message: String, requestID: String? = nil
  ) -> CallFault {
    let isLate = isChange(call) && ["service_timeout", "agent_timeout"].contains(code)
    var fault = CallFault(
      .refused, operation: call.operation.id, status: 200, code: code ?? "agent_reply_error",
      message: message.isEmpty ? "the agent failed without saying why" : message,
      requestID: requestID, isOutcomeUnknown: isLate)
    if isLate { fault.look = call.look }
    return fault
  }

  /// The code of a stream that broke off.
  package static let lostStream = "lost_stream"

  /// A stream that broke off before its end; `actual` completes the sentence.
  package static func streamLost(_ call: Call, _ actual: String) -> CallFault {
    let unknown = isChange(call) ? "; whether it was carried out is not known" : ""
    return CallFault(
      .lost, operation: call.operation.id, code: lostStream,
      message: "the stream of `\(call.spoken)` must go on to its end, but \(actual)" + unknown,
      isOutcomeUnknown: isChange(call))
  }

  /// A call that was given up; a change that had been sent may or may not have happened.
  package static func cancelled(
    _ call: Call, _ reason: Cancellation, wasSent: Bool
  ) -> CallFault {
    let isUnknown = wasSent && isChange(call)
    let unknown = isUnknown ? "; whether it was carried out is not known" : ""
    return CallFault(
      .cancelled(reason), operation: call.operation.id, code: "cancelled",
      message: "`\(call.spoken)` was given up before its answer came" + unknown,
      isOutcomeUnknown: isUnknown)
  }

  /// An answer that is not what the contract says; `actual` completes the sentence.
  static func malformed(
    _ call: Call, _ response: WireResponse, valid: String, actual: String, retryAfter: Int? = nil,
    error: Record? = nil
  ) -> CallFault {
    CallFault(
      .malformed, operation: call.operation.id, status: response.status, code: "malformed_answer",
      message: "the answer to `\(call.spoken)` (status \(response.status)) must be \(valid), "
        + "but \(actual)",
      parameter: error?.filled("param"),
      requestID: error?.filled("request_id") ?? response.header("x-request-id"),
      retryAfter: retryAfter,
      isOutcomeUnknown: isChange(call) && response.leavesOpen)
  }
}

extension Call {
  /// The call as a message names it, `instances start instance_3`, so that of the many calls of one
  /// place in a script each is known by its ids.
  package var spoken: String { ([operation.command] + shownPath).joined(separator: " ") }

  /// What fills the path, without the query that a request of the script's own may have in it.
  package var shownPath: [String] {
    operation.isRequest ? path.map { String($0.prefix { $0 != "?" }) } : path
  }
}

extension WireResponse {
  /// Whether a change that was answered with this status may have happened all the same.
  var leavesOpen: Bool { !(300..<500).contains(status) }

  /// Whether the answer says that its body is a stream of events.
  package var isEventStream: Bool {
    guard (200..<300).contains(status), let type = header("content-type") else { return false }
    return type.lowercased().hasPrefix("text/event-stream")
  }

  /// The value of the first header field of a lower-case name.
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
