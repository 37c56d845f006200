import WaggleCatalogue
import WaggleTime
import WaggleValues

/// The wording of the faults that the layers over a gateway make themselves.
extension CallFault {
  /// A call that was held back by a limit of the run.
  static func heldBack(
    _ operation: Operation, _ code: String, _ message: String
  ) -> CallFault {
    CallFault(.heldBack, operation: operation.id, code: code, message: message)
  }

  /// A call that was not sent, for the host has been down for a while.
  static func down(
    _ call: Call, _ outage: CircuitMachine.Outage, at now: Instant
  ) -> CallFault {
    let message = """
      `\(call.spoken)` was not sent: the API has been down since \(outage.since.spoken) \
      (\(outage.trouble)); it is tried again at \(outage.until.spoken)
      """
    return CallFault(
      .unreachable, operation: call.operation.id, code: "circuit_open", message: message,
      retryAfter: max(outage.until.nanoseconds &- now.nanoseconds, 0))
  }
}

extension Instant {
  /// The moment to the second, as a message has it.
  fileprivate var spoken: String {
    let second = 1_000_000_000
    return Value.time(Timestamp(nanoseconds: nanoseconds / second * second)).plainText
  }
}
