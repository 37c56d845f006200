package import WaggleTime

/// One request and its answer as they went over a wire, for logs and traces.
///
/// The credential is not in it, but every other secret is: whoever shows it takes those out.
package struct WireExchange: Sendable {
  /// The call that was made.
  package let call: Call
  /// Where it went: `https://openapi.beeos.ai`, and what stands before `/api/v1`.
  package let base: String
  /// What was sent, without the credential.
  package let request: WireRequest
  /// What came; nil where no whole answer did.
  ///
  /// Of a stream it is what came of it until its end, as far as it was kept.
  package let response: WireResponse?
  /// When it was sent.
  package let begun: Instant
  /// When the answer was there, or nobody waited any more.
  package let ended: Instant

  /// Joins what is known of an exchange.
  package init(
    _ call: Call, base: String, request: WireRequest, response: WireResponse?, begun: Instant,
    ended: Instant
  ) {
    self.call = call
    self.base = base
    self.request = request
    self.response = response
    self.begun = begun
    self.ended = ended
  }
}

/// Told of each exchange, on the strand that made it.
package typealias WireTap = @Sendable (WireExchange) -> Void
