/// One operation of the API as data: the one list from which commands, completion, help, checks,
/// requests, sandbox routes and tests are made.
package final class Operation: Sendable {
  /// The contract's name: `startInstance`.
  package let id: String
  /// The first word of its command: `instances`.
  package let group: String
  /// The second word of its command: `start`, `device-info`.
  package let action: String
  /// A daily short form, a command of one word; nil without one.
  package let shortForm: String?
  /// `GET`, `POST`, `PUT`, `PATCH`, `DELETE`.
  package let method: String
  /// The path with its parameters in braces: `/api/v1/instances/{id}/start`.
  package let path: String
  /// What it does, in a line, imperative, without a full stop; our own words.
  package let summary: String
  /// The ids in the path, in order; positional arguments of the command.
  package let pathParameters: [Parameter]
  /// Query parameters, in the contract's order.
  package let query: [Parameter]
  /// Parameters in headers, in the contract's order, without the one of `key`.
  package let headers: [Parameter]
  /// Body fields, in the contract's order; empty where there is no body.
  package let body: [Parameter]
  /// The body fields that a command may also be given by their place, after the ids.
  package let positional: [String]
  /// The most bytes that a body may have; nil where nothing is stated.
  package let maxBodyBytes: Int?
  /// Whether the API refuses fields that it does not know; elsewhere it ignores them.
  package let isBodyClosed: Bool
  /// Rules between fields, checked before sending.
  package let rules: [Rule]
  /// Where the key stands that makes two sendings one call; nil for a call without one.
  package let key: KeyPlace?
  /// What a success gives.
  package let success: Success
  /// The grammar of its stream; nil for an operation without one.
  ///
  /// Where the success is no stream, one is given in its stead when it is asked for.
  package let stream: StreamGrammar?
  /// What a call of it may change.
  package let effect: CallEffect
  /// Whether it may be sent again after a lost answer.
  package let replay: Replay
  /// An example that runs on the sandbox.
  package let example: String
  /// What reads its answers.
  let readers: ReaderPool

  /// Makes an entry of the catalogue; see `Catalogue.instances` for how they read.
  package init(
    id: String, group: String, action: String, shortForm: String? = nil, method: String,
    path: String, summary: String, pathParameters: [Parameter] = [], query: [Parameter] = [],
    headers: [Parameter] = [], body: [Parameter] = [], positional: [String] = [],
    maxBodyBytes: Int? = nil, isBodyClosed: Bool = false, rules: [Rule] = [], key: KeyPlace? = nil,
    success: Success,
    stream: StreamGrammar? = nil, effect: CallEffect, replay: Replay, example: String
  ) {
    self.id = id
    self.group = group
    self.action = action
    self.shortForm = shortForm
    self.method = method
    self.path = path
    self.summary = summary
    self.pathParameters = pathParameters
    self.query = query
    self.headers = headers
    self.body = body
    self.positional = positional
    self.maxBodyBytes = maxBodyBytes
    self.isBodyClosed = isBodyClosed
    self.rules = rules
    self.key = key
    self.success = success
    self.stream = stream
    self.effect = effect
    self.replay = replay
    self.example = example
    readers = ReaderPool(success.schema)
  }

  /// What a script types: `instances start`.
  package var command: String { "\(group) \(action)" }
}

/// A rule between the fields of a body.
package enum Rule: Sendable {
  /// At least one of these must be given.
  case oneOf([String])
  /// At least one field, whichever.
  case notEmpty
  /// Two names of one field: where both are given they must be equal.
  case agree(String, String)
}

/// Where a call carries the key that makes a second sending the same call (contract, §15).
package enum KeyPlace: Sendable, Equatable {
  /// A field of the body; never required.
  case body(field: String)
  /// The header `Idempotency-Key`, 1 to 128 characters.
  case header(isRequired: Bool)

  /// The parameter that takes a key of the caller's own.
  package var name: String {
    switch self {
    case .body(let field): field
    case .header: Parameter.idempotencyHeader.name
    }
  }
}

/// What an operation changes.
package enum CallEffect: Sendable, Equatable {
  /// Nothing.
  case read
  /// Something: counts for `limit changes`, refused by `--read-only`.
  case change
  /// Something for good: counts for `limit destroy` too.
  case destroy
}

/// Whether a call may be sent again after its answer was lost (the contract's `retry` classes).
package enum Replay: Sendable, Equatable {
  case safe, safeWithKey, checkFirst, harmlessDuplicate, unsafe, pointless
}
