package import WaggleText

/// A Markdown text in which fences of `waggle` are a script, one behind the other.
///
/// A fence is what CommonMark calls one: three or more backticks or tildes, indented by three blanks
/// at most from what it stands in, closed by as many of them at least. It is Waggle's where the first
/// word behind it is `waggle`. It may stand in a blockquote and in a list; other fences, indented
/// code, HTML comments and the head of a page (`---`) are left alone. Each fence knows the nearest
/// heading above it.
package struct Runbook: Sendable {
  /// A fence of `waggle`.
  struct Fence: Sendable {
    /// Its opening signs and the word behind them.
    let opening: Range<Int>
    /// The nearest heading above it, without its marks.
    let title: (text: String, place: Range<Int>)?
    /// What stands before each of its lines: of a blockquote or a list.
    let prefix: String
    /// Its lines with their line ends, without what stands before them.
    var lines: [Range<Int>] = []
    /// Whether its closing signs were found.
    var isClosed = false

    /// From the start of its first line to the end of its last one.
    var range: Range<Int> {
      (lines.first?.lowerBound ?? opening.upperBound)..<(lines.last?.upperBound
        ?? opening.upperBound)
    }
  }

  /// The fences of `waggle`, in order.
  let fences: [Fence]

  /// Finds the fences of a Markdown text.
  init(_ bytes: [UInt8]) {
    var scan = MarkdownScan(bytes)
    scan.run()
    fences = scan.fences
  }

  /// Whether a Markdown text holds a fence of `waggle`.
  package static func isOne(_ source: Source) -> Bool {
    !Runbook(Array(source.text.utf8)).fences.isEmpty
  }

  /// The text with blanks for all but the lines of the fences, so that places stay what they are.
  func code(in bytes: [UInt8]) -> [UInt8] {
    var code = bytes.map { $0 == 0x0A || $0 == 0x0D ? $0 : 0x20 }
    for line in fences.lazy.flatMap(\.lines) {
      code.replaceSubrange(line, with: bytes[line])
    }
    return code
  }
}

extension Source {
  /// Whether it is Markdown, by the end of its name.
  package var isMarkdown: Bool {
    let name = name.lowercased()
    return name.hasSuffix(".md") || name.hasSuffix(".markdown")
  }
}
