import WaggleCatalogue
import WaggleTime
import WaggleValues

/// What chance makes of one request, and the answer as it leaves the world.
///
/// Drawn by what the request says and how often it said so before.
struct Luck {
  private let requestID: String
  private let flake: Double
  private let isFlaky: Bool
  /// Whether a change is carried out and its answer lost.
  let isReplyLost: Bool
  /// How many events of a stream come through before it breaks off; nil for all of them.
  let eventsBeforeCut: Int?

  /// The error that it is answered with; nil for none.
  let error: Refusal?

  init(draws: Draws, faults: Faults, request: WireRequest, times: Int) {
    let own = Draws(seed: draws.seed ^ Self.identity(request)).of("request")
    requestID = "req_" + own.digits("id", times)
    isFlaky = own.share("flaky", times) < faults.flaky
    flake = own.share("flake", times)
    eventsBeforeCut =
      own.share("cut-stream", times) < faults.cutStream
      ? own.int("events before cut", times, in: 1..<5) : nil
    error =
      own.share("error", times) < faults.error.share ? Refusal.ordered(faults.error.code) : nil
    isReplyLost = own.share("lost-reply", times) < faults.lostReply
  }

  /// A number for everything that a request says but its headers.
  static func identity(_ request: WireRequest) -> UInt64 {
    var hash = Draws.hash(request.method.utf8)
    hash = Draws.hash(" \(request.path)?\(request.query) ".utf8, from: hash)
    return Draws.hash(request.body, from: hash)
  }

  /// Whether it is answered by 503 before the work, as half of what is flaky is.
  var isUnavailable: Bool { isFlaky && flake < 0.5 }

  /// Whether it is not answered at all and not carried out, as a quarter of what is flaky is.
  var isReset: Bool { isFlaky && (0.5..<0.75).contains(flake) }

  /// The answer, or a part of it for the last quarter of what is flaky, which was carried out.
  func maybeCut(_ response: WireResponse) -> WireResponse {
    guard isFlaky, flake >= 0.75 else { return response }
    guard !response.body.isEmpty else { return response }
    var cut = response
    cut.body.removeLast(max(cut.body.count - Int(Double(cut.body.count) * (flake - 0.75) * 4), 1))
    return cut
  }

  /// A success as it goes out, with its operation's status unless it has its own.
  func answer(_ outcome: Outcome, _ status: Int) -> WireResponse {
    if outcome.feed != nil {
      return WireResponse(
        status: outcome.status ?? 200,
        headers: [
          ("content-type", "text/event-stream"), ("cache-control", "no-cache"),
          ("x-request-id", requestID),
        ] + outcome.headers)
    }
    let hasBody = !outcome.body.isEmpty
    return WireResponse(
      status: outcome.status ?? status,
      headers: headers(length: hasBody ? outcome.body.count : nil) + outcome.headers,
      body: outcome.body)
  }

  /// A refusal as it goes out, in the error envelope.
  func answer(_ refusal: Refusal) -> WireResponse {
    let body = refusal.bareBody ?? envelope(refusal)
    var headers = headers(length: body.count)
    if let retryAfter = refusal.retryAfter { headers.append(("retry-after", retryAfter)) }
    if let date = refusal.date {
      headers.append(("date", HTTPDate.text(Instant(nanoseconds: date * 1_000_000))))
    }
    return WireResponse(status: refusal.status, headers: headers, body: body)
  }

  /// What a proxy says that finds nobody behind it, in words of its own.
  static let nobodyThere: WireResponse = {
    let body = Array("<html><body><h1>502 Bad Gateway</h1></body></html>\n".utf8)
    return WireResponse(
      status: 502,
      headers: [("content-type", "text/html"), ("content-length", String(body.count))], body: body)
  }()

  private func envelope(_ refusal: Refusal) -> [UInt8] {
    var out = ObjectWriter()
    out.member("type", refusal.type)
    out.member("code", refusal.code)
    out.member("message", refusal.message)
    out.member("request_id", requestID)
    out.member("param", refusal.param)
    out.end()
    return Array(#"{"success":false,"error":"#.utf8) + out.bytes + [0x7D]
  }

  private func headers(length: Int?) -> [(name: String, value: String)] {
    let id = (name: "x-request-id", value: requestID)
    guard let length else { return [id] }
    return [("content-type", "application/json"), ("content-length", String(length)), id]
  }
}
