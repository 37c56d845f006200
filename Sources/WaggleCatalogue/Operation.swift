package import WaggleValues

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
  /// Body fields, in the contract's order; empty where there is no body.
  package let body: [Parameter]
  /// The most bytes that a body may have; nil where nothing is stated.
  package let maxBodyBytes: Int?
  /// Rules between fields, checked before sending.
  package let rules: [Rule]
  /// What a success gives.
  package let success: Success
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
    body: [Parameter] = [], maxBodyBytes: Int? = nil, rules: [Rule] = [], success: Success,
    effect: CallEffect, replay: Replay, example: String
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
    self.body = body
    self.maxBodyBytes = maxBodyBytes
    self.rules = rules
    self.success = success
    self.effect = effect
    self.replay = replay
    self.example = example
    readers = ReaderPool(success.schema)
  }

  /// What a script types: `instances start`.
  package var command: String { "\(group) \(action)" }
}

/// A parameter of an operation: in the path, the query or the body.
package struct Parameter: Sendable {
  /// The API's name: `agentFramework`; as an option, case, `-` and `_` do not matter.
  package let name: String
  /// What it takes.
  package let schema: Schema
  /// Whether a call needs it.
  package let isRequired: Bool
  /// The fewest and most code points of a text; for a list, those of each item.
  package let length: ClosedRange<Int>?
  /// The smallest and greatest number.
  package let range: ClosedRange<Int>?
  /// For an id: the type of record that serves for it, and the field it is read from.
  package let serves: [(type: String, field: String)]
  /// What it is for, in a line.
  package let help: String

  /// Makes a parameter.
  package init(
    _ name: String, _ schema: Schema, isRequired: Bool = false, length: ClosedRange<Int>? = nil,
    range: ClosedRange<Int>? = nil, serves: [(type: String, field: String)] = [], help: String
  ) {
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
    self.length = length
    self.range = range
    self.serves = serves
    self.help = help
  }
}

extension Parameter {
  /// The name as an option is written in help and messages: `agent-framework`.
  package var option: String { Self.option(of: name) }

  /// An API name as an option is written: a capital letter becomes a dash and a small one.
  package static func option(of name: String) -> String {
    var option = ""
    for letter in name {
      if letter.isUppercase, !option.isEmpty { option += "-" }
      option += letter.lowercased()
    }
    return option
  }
}

/// A rule between the fields of a body.
package enum Rule: Sendable {
  /// At least one of these must be given.
  case oneOf([String])
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

/// What an operation answers when it succeeds.
package struct Success: Sendable {
  /// The status: 200, 201, 202, 204.
  package let status: Int
  /// The form of the data.
  package let shape: Form
  /// Whether the data stands in `{"success":true,"data":…}`.
  package let isEnveloped: Bool

  /// The forms of data.
  package enum Form: Sendable {
    case record(RecordType)
    /// A list of records, with its style of paging.
    case list(RecordType, Paging)
    case text
    case nothing
  }

  /// How a list is paged.
  package enum Paging: Sendable, Equatable {
    case none
    /// `page` from 0 and `pageSize` up to this many; `total` counts the filtered set, if present.
    case page(max: Int)
  }

  /// Makes a success.
  package init(_ status: Int, _ shape: Form, isEnveloped: Bool = true) {
    self.status = status
    self.shape = shape
    self.isEnveloped = isEnveloped
  }
}
