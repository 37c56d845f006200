package import WaggleCheck
package import WaggleSyntax
package import WaggleText
import WaggleValues

/// What `waggle SCRIPT --help` prints.
extension Renderer {
  /// The comment at the script's top, how it is called, and a line for each of its parameters.
  package func help(
    of script: Script, source: SourceID, parameters: [CheckedParameter]
  ) -> String {
    var text = ""
    let introduction = introduction(of: script)
    if !introduction.isEmpty { text += introduction.joined(separator: "\n") + "\n\n" }
    let name = line(sources[source].name)
    let own = parameters.isEmpty ? "" : " [--PARAM VALUE …]"
    text += style(.heading, "Usage:") + " waggle \(name)\(own)\n"
    guard !parameters.isEmpty else { return text }
    let rows = parameters.map(row)
    let width = rows.map { DisplayWidth.of($0.left) }.max() ?? 0
    text += "\n" + style(.heading, "Parameters:") + "\n"
    for row in rows {
      let padded = row.right.isEmpty ? row.left : DisplayWidth.pad(row.left, to: width) + "  "
      text += "  " + padded + row.right + "\n"
    }
    return text
  }

  /// The comment lines at the very top, without the one that names the interpreter.
  private func introduction(of script: Script) -> [String] {
    guard let first = script.comments.first else { return [] }
    let table = LineTable(sources[first.span.source])
    let statement = script.statements.first.map { table.line(at: Int($0.span.lower)) } ?? .max
    var next = 1
    var lines: [String] = []
    for comment in script.comments where comment.ownsLine {
      let number = table.line(at: Int(comment.span.lower))
      guard number == next, number < statement else { break }
      next += 1
      if number == 1, comment.text.hasPrefix("!") { continue }
      lines.append(
        line(comment.text.hasPrefix(" ") ? String(comment.text.dropFirst()) : comment.text))
    }
    return lines
  }

  private func row(_ parameter: CheckedParameter) -> (left: String, right: String) {
    let type = parameter.type == .any ? "VALUE" : parameter.type.rawValue.uppercased()
    var right = [line(parameter.help)].filter { !$0.isEmpty }
    if let preset = parameter.preset {
      right.append("(\(preset.isNull ? "none" : line(self.text(at: preset.span))))")
    } else {
      right.append("(needed)")
    }
    return ("--\(parameter.name) \(type)", right.joined(separator: " "))
  }

  /// The characters of a span.
  private func text(at span: Span) -> String {
    let bytes = sources[span.source].text.utf8
    let first = bytes.index(bytes.startIndex, offsetBy: Int(span.lower))
    let last = bytes.index(first, offsetBy: Int(span.upper - span.lower))
    return String(decoding: bytes[first..<last], as: UTF8.self)
  }
}

extension CheckedExpression {
  /// Whether it is the word `null`.
  fileprivate var isNull: Bool {
    if case .constant(.null) = kind { true } else { false }
  }
}
