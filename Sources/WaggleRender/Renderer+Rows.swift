/// Texts that the host has the words for and Render the form.
extension Renderer {
  /// Rows of two columns, folded to the width, each line ended.
  package func rows(_ rows: [(String, String)]) -> String {
    var page = HelpPage(style: style, width: width)
    for (left, right) in rows { page.row(line(left), line(right)) }
    page.flush()
    return page.text
  }

  /// A sentence as lines that fit the width.
  package func folded(_ text: String) -> [String] { HelpPage.folded(text, to: max(width, 20)) }
}
