import WaggleValues

/// What a world wants posted to an address: a webhook's news (contract, §13).
///
/// With a secret it is signed: `X-BeeOS-Signature: t=<unix>,v1=<hex>`, where the hexadecimal digits
/// are HMAC-SHA256 of `t`, a dot and the body.
package struct Letter: Sendable {
  /// Which delivery it is.
  package let id: String
  /// Where it goes: an absolute address of http or https.
  package let url: String
  /// Header fields, by the names that the contract gives them.
  package let headers: [(name: String, value: String)]
  /// The body: JSON.
  package let body: [UInt8]

  init(_ delivery: Delivery, to webhook: Webhook, at now: Int) {
    id = delivery.id
    url = webhook.url
    body = delivery.body
    var headers = [
      (name: "Content-Type", value: "application/json"),
      (name: "X-BeeOS-Webhook-Format", value: "openapi"),
    ]
    if let token = webhook.token { headers.append(("Authorization", "Bearer \(token)")) }
    if let secret = webhook.secret {
      let time = now / 1000
      let signature = SHA256.authenticate(
        Array("\(time).".utf8) + delivery.body, key: Array(secret.utf8))
      headers.append(("X-BeeOS-Event", "task.state"))
      headers.append(("X-BeeOS-Task-Id", delivery.taskID))
      headers.append(("X-BeeOS-Signature", "t=\(time),v1=\(signature.hexadecimal)"))
    }
    self.headers = headers
  }
}

extension [UInt8] {
  /// The bytes as hexadecimal digits, two each.
  fileprivate var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
