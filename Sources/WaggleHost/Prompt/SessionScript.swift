import WaggleCatalogue
import WaggleCheck
import WaggleSyntax
import WaggleText

/// What worked in a session, as the script that `save` writes.
///
/// Lines that only looked are left out, unless a later line went on from what they gave: then they
/// give it a name. What is left is checked as a script, and what is no part of one is left out, too.
struct SessionScript {
  /// A line that worked.
  struct Line {
    let text: String
    let statements: [Statement]
    /// Where it reads `$_`, and the line that this was the result of.
    let uses: [Session.ResultUse]
    let source: Int?
    /// The place among the statements of the one whose value became `$_`.
    let result: Int?
    /// Whether it did something: a change, a wait, a print.
    let acted: Bool
    /// Whether it holds a secret, so that it must not be written.
    let isSecret: Bool
  }

  /// A script made of a session.
  struct Written: Equatable {
    let text: String
    /// Lines that worked and are no part of it, with the reason.
    let omitted: [String]
  }

  private(set) var lines: [Line] = []

  /// The number of the line that `$_` is the result of.
  var lastResult: Int? { lines.lastIndex { $0.result != nil } }

  /// Adds a line that worked.
  mutating func add(_ line: Line) { lines.append(line) }

  /// The script, which checks without an error; its text is empty where nothing is left.
  func written(for catalogue: Catalogue, _ loader: any SourceLoader) -> Written {
    var left = Set(lines.indices.filter { !lines[$0].isSecret })
    var omitted = lines.indices.filter { lines[$0].isSecret }.map { index in
      "line \(index + 1), which holds a secret"
    }
    while true {
      let parts = parts(of: left)
      let text = parts.map { $0.text + "\n" }.joined()
      guard let (line, reason) = firstMistake(in: text, parts, catalogue, loader) else {
        return Written(text: Self.laidOut(text), omitted: omitted)
      }
      left.remove(line)
      omitted.append("line \(line + 1): \(reason)")
    }
  }

  private static func laidOut(_ text: String) -> String {
    Formatter.format(Source(name: "saved", text: text), id: SourceID(0)).text ?? text
  }

  // MARK: Parts

  /// A stretch of the script, with the line of the session that it came from.
  private struct Part {
    let text: String
    let line: Int
  }

  private func parts(of left: Set<Int>) -> [Part] {
    let needed = needed(by: left)
    let functions = lastDefinitions(in: left)
    var parts: [Part] = []
    for (index, line) in lines.enumerated() where left.contains(index) {
      let kept = line.statements.indices.filter { place in
        let statement = line.statements[place]
        if let name = statement.definedName { return functions[name] == index }
        return !statement.isShown || line.acted || (line.result == place && needed.contains(index))
      }
      let isWhole =
        kept.count == line.statements.count && line.uses.isEmpty
        && !needed.contains(index) && !kept.contains { line.givesUnusedValue($0) }
      if isWhole, !kept.isEmpty {
        parts.append(Part(text: line.text.trimmedEnd, line: index))
      } else {
        parts += kept.map { place in
          Part(text: text(of: place, in: index, isNamed: needed.contains(index)), line: index)
        }
      }
    }
    return parts
  }

  /// A statement as it stands in the script: `$_` by its name, its own value named where it must be.
  private func text(of place: Int, in index: Int, isNamed: Bool) -> String {
    let line = lines[index]
    let statement = line.statements[place]
    var text = Self.slice(line.text, statement.span)
    for use in line.uses.reversed() where statement.span.holds(use.span) {
      guard let source = line.source else { continue }
      let name = name(ofResult: source)
      text.replace(use.span, from: statement.span, with: use.isPipe ? "$\(name) |" : name)
    }
    if isNamed, line.result == place { return "let \(name(ofResult: index)) = \(text)" }
    return line.givesUnusedValue(place) ? "let _\(name(ofResult: index)) = \(text)" : text
  }

  private func name(ofResult index: Int) -> String { "result-\(index + 1)" }

  /// The lines whose results others read that are left themselves.
  private func needed(by left: Set<Int>) -> Set<Int> {
    var needed: Set<Int> = []
    for (index, line) in lines.enumerated().reversed() where left.contains(index) {
      guard let source = line.source, !line.uses.isEmpty else { continue }
      let isKept = needed.contains(index) || line.acted || !line.statements.allSatisfy(\.isShown)
      if isKept { needed.insert(source) }
    }
    return needed
  }

  /// The last line that defines each function: a script defines it once.
  private func lastDefinitions(in left: Set<Int>) -> [String: Int] {
    var last: [String: Int] = [:]
    for (index, line) in lines.enumerated() where left.contains(index) {
      for name in line.statements.compactMap(\.definedName) { last[name] = index }
    }
    return last
  }

  /// The first error of the script: the line of the session that it is in, and what is wrong.
  private func firstMistake(
    in text: String, _ parts: [Part], _ catalogue: Catalogue, _ loader: any SourceLoader
  ) -> (line: Int, reason: String)? {
    var sources = SourceMap()
    let source = Source(name: "saved", text: text)
    let parsed = Parser.parse(source, id: sources.add(source), mode: .file)
    let checked = Checker.check(
      parsed.script, mode: .script, catalogue: catalogue, loader: loader)
    let mistake = (parsed.diagnostics + checked.diagnostics).first { $0.severity == .error }
    guard let mistake, let last = parts.last else { return nil }
    var end = 0
    let part = parts.first { part in
      end += part.text.utf8.count + 1
      return Int(mistake.span.lower) < end
    }
    return ((part ?? last).line, mistake.message)
  }

  private static func slice(_ text: String, _ span: Span) -> String {
    let bytes = Array(text.utf8)
    let (lower, upper) = (min(Int(span.lower), bytes.count), min(Int(span.upper), bytes.count))
    return String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
  }
}

extension SessionScript.Line {
  /// Whether a statement that did something has a value that a script must not drop.
  fileprivate func givesUnusedValue(_ place: Int) -> Bool {
    result == place && statements[place].isShown && statements[place].endsInData
  }
}

extension Statement {
  /// Whether the prompt shows its value, so that it is there to be looked at.
  var isShown: Bool {
    guard case .body(let body) = kind else { return false }
    if case .control(let control) = body, case .loop = control.kind { return false }
    return true
  }

  /// The name of the function that it defines.
  fileprivate var definedName: String? {
    if case .function(let declaration) = kind { declaration.name.text } else { nil }
  }

  /// Whether its last stage makes data of other data, which a script has to use.
  fileprivate var endsInData: Bool {
    guard case .body(.pipeline(let pipeline)) = kind, let last = pipeline.stages.last else {
      return false
    }
    guard case .command(let command) = last else { return true }
    return BuiltinTable.words.contains(command.name.text)
  }
}

extension Span {
  fileprivate func holds(_ other: Span) -> Bool { lower <= other.lower && other.upper <= upper }
}

extension String {
  /// Replaces what a span of a text names, in the part of the text that another span names.
  fileprivate mutating func replace(_ span: Span, from whole: Span, with text: String) {
    var bytes = Array(utf8)
    let (lower, upper) = (Int(span.lower - whole.lower), Int(span.upper - whole.lower))
    guard lower >= 0, upper <= bytes.count, lower <= upper else { return }
    bytes.replaceSubrange(lower..<upper, with: Array(text.utf8))
    self = String(decoding: bytes, as: UTF8.self)
  }
}
