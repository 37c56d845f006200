/// One command of a session's command line, with where its streams lead.
struct SessionCommand {
  var environment: [String: String] = [:]
  var words: [String] = []
  var input: String?
  var output: String?

  /// The commands of a line, from the left of the pipes to the right.
  static func parse(_ line: String) throws -> [SessionCommand] {
    var stages = [SessionCommand()]
    var redirection: Token?
    for token in try tokens(of: line) {
      switch (token, redirection) {
      case (.word(let name), .into?): stages[stages.count - 1].output = name
      case (.word(let name), .from?): stages[stages.count - 1].input = name
      case (.word, .here?): break
      case (.word(let word), _): stages[stages.count - 1].add(word)
      case (.pipe, _): stages.append(SessionCommand())
      case (.into, _), (.from, _), (.here, _):
        redirection = token
        continue
      }
      redirection = nil
    }
    return stages
  }

  private mutating func add(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isName = parts[0].allSatisfy { $0.isUppercase || $0 == "_" } && !parts[0].isEmpty
    if words.isEmpty, parts.count == 2, isName {
      environment[String(parts[0])] = String(parts[1])
    } else {
      words.append(word)
    }
  }

  private enum Token: Equatable {
    case word(String)
    case pipe, into, from, here
  }

  private static func tokens(of line: String) throws -> [Token] {
    var tokens: [Token] = []
    var word: String?
    var rest = Substring(line)
    func end() {
      if let done = word { tokens.append(.word(done)) }
      word = nil
    }
    while let character = rest.popFirst() {
      switch character {
      case " ", "\n": end()
      case "|", ">":
        end()
        tokens.append(character == "|" ? .pipe : .into)
      case "<":
        end()
        let isHere = rest.first == "<"
        if isHere { rest.removeFirst() }
        tokens.append(isHere ? .here : .from)
      case "'", "\"":
        word = (word ?? "") + (try quoted(by: character, &rest))
      case "\\":
        word = (word ?? "") + String(rest.popFirst() ?? "\\")
      default: word = (word ?? "") + String(character)
      }
    }
    end()
    return tokens
  }

  private static func quoted(by quote: Character, _ rest: inout Substring) throws -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      let isEscape = quote == "\"" && character == "\\" && "\"\\$".contains(rest.first ?? " ")
      text.append(isEscape ? rest.removeFirst() : character)
    }
    throw SessionShell.Mistake(description: "a quote is not closed")
  }

  /// The bytes of a `printf` format.
  static func unescaped(_ format: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(format)
    while let character = rest.popFirst() {
      guard character == "\\", let escape = rest.popFirst() else {
        bytes += Array(String(character).utf8)
        continue
      }
      switch escape {
      case "n": bytes.append(0x0A)
      case "r": bytes.append(0x0D)
      case "t": bytes.append(0x09)
      case "e": bytes.append(0x1B)
      case "\\": bytes.append(0x5C)
      case "x":
        guard let byte = UInt8(rest.prefix(2), radix: 16) else {
          throw SessionShell.Mistake(description: "`\\x` wants two digits")
        }
        bytes.append(byte)
        rest = rest.dropFirst(2)
      default: throw SessionShell.Mistake(description: "`printf` has no `\\\(escape)`")
      }
    }
    return bytes
  }
}
