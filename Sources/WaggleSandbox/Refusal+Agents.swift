/// The wording of what agents and their channels refuse.
extension Refusal {
  static func agentStays(_ instance: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict",
      message: "an agent cannot be deleted: destroy its instance, \(instance)")
  }
}
