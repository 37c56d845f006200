import WaggleCheck
import WaggleRender

/// What the prompt says and how it is written: greeting, prompts, refusals.
extension PromptSession {
  /// The columns of the screen now.
  var columns: Int { parts.screen.size().columns }

  /// What renders results and help.
  var results: Renderer {
    Renderer(style: parts.screen.style, width: columns, sources: parts.sources.map)
  }

  /// What renders complaints.
  var complaints: Renderer { results }

  /// Lines that say what is not as it should be and stops nothing.
  func note(_ message: String) -> String {
    results.folded("note: \(message); lines are kept until the prompt ends")
      .map { $0 + "\n" }.joined()
  }

  /// Writes a text of our own, through the pager where it is long.
  func show(_ text: String) {
    let text = parts.pager.paged(text, on: parts.screen, parts.terminal, parts.signals)
    _ = parts.terminal.write(text)
  }

  /// What is said at the start.
  var greeting: String {
    let style = parts.screen.style
    let lines = results.folded(
      "waggle \(Host.version) speaks to \(reach.gateway.words). `help` says what there is, Ctrl-D"
        + " leaves.")
    return lines.map { style(.faint, $0) + "\n" }.joined()
  }

  /// What stands before an entry.
  var prompt: String { coloured(reach.gateway.name + ">", mark) + " " }

  /// Production is red.
  private var mark: Style.Label { reach.gateway.profile.isProduction ? .error : .good }

  /// What stands before the lines that an entry goes on with.
  var further: String {
    let dots = String(repeating: " ", count: max(0, reach.gateway.name.count - 1)) + "…>"
    return coloured(dots, .faint) + " "
  }

  /// A text for the editor, which wants escape sequences between marks.
  private func coloured(_ text: String, _ label: Style.Label) -> String {
    guard parts.screen.isEdited, parts.screen.style.isColoured else { return text }
    let coloured = parts.screen.style(label, text)
    guard let range = coloured.firstRange(of: text) else { return text }
    return "\u{1}" + coloured[..<range.lowerBound] + "\u{1}" + text + "\u{1}"
      + coloured[range.upperBound...] + "\u{1}"
  }
}

/// The wording of what the prompt's own commands refuse.
extension UsageError {
  static func misused(_ command: SessionCommand) -> UsageError {
    UsageError("`\(command.rawValue)` is typed: \(command.usage)")
  }

  static func noHelp(_ topic: [String], suggestion: String?) -> UsageError {
    let message = "there is no help on `\(topic.joined(separator: " "))`"
    guard let suggestion else {
      return UsageError(message, help: "`help` alone says what there is")
    }
    return UsageError(message, help: "did you mean `\(suggestion)`?")
  }

  static func noHistory(_ text: String) -> UsageError {
    UsageError(text.isEmpty ? "there is no history yet" : "no line has `\(text)` in it")
  }

  static func nothingToSave(_ omitted: [String]) -> UsageError {
    omitted.isEmpty
      ? UsageError("there is nothing to save: no line of this session did something")
      : UsageError(
        "there is nothing to save", help: omitted.map { "left out \($0)" }.joined(separator: "; "))
  }

  static func cannotSave(_ file: String, _ reason: String) -> UsageError {
    UsageError("`\(file)` cannot be written: \(reason)")
  }

  static func nothingToForget(_ name: String, _ suggestion: String?) -> UsageError {
    let message = "there is no variable or function `\(name)`"
    guard let suggestion else { return UsageError(message) }
    return UsageError(message, help: "did you mean `\(suggestion)`?")
  }
}
