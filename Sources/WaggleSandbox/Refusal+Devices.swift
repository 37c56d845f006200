/// The wording of what screens refuse.
extension Refusal {
  static func noScreen(_ id: String, _ system: String, _ kind: String) -> Refusal {
    Refusal(
      status: 404, code: "agent_not_found",
      message: "instance \(id) runs \(system): it is controlled as a \(kind)")
  }

  static func deviceOffline(_ id: String) -> Refusal {
    Refusal(status: 503, code: "device_offline", message: "the device of \(id) is not online")
  }

  static func deviceBusy(_ id: String) -> Refusal {
    Refusal(
      status: 409, code: "device_busy", message: "the device of \(id) is at another action")
  }

  static func deviceSilent(_ id: String) -> Refusal {
    Refusal(
      status: 504, code: "service_timeout",
      message: "the device of \(id) did not answer in time: the action may have been carried out")
  }

  static func offScreen(_ param: String, _ size: Int) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param",
      message: "\(param) must be from 0 to \(size - 1), as the screen is", param: param)
  }

  static func tooFew(_ param: String) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param", message: "\(param) must be 1 or more", param: param)
  }

  static func keyCount(_ demand: String) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param", message: "keys must hold \(demand)", param: "keys")
  }

  static func unsupported(_ param: String, _ value: String, in field: String? = nil) -> Refusal {
    Refusal(
      status: 400, code: "action_unsupported", message: "the device knows no \(param) \(value)",
      param: field ?? param)
  }
}
