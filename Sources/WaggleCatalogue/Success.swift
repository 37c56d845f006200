package import WaggleValues

/// What an operation answers when it succeeds.
package struct Success: Sendable {
  /// The status: 200, 201, 202, 204.
  package let status: Int
  /// The form of the data.
  package let shape: Form
  /// Whether the data stands in `{"success":true,"data":…}`; else it is the whole body.
  package let isEnveloped: Bool
  /// The name of the array that holds a list's records, inside of the data; nil where the data is
  /// the array.
  package let items: String?
  /// Whether a 200 in place of the status is a refusal in the form of JSON-RPC (contract, §14).
  package let isTwoFaced: Bool

  /// The forms of data.
  package enum Form: Sendable {
    case record(RecordType)
    /// A record of which nothing is promised.
    case object
    /// Whatever comes: out of its envelope where it has one.
    case any
    /// No body: a record made of the header that names the runtime operation.
    case receipt
    /// A list of records, with its style of paging.
    case list(RecordType, Paging)
    case text
    /// Events, one by one, by the operation's grammar.
    case stream
    case nothing
  }

  /// How a list is paged (contract, §3).
  package enum Paging: Sendable, Equatable {
    case none
    /// The newest ones only: `limit` from 1 up to this many, and no further page.
    case newest(max: Int)
    /// `page` from 0 and `pageSize` up to this many; `total` counts the filtered set, if present.
    case page(max: Int)
    /// `offset` from 0 and `limit`, of which no maximum is stated; `total` counts them all.
    case offset
    /// An opaque text to send back as `parameter`, found as `next` beside the items; empty or
    /// absent at the end. `limit` up to this many.
    case cursor(parameter: String, next: String, max: Int)
    /// Rows after an offset, rising: `since` is the offset of the last row seen, `has_more` tells
    /// the end. `limit` up to this many.
    case rows(max: Int)
  }

  /// Makes a success.
  package init(
    _ status: Int, _ shape: Form, isEnveloped: Bool = true, items: String? = nil,
    isTwoFaced: Bool = false
  ) {
    self.status = status
    self.shape = shape
    self.isEnveloped = isEnveloped
    self.items = items
    self.isTwoFaced = isTwoFaced
  }
}

extension Success {
  /// Whether it is a list of which a call may read a part, so that `--limit` means something.
  package var isPaged: Bool {
    if case .list(_, let paging) = shape { paging != .none } else { false }
  }
}

extension Success {
  /// Whether it comes event by event.
  package var isStream: Bool { if case .stream = shape { true } else { false } }
}

extension Success.Paging {
  /// The query parameters that are the pager's own business: no options of the command.
  package var ownParameters: [String] {
    switch self {
    case .none: []
    case .page: ["page"]
    case .newest, .offset, .cursor, .rows: ["limit"]
    }
  }

  /// The field beside the items that holds what to send back for the next page.
  var next: String? {
    switch self {
    case .cursor(_, let next, _): next
    case .rows: "next_since"
    case .none, .newest, .page, .offset: nil
    }
  }
}
