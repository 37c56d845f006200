package import WaggleValues

/// The text of a reply, as it grows in the items of a stream; a machine without I/O.
///
/// An item comes in, what is to be printed of it goes out: of an answer its deltas, of a message that
/// is sent again and again the part that is new. What an agent thinks meanwhile is no reply. Where
/// others print at the same time it gives whole lines, so that no line is of two replies.
package struct ReplyText: Sendable {
  /// The whole reply; of several messages the last one.
  package private(set) var text = ""
  /// The last event that ended an answer: `done`.
  package private(set) var done: Record?
  /// What went wrong on the way to the answer, as the agent says.
  package private(set) var error: Record?
  /// Whether the agent has paused and waits for somebody, as the last item says.
  package private(set) var asks = false
  private var message: String?
  private var isInLine = false
  private let givesWholeLines: Bool
  /// What is kept until its line is whole.
  private var held = ""

  /// Begins with nothing.
  package init(wholeLines: Bool = false) { givesWholeLines = wholeLines }

  /// Takes an item and gives what is new of the reply.
  package mutating func told(_ item: Value) -> String {
    guard case .record(let item) = item, let type = item["type"]?.revealedText else { return "" }
    asks = ["agent.input_required", "agent.auth_required"].contains(type)
    switch type {
    case "delta": return grown(by: item["text"]?.revealedText ?? "")
    case "error":
      error = item
      return ""
    case "done":
      done = item
      guard let whole = item["text"]?.revealedText else { return "" }
      if text.isEmpty { return grown(by: whole) }
      // What came in pieces is the answer; the end may only add to it.
      return whole.utf8.starts(with: text.utf8) ? grown(to: whole) : ""
    case _ where Self.replies.contains(type):
      return takeMessage(item)
    default: return ""
    }
  }

  /// Takes an answer that was there as a whole and gives its text.
  package mutating func told(whole answer: Value) -> String {
    guard case .record(let answer) = answer else { return "" }
    return grown(by: answer["text"]?.revealedText ?? "")
  }

  /// What ends the line that the reply is in.
  package mutating func ended() -> String {
    defer { (isInLine, held) = (false, "") }
    return isInLine ? held + "\n" : ""
  }

  /// The types of messages in which an agent speaks to whoever asked.
  private static let replies = [
    "agent_reply", "agent_reply_error", "agent.refuse", "agent_busy", "agent.input_required",
    "agent.auth_required",
  ]

  private mutating func takeMessage(_ item: Record) -> String {
    let id = item["message_id"]?.revealedText
    var before = ""
    if id == nil || id != message {
      before = ended()
      text = ""
    }
    message = id
    guard let body = item.replyText else { return before }
    guard body.utf8.starts(with: text.utf8) else {
      before += ended()
      text = ""
      return before + grown(to: body)
    }
    return before + grown(to: body)
  }

  private mutating func grown(to whole: String) -> String {
    grown(by: String(whole.utf8.dropFirst(text.utf8.count)) ?? "")
  }

  private mutating func grown(by more: String) -> String {
    text += more
    if let last = more.utf8.last { isInLine = last != 0x0A }
    guard givesWholeLines else { return more }
    held += more
    let rest = held.reversed().prefix { $0 != "\n" }.reversed()
    defer { held = String(rest) }
    return String(held.dropLast(rest.count))
  }
}

extension Record {
  /// The text of a message: its body, or in older rows its payload.
  fileprivate var replyText: String? {
    if let body = self["body"]?.revealedText { return body }
    switch self["payload"] {
    case .record(let payload): return payload["text"]?.revealedText
    case let payload: return payload?.revealedText
    }
  }
}
