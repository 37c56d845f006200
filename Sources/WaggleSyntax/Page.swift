/// A text that grows line by line, in which comments that stand below each other are aligned.
struct Page {
  /// A line, without its end.
  private struct Line {
    let indent: Int
    var text = ""
    /// What stands behind the text in a column of its own: the help of a parameter.
    var help = ""
    /// The comment at its end.
    var comment: String?
    /// Whether it is empty, or a comment alone.
    var isBlank = false
    var isRemark = false

    /// How wide the text is, with its indentation; nil where others do not line up with it.
    var width: Int? {
      guard !text.utf8.contains(0x0A) else { return nil }
      let width = indent + text.unicodeScalars.count
      return width <= Page.widestAligned ? width : nil
    }
  }

  /// Wider lines are not waited for by the comments around them.
  private static let widestAligned = 60
  private static let blanksBeforeHelp = 3
  private static let blanksBeforeComment = 2

  private var lines: [Line] = []

  /// The indentation of the line that is written on.
  var indent: Int { lines.last?.indent ?? 0 }
  /// Whether nothing was written yet.
  var isEmpty: Bool { lines.isEmpty }
  /// Whether the line that is written on can take a comment.
  var canTakeComment: Bool {
    lines.last.map { $0.comment == nil && !$0.isBlank && !$0.isRemark } ?? false
  }

  /// Goes to the next line.
  mutating func newLine(_ indent: Int) { lines.append(Line(indent: indent)) }

  /// Leaves a line empty, one at most.
  mutating func blankLine() {
    guard let last = lines.last, !last.isBlank else { return }
    lines.append(Line(indent: 0, isBlank: true))
  }

  /// Writes a comment on a line of its own.
  mutating func appendLine(comment: String, _ indent: Int) {
    lines.append(Line(indent: indent, text: comment, isRemark: true))
  }

  /// Writes at the end of the line.
  mutating func append(_ text: some StringProtocol) {
    guard !lines.isEmpty else { return }
    lines[lines.count - 1].text += text
  }

  /// Writes the help of a parameter at the end of the line, instead of the blank that stands there.
  mutating func append(help: String) {
    guard !lines.isEmpty else { return }
    if lines[lines.count - 1].text.last == " " { lines[lines.count - 1].text.removeLast() }
    lines[lines.count - 1].help = help
  }

  /// Writes a comment at the end of the line.
  mutating func append(comment: String) {
    guard !lines.isEmpty else { return }
    lines[lines.count - 1].comment = comment
  }

  /// Takes back the comma that ends the line.
  mutating func dropComma() {
    guard lines.last?.text.utf8.last == UInt8(ascii: ",") else { return }
    lines[lines.count - 1].text.removeLast()
  }

  /// The whole text; each line has an end.
  mutating func finished() -> String {
    align(Self.blanksBeforeHelp, { $0.help.isEmpty ? nil : $0.help }) {
      $0.text += $1
      $0.help = ""
    }
    align(Self.blanksBeforeComment, { $0.comment }) { $0.text += $1 }
    var text = ""
    for line in lines {
      if !line.text.isEmpty {
        text += String(repeating: " ", count: line.indent)
        text += line.text
      }
      text += "\n"
    }
    return text
  }

  /// Puts what stands in a column of its own behind the text, level with that of the lines around.
  private mutating func align(
    _ blanks: Int, _ column: (Line) -> String?, _ write: (inout Line, String) -> Void
  ) {
    var start = 0
    while start < lines.count {
      guard column(lines[start]) != nil else {
        start += 1
        continue
      }
      var end = start
      var widest = 0
      while end < lines.count, column(lines[end]) != nil, lines[end].indent == lines[start].indent {
        widest = max(widest, lines[end].width ?? 0)
        end += 1
      }
      for index in start..<end {
        let text = column(lines[index]) ?? ""
        let missing = lines[index].width.map { widest - $0 } ?? 0
        write(&lines[index], String(repeating: " ", count: missing + blanks) + text)
      }
      start = end
    }
  }
}
