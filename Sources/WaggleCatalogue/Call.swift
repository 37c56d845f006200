package import WaggleTime
package import WaggleValues

/// A call of an operation with everything filled in and checked; what a gateway is given.
package struct Call: Sendable {
  /// The operation.
  package let operation: Operation
  /// The path's ids, in the order of `operation.pathParameters`, not yet percent-encoded.
  package let path: [String]
  /// Query parameters in order; values are scalars.
  package var query: [(name: String, value: Value)]
  /// Header parameters in order, by the operation's names.
  package var headers: [(name: String, value: String)]
  /// The body; nil where there is none.
  package let body: Record?
  /// Whether events are wanted where the operation can answer with either.
  package var wantsStream = false
  /// Whether it is a look of a wait, which goes behind other calls where these queue for the quota.
  package var isLook = false
  /// What makes the call one and the same when it is sent again.
  ///
  /// 32 characters of base32, made from the run and the effect key; sent only where the operation
  /// has a place for it.
  package var key: String?

  /// Makes a call, with what it sends where nothing else is given; `validate` says whether it may
  /// be sent.
  package init(
    _ operation: Operation, path: [String] = [], query: [(name: String, value: Value)] = [],
    headers: [(name: String, value: String)] = [], body: Record? = nil, key: String? = nil
  ) {
    self.operation = operation
    self.path = path
    self.query = operation.filled(query)
    self.headers = headers
    self.body = operation.filled(body)
    self.key = key
  }
}

/// What a gateway answers to a call that succeeded.
package struct Reply: Sendable {
  /// The HTTP status.
  package let status: Int
  /// The payload, out of its envelope, typed by the operation's success.
  package let data: Value
  /// The size of the whole filtered list; nil where the answer did not say.
  package let total: Int?
  /// What to send back for the next page of a list; nil at its end.
  package let cursor: String?
  /// Whether a list says that more follows; nil where it does not say.
  package let hasMore: Bool?
  /// The `X-Request-Id` of the answer.
  package let requestID: String?

  /// Makes a reply.
  package init(
    status: Int, data: Value, total: Int? = nil, cursor: String? = nil, hasMore: Bool? = nil,
    requestID: String? = nil
  ) {
    self.status = status
    self.data = data
    self.total = total
    self.cursor = cursor
    self.hasMore = hasMore
    self.requestID = requestID
  }
}

/// Why a call gave no reply: data, of which `Fault` and the words on the screen are made.
package struct CallFault: Error, Sendable {
  /// The causes that differ in what may be done next.
  package enum Cause: Sendable, Equatable {
    /// The API answered with an error.
    case refused
    /// What came is not the contract: HTML, a cut body, `success:false` with a 200.
    case malformed
    /// Nothing was sent: the host could not be reached, or no credential is set.
    case unreachable
    /// It was sent and no answer came: whether it was carried out is not known.
    case lost
    /// It was held back on this side: `--read-only`, a limit of changes, a value out of range.
    case heldBack
    /// The strand was cancelled before the answer; for a change already sent the outcome is
    /// unknown.
    case cancelled(Cancellation)
  }

  /// What happened.
  package let cause: Cause
  /// The operation's id: `startInstance`.
  package let operation: String
  /// The HTTP status; nil without an answer.
  package let status: Int?
  /// The API's error code (`agent_not_found`), or ours in the same style.
  package let code: String
  /// A sentence: the API's own, or ours.
  package let message: String
  /// The field that the API names.
  package let parameter: String?
  /// The request id of the answer.
  package let requestID: String?
  /// How long the API asks to wait, in nanoseconds from the answer's arrival.
  package let retryAfter: Int?
  /// Whether the outcome of a change is unknown.
  package var isOutcomeUnknown: Bool
  /// How often it was tried; nil where once and no more would have helped.
  package var tries: CallTries?
  /// The command that shows what became of a change whose outcome is unknown.
  package var look: String?
  /// What to do about it, where only whoever set up the calls knows; nil for what is always done.
  package var remedy: String?

  /// Makes a fault; what is left out is nil or false.
  package init(
    _ cause: Cause, operation: String, status: Int? = nil, code: String, message: String,
    parameter: String? = nil, requestID: String? = nil, retryAfter: Int? = nil,
    isOutcomeUnknown: Bool = false
  ) {
    self.cause = cause
    self.operation = operation
    self.status = status
    self.code = code
    self.message = message
    self.parameter = parameter
    self.requestID = requestID
    self.retryAfter = retryAfter
    self.isOutcomeUnknown = isOutcomeUnknown
  }
}

/// The port to the API: one call in, one reply, stream or fault out, the calling strand parked
/// meanwhile.
///
/// One attempt and no more: pages, repeats, budgets and limits are layers that are gateways too.
package protocol Gateway: AnyObject, Sendable {
  /// Makes the call and parks the strand until its answer is there.
  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply
  /// Makes a call whose answer comes piece by piece, and parks the strand until it begins.
  ///
  /// Whatever keeps the answer from beginning is thrown: a refusal is the same fault as of `send`.
  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream
}
