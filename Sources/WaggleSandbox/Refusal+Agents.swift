/// The wording of what agents and their channels refuse.
extension Refusal {
  static func agentStays(_ instance: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict",
      message: "an agent cannot be deleted: destroy its instance, \(instance)")
  }

  static func agentOffline(_ agent: String) -> Refusal {
    Refusal(
      status: 503, code: "agent_offline", message: "agent \(agent) cannot be reached now")
  }

  static func rejected(_ agent: String) -> Refusal {
    Refusal(status: 409, code: "task_rejected", message: "agent \(agent) refuses the task")
  }

  static func busy(_ agent: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: "agent \(agent) is busy: ask again later")
  }

  static func tooSlow(after milliseconds: Int) -> Refusal {
    Refusal(
      status: 504, code: "service_timeout",
      message: "no answer within \(milliseconds) ms; the agent goes on")
  }

  static func taskIsLive(_ id: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: "task \(id) has not ended yet")
  }

  static func taskIsOver(_ id: String, _ status: TaskStatus) -> Refusal {
    Refusal(
      status: 409, code: "conflict", message: "task \(id) has ended already: \(status.rawValue)")
  }

  static func nothingToContinue(_ id: String, _ status: TaskStatus, isGrant: Bool) -> Refusal {
    Refusal(
      status: 409, code: "conflict",
      message:
        "task \(id) is \(status.rawValue), so it waits for no \(isGrant ? "grant" : "input")")
  }

  static func conversationClosed(_ id: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: "conversation \(id) is closed")
  }

  static func turnIsOver(_ message: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict", message: "the answer to message \(message) has ended already")
  }

  static let keyReused = Refusal(
    status: 409, code: "conflict",
    message: "this idempotency key came before with another payload")

  static func noDelivery(_ id: String) -> Refusal {
    Refusal(status: 404, code: "not_found", message: "delivery \(id) not found")
  }

  static func notRepeatable(_ id: String, _ status: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict.invalid_state",
      message: "delivery \(id) is \(status): only what failed is delivered again")
  }
}
