import WaggleValues

/// What an agent makes of a message: how long it takes, what it asks for, how it ends.
///
/// A caller may order it, by words in square brackets in the message or by the `sandbox` member of
/// the metadata, where they are separated by commas:
///
/// | word | what happens |
/// | --- | --- |
/// | `[say TEXT]` | the answer is TEXT |
/// | `[ask]` | a pause for input first; `[ask] [ask]` twice |
/// | `[auth]` | a pause for a grant first |
/// | `[fail]` | the agent fails |
/// | `[refuse]` | the agent refuses: a task is rejected |
/// | `[lost]` | the agent is lost while it answers |
/// | `[slow]`, `[slow 30s]` | it takes a minute, or so long |
/// | `[hang]` | it never ends by itself |
/// | `[reject]`, `[busy]` | a call that waits for the answer is refused at once, by 409 |
/// | `[offline]`, `[unavailable]` | it is answered by 503 |
///
/// Other words in brackets mean nothing. Without any it takes about two seconds and answers, but for
/// what the faults `doomed` (it fails) and `stuck` (it hangs) take their share of.
struct Script: Sendable {
  /// How it ends.
  enum Ending: Sendable { case answer, fail, refuse, lose, hang }

  /// What it waits for on the way.
  enum Pause: Sendable { case input, auth }

  /// What a call is told instead of an answer.
  enum Door: Sendable { case open, reject, busy, offline, unavailable }

  private(set) var ending = Ending.answer
  private(set) var pauses: [Pause] = []
  private(set) var door = Door.open
  /// The whole time from the message to the end, without pauses.
  private(set) var milliseconds: Int
  /// What the caller wants to hear; nil for the agent's own words.
  private(set) var wanted: String?
  /// The message without the words in brackets.
  private(set) var plain = ""

  private static let minute = 60_000
  private static let longest = 604_800_000

  init(message: String, orders: String?, draws: Draws, faults: Faults) {
    milliseconds = draws.int("pace", in: 1500..<2500)
    if draws.share("doomed") < faults.doomed { ending = .fail }
    if draws.share("stuck") < faults.stuck { ending = .hang }
    var text = message[...]
    while let open = text.firstIndex(of: "[") {
      plain += text[..<open]
      text = text[open...]
      let close = text.firstIndex(of: "]")
      if let close, obey(text[text.index(after: open)..<close]) {
        text = text[text.index(after: close)...]
      } else {
        plain.append("[")
        text = text.dropFirst()
      }
    }
    plain = Self.trimmed(plain + text)
    for word in (orders ?? "").split(separator: ",") { _ = obey(word) }
    milliseconds = Int(Double(milliseconds) * faults.slowness)
  }

  /// Takes an order; false for words that are none.
  private mutating func obey(_ words: Substring) -> Bool {
    let parts = Self.trimmed(words).split(separator: " ", maxSplits: 1)
    let rest = parts.count > 1 ? String(parts[1]) : nil
    switch (parts.first.map(String.init), rest) {
    case ("say", let text?): wanted = text
    case ("slow", let text?):
      guard let time = Self.time(text) else { return false }
      milliseconds = time
    case ("slow", nil): milliseconds = Self.minute
    case ("ask", nil): pauses.append(.input)
    case ("auth", nil): pauses.append(.auth)
    case ("fail", nil): ending = .fail
    case ("refuse", nil): ending = .refuse
    case ("lost", nil): ending = .lose
    case ("hang", nil): ending = .hang
    case ("reject", nil): door = .reject
    case ("busy", nil): door = .busy
    case ("offline", nil): door = .offline
    case ("unavailable", nil): door = .unavailable
    default: return false
    }
    return true
  }

  /// A time such as `500ms`, `30s`, `5m`, `2h`; at most a week.
  private static func time(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
    guard let unit = units[String(text.dropFirst(digits.count))], let number = Int(digits) else {
      return nil
    }
    let (time, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow || time > longest ? nil : time
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
