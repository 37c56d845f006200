import WaggleValues

/// Making a request of a call.
extension Call {
  /// The call as it goes over a wire, without a credential: that is the gateway's own.
  ///
  /// Ids and query values may hold any character; secrets in the body are sent as they are.
  package func wireRequest() -> WireRequest {
    var headers = [(name: "accept", value: "application/json")]
    var bytes: [UInt8] = []
    if let body {
      headers.append(("content-type", "application/json"))
      bytes = Value.record(body).revealedJSON
    }
    return WireRequest(
      method: operation.method, path: wirePath, query: wireQuery, headers: headers, body: bytes)
  }

  /// The template with each `{…}` replaced by an id.
  private var wirePath: String {
    var ids = path.makeIterator()
    let segments = operation.path.split(separator: "/", omittingEmptySubsequences: false)
    return segments.map { segment in
      segment.hasPrefix("{") ? PercentEncoding.encode(ids.next() ?? "") : String(segment)
    }.joined(separator: "/")
  }

  private var wireQuery: String {
    query.map { name, value in
      let text = value.textForWire ?? value.plainText
      return PercentEncoding.encode(name) + "=" + PercentEncoding.encode(text)
    }.joined(separator: "&")
  }
}
