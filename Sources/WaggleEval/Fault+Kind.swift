import WaggleCatalogue
package import WaggleText
package import WaggleTime
package import WaggleValues
import WaggleWait

extension Fault {
  /// The `kind` of `$e` (language.md §5); `cancelled exit output_closed deadlock several` besides.
  package var kind: String {
    switch cause {
    case .fail: "fail"
    case .assert: "assert"
    case .value, .misuse: "value"
    case .call(let fault): fault.kind
    case .wait(let fault): fault.isTimeout ? "wait_timeout" : "wait_failed"
    case .timeout: "timeout"
    case .file: "file"
    case .exec: "exec"
    case .deadlock: "deadlock"
    case .depth: "depth"
    case .memory: "memory"
    case .several: "several"
    case .cancelled: "cancelled"
    case .exit: "exit"
    case .outputClosed: "output_closed"
    }
  }

  /// The `code` of `$e`: the API's own, or what made a wait fail; nil without one.
  package var code: String? {
    switch cause {
    case .call(let fault): fault.code
    case .wait(let fault): fault.code
    default: nil
    }
  }

  /// Whether a `catch` may see it.
  package var isCatchable: Bool {
    switch cause {
    case .cancelled, .exit, .outputClosed: false
    default: cancellation == nil
    }
  }

  /// Why the work was to stop, where it was.
  package var cancellation: Cancellation? {
    switch cause {
    case .cancelled(let reason): reason
    case .call(let fault):
      if case .cancelled(let reason) = fault.cause { reason } else { nil }
    default: nil
    }
  }

  /// Whether the same could go well a moment later, so that `retry` tries again.
  ///
  /// What the script itself raises could; a value that does not fit, a limit and a refusal of the
  /// API (4xx other than 409 and 429) could not.
  package var couldPass: Bool {
    switch cause {
    case .fail, .assert, .wait, .timeout: true
    case .call(let fault): fault.couldPass
    case .exec(let fault): fault.couldPass
    case .several(let failures): failures.allSatisfy(\.fault.couldPass)
    default: false
    }
  }

  /// The exit status of a process that it ends (language.md §10).
  package var exitStatus: Int {
    switch cause {
    case .exit(let status): return status
    case .outputClosed: return 141
    case .wait(let fault): return fault.isTimeout ? 4 : 5
    case .timeout: return 4
    case .several(let failures): return failures.first?.fault.exitStatus ?? 1
    case .call(let fault) where ["api", "connection"].contains(fault.kind) && cancellation == nil:
      return 3
    default: break
    }
    switch cancellation {
    case .interrupted: return 130
    case .terminated: return 143
    case .deadline: return 4
    case .unwanted, nil: return 1
    }
  }

  /// The record that `catch` gives to its variable; `place` names a place in the sources.
  package func record(place: (Span) -> String) -> Record {
    var call: CallFault?
    var status: Int?
    switch cause {
    case .call(let fault): (call, status) = (fault, fault.status)
    case .exec(let fault): status = fault.code
    default: break
    }
    let fields: [(String, Value)] = [
      ("kind", .text(kind)), ("code", .text(orNull: code)),
      ("status", status.map(Value.int) ?? .null), ("message", .text(message)),
      ("operation", .text(orNull: call?.operation)), ("requestId", .text(orNull: call?.requestID)),
      ("retryable", .bool(couldPass)), ("at", .text(orNull: trace.first.map(place))),
    ]
    return Record(
      shape: fields.reduce(Shape.plain) { $0.appending($1.0) }, values: fields.map(\.1))
  }
}

extension Value {
  fileprivate static func text(orNull text: String?) -> Value { text.map(Value.text) ?? .null }
}

extension CallFault {
  /// The kind of a fault made of it.
  fileprivate var kind: String {
    switch cause {
    case .refused, .malformed: "api"
    case .unreachable, .lost: "connection"
    case .heldBack: FailureTable.entry(for: self).kind
    case .cancelled: "cancelled"
    }
  }

  fileprivate var couldPass: Bool {
    switch cause {
    case .malformed, .unreachable, .lost: return true
    case .heldBack, .cancelled: return false
    case .refused:
      guard let status else { return false }
      return status == 409 || status == 429 || !(400..<500).contains(status)
    }
  }
}

extension WaitFault {
  fileprivate var isTimeout: Bool {
    if case .timedOut = cause { true } else { false }
  }

  fileprivate var code: String? {
    if case .failed(let code) = cause { code.rawValue } else { nil }
  }
}
