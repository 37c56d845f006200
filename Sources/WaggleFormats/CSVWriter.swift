package import WaggleValues

/// Writes records as CSV: a header with every name that one of them has, then a row for each.
///
/// A field that a record lacks, and null, is an empty field; a list or record within one is JSON.
/// What is needed is quoted and nothing else is changed: a text that begins with `=` stays one,
/// though a spreadsheet may calculate it. Lines end with LF; the last one has no end.
package enum CSVWriter {
  /// The text of some records, a secret where one is in it; nil where an element is no record.
  package static func text(of list: List) -> Value? {
    var names: [String] = []
    var seen: Set<String> = []
    var records: [Record] = []
    for element in list.elements {
      guard case .record(let record) = element else { return nil }
      records.append(record)
      for name in record.keys where seen.insert(name).inserted { names.append(name) }
    }
    guard !names.isEmpty else { return .text("") }
    var builder = TextBuilder()
    add(names.map(Value.text), to: &builder)
    for record in records {
      builder.append("\n")
      add(names.map { record[$0] ?? .null }, to: &builder)
    }
    return builder.finish()
  }

  private static func add(_ row: [Value], to builder: inout TextBuilder) {
    for (position, value) in row.enumerated() {
      if position > 0 { builder.append(",") }
      let text = value.asText
      // A row that is one empty field would be an empty line.
      let isQuoted = needsQuotes(text) || (row.count == 1 && text.revealedText == "")
      guard isQuoted else {
        builder.append(text)
        continue
      }
      builder.append("\"")
      builder.append(text.doublingQuotes)
      builder.append("\"")
    }
  }

  private static func needsQuotes(_ text: Value) -> Bool {
    guard let text = text.revealedText else { return false }
    if text.utf8.first == 0xEF { return true }
    return text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  }
}

extension Value {
  /// The text with each quote twice; a secret stays one.
  fileprivate var doublingQuotes: Value {
    guard let text = revealedText else { return self }
    var doubled: [UInt8] = []
    for byte in text.utf8 { doubled += byte == 0x22 ? [byte, byte] : [byte] }
    let spelling = String(decoding: doubled, as: UTF8.self)
    return kind == .secret ? .secret(Secret(spelling)) : .text(spelling)
  }
}
