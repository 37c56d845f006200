import WaggleCatalogue
import WaggleFormats
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
    /// JSON, each element of a list on a line.
    case ndjson
    /// Records as rows under a header, anything else as a field to a line.
    case csv
    /// YAML, each value a document.
    case yaml
  }

  /// A value as `--output` wants it, each line ended; nothing for null.
  ///
  /// For a terminal tables and cards are fitted to its width, times are shown with their age, JSON
  /// has a line for each field, and no control character stays alive; elsewhere nothing is lost.
  ///
  /// - Parameters:
  ///   - value: What to show.
  ///   - output: In which form.
  ///   - forTerminal: Whether a person reads it.
  ///   - now: The moment that ages count from, in nanoseconds since 1970; nil shows none.
  /// - Returns: The text.
  package func text(
    of value: Value, as output: Output, forTerminal: Bool, now: Int? = nil
  ) -> String {
    if value.isNull { return "" }
    switch output {
    case .json:
      return safe(value.json(isPretty: forTerminal) + "\n", forTerminal)
    case .ndjson: return safe(FormattedValue.text(of: value, .ndjson), forTerminal)
    case .csv: return safe(FormattedValue.text(of: value, .csv), forTerminal)
    case .yaml: return safe("---\n" + FormattedValue.text(of: value, .yaml), forTerminal)
    case .table:
      return table(of: value, width: forTerminal ? width : nil, now: forTerminal ? now : nil)
    }
  }

  private func safe(_ text: String, _ forTerminal: Bool) -> String {
    forTerminal ? SafeText(text, keepsLines: true).text : text
  }

  /// A value as `to table` gives it: without colours, uncut, without the last line end.
  package static func table(of value: Value) -> String {
    let renderer = Renderer(style: .plain, width: .max, sources: SourceMap())
    return String(renderer.table(of: value, width: nil, now: nil).dropLast())
  }

  private func table(of value: Value, width: Int?, now: Int?) -> String {
    switch value {
    case .list(let list):
      let table = Table(list, columns: \.usualColumns) { cell in
        now.flatMap { cell.age(at: $0) } ?? cell.plainText
      }
      if let table { return table.text(style, width: width) }
    case .record(let record) where record.count > 0:
      return Card(record) { field in
        let age = now.flatMap { field.age(at: $0) }
        return field.plainText + (age.map { " (\($0))" } ?? "")
      }.text(style, width: width)
    default: break
    }
    return SafeText(value.plainText, keepsLines: true).text + "\n"
  }
}

extension Value {
  /// How long ago a time was; nil for anything else, and for one that is out of reach.
  fileprivate func age(at now: Int) -> String? {
    guard case .time(let time) = self, let moment = try? time.nanoseconds else { return nil }
    return Age(of: moment, at: now).text
  }
}

extension RecordType {
  /// The columns of a table of such records: the catalogue's, or what every record has.
  var usualColumns: [String] {
    Catalogue.beeOS.entry(of: self)?.columns ?? fields.filter { !$0.isOptional }.map(\.name)
  }
}
