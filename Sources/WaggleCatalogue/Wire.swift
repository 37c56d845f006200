/// A request as it goes over a wire: what the HTTP gateway sends and the sandbox judges.
package struct WireRequest: Sendable {
  /// `GET`, `POST`, ….
  package var method: String
  /// The percent-encoded path.
  package var path: String
  /// The percent-encoded query without its `?`; empty without one.
  package var query: String
  /// Header fields by lower-case name, in order.
  package var headers: [(name: String, value: String)]
  /// The body's bytes; empty without one.
  package var body: [UInt8]

  /// Makes a request.
  package init(
    method: String, path: String, query: String = "",
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

/// An answer as it came over a wire.
package struct WireResponse: Sendable {
  /// The HTTP status.
  package var status: Int
  /// Header fields by lower-case name, in order.
  package var headers: [(name: String, value: String)]
  /// The body's bytes.
  package var body: [UInt8]

  /// Makes an answer.
  package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
