import WaggleEditor

/// The lines typed before: in this prompt, in those before it, and beside it.
///
/// What is said of trouble with the file is said once; the prompt goes on without it.
final class PromptHistory {
  /// Why nothing is kept, in a sentence to be shown; nil where all is well.
  private(set) var trouble: String?
  /// The lines, oldest first.
  private(set) var entries: [String] = []

  private var file: HistoryFile?

  /// Takes up the history of a file; without one, lines are remembered until the prompt ends.
  init(_ place: Result<HistoryFile, HistoryFile.Trouble>?) {
    do throws(HistoryFile.Trouble) {
      file = try place?.get()
      entries = try file?.load() ?? []
    } catch {
      giveUp(error)
    }
  }

  /// Keeps a line as the newest; one that begins with a space, or is the last one again, is not.
  ///
  /// - Returns: Whether it is new, so that the keys that walk the history should know it.
  func keep(_ entry: String) -> Bool {
    let line = entry.trimmedEnd
    guard !line.isEmpty, line.first?.isWhitespace == false, line != entries.last else {
      return false
    }
    entries.append(line)
    do throws(HistoryFile.Trouble) {
      try file?.append(line)
    } catch {
      giveUp(error)
    }
    return true
  }

  /// What the newest line that begins like this one goes on with; nil for none.
  func rest(of line: String) -> String? {
    guard line.utf8.count >= 2, !line.isBlank else { return nil }
    let typed = line.utf8
    for entry in entries.reversed() {
      let bytes = entry.utf8
      if bytes.count > typed.count, bytes.starts(with: typed) {
        return String(decoding: bytes.dropFirst(typed.count), as: UTF8.self)
      }
    }
    return nil
  }

  /// The lines that have a text in them, with their numbers.
  func lines(with text: String) -> [(number: Int, line: String)] {
    entries.enumerated().filter { text.isEmpty || $0.element.contains(text) }
      .map { ($0.offset + 1, $0.element) }
  }

  private func giveUp(_ trouble: HistoryFile.Trouble) {
    file = nil
    self.trouble = trouble.message
  }
}

extension String {
  /// The text without blanks at its end.
  var trimmedEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
