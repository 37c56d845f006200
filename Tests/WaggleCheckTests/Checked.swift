import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

@testable import WaggleCheck

/// A text with what the parser and the checker made of it.
struct Checked {
  let source: Source
  let program: CheckedProgram?
  let diagnostics: [Diagnostic]

  init(
    _ text: String, mode: Checker.Mode = .script, session: Session? = nil,
    name: String = "test", files: [(path: String, text: String)] = []
  ) {
    var map = SourceMap()
    source = Source(name: name, text: text)
    let id = map.add(source)
    let parsed = Parser.parse(source, id: id, mode: session == nil ? .file : .prompt)
    let checked = Checker.check(
      parsed.script, mode: mode, catalogue: .beeOS, session: session,
      loader: ShelfLoader(files, main: name, id, in: map))
    program = parsed.diagnostics.isEmpty ? checked.program : nil
    diagnostics = parsed.diagnostics + checked.diagnostics
  }

  /// The lines that something is said of, each with the spot underlined and the words behind it.
  var marked: String {
    let table = LineTable(source)
    var lines: [String] = []
    var last = 0
    for diagnostic in diagnostics {
      let start = table.position(of: Int(diagnostic.span.lower))
      if start.line != last { lines.append(table.text(ofLine: start.line)) }
      last = start.line
      lines.append(
        String(repeating: " ", count: start.column - 1)
          + String(
            repeating: diagnostic.severity == .error ? "^" : "~",
            count: max(1, Int(diagnostic.span.upper - diagnostic.span.lower)))
          + " " + words(of: diagnostic))
    }
    return lines.joined(separator: "\n")
  }

  private func words(of diagnostic: Diagnostic) -> String {
    diagnostic.code + ": " + diagnostic.message
      + (diagnostic.hint.isEmpty ? "" : "; " + diagnostic.hint)
  }

  /// The codes of all that is said.
  var codes: [String] { diagnostics.map(\.code) }

  /// The program as text, a statement a line; or what is wrong with it.
  var dump: String {
    guard let program else { return marked }
    return Dump().program(program)
  }

  /// The sites of all effects, in the order of the program.
  var sites: [String] {
    guard let program else { return [marked] }
    return Dump().sites(of: program)
  }
}
