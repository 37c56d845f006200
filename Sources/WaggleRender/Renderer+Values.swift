import WaggleCatalogue
import WaggleText
package import WaggleValues

/// How a value is shown: at the prompt, with `-c`, by `to table`.
extension Renderer {
  /// The forms that `--output` names.
  package enum Output: String, Sendable, CaseIterable {
    /// For people: a table of records, a card of one, the text of anything else.
    case table
    /// For programs: JSON, a value to a line.
    case json
  }

  /// A value as `--output` wants it, each line ended; nothing for null.
  ///
  /// For a terminal a table is cut to its width, JSON has a line for each field, and no control
  /// character stays alive; elsewhere nothing is lost.
  package func text(of value: Value, as output: Output, forTerminal: Bool) -> String {
    if value.isNull { return "" }
    switch output {
    case .json:
      let text = value.json(isPretty: forTerminal) + "\n"
      return forTerminal ? SafeText(text, keepsLines: true).text : text
    case .table:
      return table(of: value, width: forTerminal ? width : nil)
    }
  }

  /// A value as `to table` gives it: without colours, uncut, without the last line end.
  package static func table(of value: Value) -> String {
    let renderer = Renderer(style: .plain, width: .max, sources: SourceMap())
    return String(renderer.table(of: value, width: nil).dropLast())
  }

  private func table(of value: Value, width: Int?) -> String {
    switch value {
    case .list(let list):
      if let table = Table(list, columns: \.usualColumns) { return table.text(style, width: width) }
    case .record(let record) where record.count > 0:
      return card(of: record)
    default: break
    }
    return SafeText(value.plainText, keepsLines: true).text + "\n"
  }

  /// A record as a line for each of its fields.
  private func card(of record: Record) -> String {
    let keys = record.keys.map { SafeText($0).text }
    let widest = keys.map { DisplayWidth.of($0) }.max() ?? 0
    var text = ""
    for (key, position) in zip(keys, record.indices) {
      let value = SafeText(record.value(at: position).plainText).text
      text += style(.heading, key)
      if !value.isEmpty {
        text += String(repeating: " ", count: widest - DisplayWidth.of(key) + 2) + value
      }
      text += "\n"
    }
    return text
  }
}

extension RecordType {
  /// The columns of a table of such records: the catalogue's, or what every record has.
  var usualColumns: [String] {
    Catalogue.beeOS.entry(of: self)?.columns ?? fields.filter { !$0.isOptional }.map(\.name)
  }
}
