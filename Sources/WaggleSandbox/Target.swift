import WaggleCatalogue
import WaggleValues

/// What a request is aimed at, judged: an operation of the catalogue and everything said with it.
struct Target {
  let operation: Operation
  /// Whose key came with it.
  let caller: Owner
  /// The ids in the path, in order; one for each of the operation's path parameters.
  let ids: [String]
  /// The query, by the operation's own names: ints, bools and texts.
  let query: [String: Value]
  /// The body; without fields where there is none.
  let body: Record
  /// Header fields by lower-case name, the last of each.
  let headers: [String: String]

  /// An id of the path by its position; empty beyond the end, which no route allows.
  func id(_ position: Int = 0) -> String { ids.indices.contains(position) ? ids[position] : "" }

  /// A text of the query; nil where it is absent or empty.
  func queryText(_ name: String) -> String? {
    guard let text = query[name]?.revealedText, !text.isEmpty else { return nil }
    return text
  }

  /// A number of the query.
  func queryNumber(_ name: String) -> Int? {
    if case .int(let number)? = query[name] { number } else { nil }
  }

  /// A text of the body.
  func text(_ name: String) -> String? { body[name]?.revealedText }

  /// A number of the body.
  func number(_ name: String) -> Int? {
    if case .int(let number)? = body[name] { number } else { nil }
  }

  /// The key that makes two sendings one, in the body or the header; nil without one.
  var key: String? {
    switch operation.key {
    case .body(let field): text(field)
    case .header: headers["idempotency-key"]
    case nil: nil
    }
  }

  /// Whether events are wanted where the operation can answer with either.
  var wantsStream: Bool {
    headers["accept"].map { $0.lowercased().contains("text/event-stream") } ?? false
  }
}
