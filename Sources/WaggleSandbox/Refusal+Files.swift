/// The wording of what the store of files refuses.
extension Refusal {
  static let wrongSignature = Refusal(
    status: 403, code: "forbidden", message: "the signature does not fit the address")
  static let addressExpired = Refusal(
    status: 403, code: "forbidden", message: "the address has expired: ask for a new one")
  static let keyAtStorage = Refusal(
    status: 400, code: "invalid_param",
    message: "the address carries its own signature: send no Authorization header",
    param: "Authorization")

  static func uploadedBefore(_ id: String) -> Refusal {
    Refusal(
      status: 409, code: "conflict", message: "\(id) was uploaded: an address takes bytes once")
  }

  static func wrongContentType(_ expected: String) -> Refusal {
    Refusal(
      status: 400, code: "invalid_param", message: "the Content-Type must be \(expected)",
      param: "Content-Type")
  }

  static func nothingUploaded(_ id: String) -> Refusal {
    Refusal(status: 404, code: "not_found", message: "nothing was uploaded to \(id) yet")
  }
}
