import WaggleEditor
import WaggleSyntax
import WaggleText

/// Reads entries: a line, or as many as it takes until more input can cure nothing.
struct EntryReader {
  /// What was read.
  enum Entry: Equatable {
    case text(String)
    /// Ctrl-C: what was typed is given up.
    case interrupted
    /// The end of the input; what was begun before it was not finished.
    case end(unfinished: String)
  }

  let reader: any LineReader

  /// Reads the next entry.
  ///
  /// - Parameters:
  ///   - prompt: What stands before its first line.
  ///   - further: What stands before the lines that it goes on with.
  /// - Returns: What was read.
  func read(prompt: String, further: String) -> Entry {
    var text = ""
    while true {
      switch reader.read(prompt: text.isEmpty ? prompt : further) {
      case .line(let line): text += (text.isEmpty ? "" : "\n") + line
      case .interrupted: return .interrupted
      case .end: return .end(unfinished: text)
      }
      if text.isBlank { return .text("") }
      if !Self.isIncomplete(text) { return .text(text) }
    }
  }

  /// Whether more lines may make an entry right that is not: nothing is wrong with it but its end.
  static func isIncomplete(_ text: String) -> Bool {
    var sources = SourceMap()
    let source = Source(name: "prompt", text: text + "\n")
    let diagnostics = Parser.parse(source, id: sources.add(source), mode: .prompt).diagnostics
    return !diagnostics.isEmpty && diagnostics.allSatisfy(\.isIncomplete)
  }
}
