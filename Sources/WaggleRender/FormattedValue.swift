import WaggleFormats
import WaggleValues

/// A shown value in a format for programs.
enum FormattedValue {
  /// The text with its last line end; secrets are masked, and what CSV cannot hold as rows is one
  /// field to a line.
  static func text(of value: Value, _ format: Format) -> String {
    let text = shownText(of: value, format)
    return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
  }

  private static func shownText(of value: Value, _ format: Format) -> String {
    switch format.text(of: value) {
    case .text(let text): return text
    case .secret: return shownText(of: value.masked, format)
    default: break
    }
    guard case .list(let list) = value.masked else { return field(value.masked) }
    return list.elements.map { field($0) + "\n" }.joined()
  }

  /// A value as a field of CSV alone.
  private static func field(_ value: Value) -> String {
    let row = Record(shape: Shape.plain.appending("value"), values: [value])
    let text = CSVWriter.text(of: List().appending(.record(row)))
    return text?.revealedText?.split(separator: "\n", maxSplits: 1).last.map(String.init) ?? ""
  }
}

extension List {
  fileprivate func appending(_ value: Value) -> List {
    var list = self
    try? list.append(value)
    return list
  }
}
