/// Finds out whether a line of the prompt holds a secret, so that it is not kept anywhere.
///
/// A line does where it has a secret that the session knows, something that reads like a key of the
/// API, or a literal in a place that a name like `apiKey`, `token` or `password` gives it. It errs on
/// the side of forgetting: a line too few in the history harms nobody.
struct SecretScan {
  /// The texts that must not be kept, such as the API's key and the values of secret variables.
  let known: [String]

  /// Whether a line is not to be kept.
  func holdsSecret(_ line: String) -> Bool {
    if known.contains(where: { $0.utf8.count >= SecretVault.shortest && line.contains($0) }) {
      return true
    }
    var before = ""
    for word in Self.words(of: line) {
      if Self.isKey(word) || (Self.announcesSecret(before) && Self.isLiteral(word)) { return true }
      before = word
    }
    return false
  }

  /// The words of a line; a sign that gives a name its value (`:` and `=`) stays behind the name.
  private static func words(of line: String) -> [String] {
    var words: [Substring] = []
    var start = line.startIndex
    func end(_ index: String.Index) {
      if start < index { words.append(line[start..<index]) }
    }
    for index in line.indices {
      switch line[index] {
      case " ", "\t", "\n", ",", ";", "|", "{", "}", "[", "]", "(", ")":
        end(index)
        start = line.index(after: index)
        if line[index] == "(" { words.append("(") }
      case ":", "=":
        let next = line.index(after: index)
        end(next)
        start = next
      default: break
      }
    }
    end(line.endIndex)
    return words.joinedToNames
  }

  /// Whether a word begins like a key of the API and is long enough to be one.
  private static func isKey(_ word: some StringProtocol) -> Bool {
    let bare = word.drop { "\"'".contains($0) }
    return KeyPattern.isIn(bare) || bare.hasPrefix("Bearer") && bare.count >= 16
  }

  /// Whether what stands behind a word is a secret: `secret`, `--api-key`, `password:`, `token =`.
  private static func announcesSecret(_ word: some StringProtocol) -> Bool {
    let letters = word.lowercased().filter { $0.isLetter }
    if word == "secret" || letters == "bearer" { return true }
    guard word.hasPrefix("--") || word.hasSuffix(":") || word.hasSuffix("=") else { return false }
    return [
      "key", "keys", "token", "tokens", "password", "passwd", "secret", "credential",
      "credentials", "authorization",
    ].contains { letters.hasSuffix($0) }
  }

  /// Whether a word is written out, and not a variable or a command in brackets.
  private static func isLiteral(_ word: some StringProtocol) -> Bool {
    !word.hasPrefix("$") && !word.hasPrefix("\"$") && !word.hasPrefix("(") && !word.hasPrefix("--")
  }
}

extension [Substring] {
  /// The words with a lone `=` or `:` put behind the name before it: `token =`.
  fileprivate var joinedToNames: [String] {
    var joined: [String] = []
    for word in self {
      if word == "=" || word == ":", let last = joined.popLast() {
        joined.append(last + word)
      } else {
        joined.append(String(word))
      }
    }
    return joined
  }
}
