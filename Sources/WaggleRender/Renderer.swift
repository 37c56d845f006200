package import WaggleText
import WaggleValues

/// Makes the text that a person reads of what the other rooms give as data.
///
/// In come diagnostics, faults, values, the progress of waits, the parameters of a script; out come
/// lines. Everything here is a function of its arguments: whether there is a terminal, how wide it
/// is and whether it has colours is told from outside, and nothing is written anywhere. What came
/// from an API goes through `SafeText` before it stands in a line.
///
/// ```swift
/// let renderer = Renderer(style: .plain, width: 100, sources: sources)
/// terminal.complain(renderer.text(of: diagnostics))
/// ```
package struct Renderer: Sendable {
  /// The colours.
  package let style: Style
  /// The columns that lines may take.
  package let width: Int
  /// The texts that spans point into.
  package let sources: SourceMap

  /// Makes a renderer.
  package init(style: Style, width: Int, sources: SourceMap) {
    self.style = style
    self.width = width
    self.sources = sources
  }

  /// A line that says what went wrong where there is no text to point into; ends its line.
  package func error(_ message: String, help: [String] = []) -> String {
    let first = style(.error, "error") + ": " + style(.message, line(message)) + "\n"
    return first + help.map { "  " + style(.advice, "help: ") + $0 + "\n" }.joined()
  }

  /// The same about a spot of a text, which is shown; `help` says what to do.
  package func error(_ message: String, at spot: Span, help: [String]) -> String {
    var excerpt = Excerpt(
      spot, hint: "", label: .error, in: sources, LineTable(sources[spot.source]), style: style,
      width: width)
    for help in help { excerpt.add("help", help) }
    let first = style(.error, "error") + ": " + style(.message, line(message))
    return ([first] + excerpt.lines).map { $0 + "\n" }.joined()
  }

  /// Every diagnostic, with an empty line between them; ends its line.
  package func text(of diagnostics: [Diagnostic]) -> String {
    var tables: [SourceID: LineTable] = [:]
    return diagnostics.map { diagnostic in
      let source = diagnostic.span.source
      let table = tables[source] ?? LineTable(sources[source])
      tables[source] = table
      return text(of: diagnostic, table)
    }.joined(separator: "\n")
  }

  /// One diagnostic: the sentence, the place, the line with the spot underlined, what to do; its
  /// code stands in the head, for `waggle explain` and for a search.
  private func text(of diagnostic: Diagnostic, _ table: LineTable) -> String {
    let isError = diagnostic.severity == .error
    let label: Style.Label = isError ? .error : .warning
    let head = style(label, "\(isError ? "error" : "warning")[\(diagnostic.code)]")
    var excerpt = Excerpt(
      diagnostic.span, hint: sentence(diagnostic.hint), label: label, asides: diagnostic.labels,
      in: sources, table, style: style, width: width)
    for help in diagnostic.help { excerpt.add("help", sentence(help)) }
    let message = style(.message, sentence(diagnostic.message))
    return ([head + ": " + message] + excerpt.lines).map { $0 + "\n" }.joined()
  }

  /// A sentence of a diagnostic on one line, without most of a word that fills pages.
  private func sentence(_ text: String) -> String {
    guard text.utf8.count > 600 else { return line(text) }
    // Counted in scalars: one character as a reader sees it may fill pages too.
    let scalars = text.unicodeScalars
    return line(String(scalars.prefix(200)) + "…" + String(scalars.suffix(100)))
  }

  /// A text that may hold anything, on one line.
  func line(_ text: String) -> String { SafeText(text).text }
}
