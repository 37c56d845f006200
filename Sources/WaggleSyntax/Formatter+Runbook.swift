import WaggleText

// The fences of a runbook, laid out; all else stays byte for byte.

extension Formatter {
  /// Lays out the fences of `waggle` in a Markdown text.
  static func formatFences(
    of source: Source, id: SourceID
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let diagnostics = Parser.parse(source, id: id, mode: .file).diagnostics
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    let bytes = Array(source.text.utf8)
    var written: [UInt8] = []
    var end = 0
    for fence in Runbook(bytes).fences {
      let code = String(decoding: fence.lines.flatMap { bytes[$0] }, as: UTF8.self)
      let text = format(Source(name: "", text: code), id: id).text
      guard let text, text != code, let start = fence.lineStart(in: bytes) else { continue }
      written += bytes[end..<start]
      written += fence.prefixed(text).utf8
      end = fence.range.upperBound
    }
    written += bytes[end...]
    return (String(decoding: written, as: UTF8.self), [])
  }
}

extension Runbook.Fence {
  /// The offset at which its first line begins, with what stands before it.
  fileprivate func lineStart(in bytes: [UInt8]) -> Int? {
    guard var start = lines.first?.lowerBound else { return nil }
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return start
  }

  /// A text with what stands before the lines of the fence before each of its own.
  fileprivate func prefixed(_ text: String) -> String {
    guard !prefix.isEmpty else { return text }
    let blank = prefix.lastIndex { $0 != " " && $0 != "\t" }.map { prefix[...$0] } ?? ""
    var result = ""
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      let isBlank = line.isEmpty || line.elementsEqual([0x0D])
      result += (isBlank ? String(blank) : prefix) + String(decoding: line, as: UTF8.self) + "\n"
    }
    return result
  }
}
