import WaggleValues

/// Making a request of a call.
extension Call {
  /// The call as it goes over a wire, without a credential: that is the gateway's own.
  ///
  /// Ids and query values may hold any character; secrets in the body are sent as they are.
  package func wireRequest() -> WireRequest {
    var headers = [(name: "accept", value: isStream ? "text/event-stream" : "application/json")]
    headers += self.headers.map { ($0.name.lowercased(), $0.value) }
    if case .header = operation.key, let key, !headers.contains(where: { $0.name == Self.keyName })
    {
      headers.append((Self.keyName, key))
    }
    var bytes: [UInt8] = []
    if let body = keyedBody {
      headers.append(("content-type", "application/json"))
      bytes = Value.record(body).revealedJSON
    }
    return WireRequest(
      method: operation.method, path: wirePath, query: wireQuery, headers: headers, body: bytes)
  }

  private static let keyName = "idempotency-key"

  /// Whether events are the answer.
  package var isStream: Bool {
    if case .stream = operation.success.shape { return true }
    return wantsStream
  }

  /// The body with the key in it, where it has a place there and the script has not filled it.
  private var keyedBody: Record? {
    guard case .body(let field)? = operation.key, let key, var body, body[field] == nil else {
      return body
    }
    try? body.set(field, .text(key))
    return body
  }

  /// The template with each `{…}` replaced by an id.
  private var wirePath: String {
    if operation.isRequest { return String(target.prefix { $0 != "?" }) }
    var ids = path.makeIterator()
    let segments = operation.path.split(separator: "/", omittingEmptySubsequences: false)
    return segments.map { segment in
      segment.hasPrefix("{") ? PercentEncoding.encode(ids.next() ?? "") : String(segment)
    }.joined(separator: "/")
  }

  /// What a request of the script's own asks for.
  private var target: String { path.first ?? "" }

  private var wireQuery: String {
    if operation.isRequest {
      return target.contains("?") ? String(target.drop { $0 != "?" }.dropFirst()) : ""
    }
    return query.map { name, value in
      let text = value.textForWire ?? value.plainText
      return PercentEncoding.encode(name) + "=" + PercentEncoding.encode(text)
    }.joined(separator: "&")
  }
}
