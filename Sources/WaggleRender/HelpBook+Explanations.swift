package import WaggleCheck

/// The pages of the codes that errors and warnings have.
extension HelpBook {
  /// The page of a code: what it means, an example of wrong and of right.
  package static func page(of entry: Explanation, _ style: Style, width: Int) -> String {
    var page = HelpPage(style: style, width: width)
    write(entry, to: &page)
    page.flush()
    return page.text
  }

  static func write(_ entry: Explanation, to page: inout HelpPage) {
    page.heading("\(entry.code): \(entry.title)")
    page.paragraph(entry.text)
    for (path, text) in entry.files {
      page.heading("In `\(path)`")
      page.example(text)
    }
    page.heading("Wrong")
    page.example(clipped(entry.wrong))
    page.heading("Right")
    page.example(clipped(entry.right))
  }

  /// The start of an example: some are long because they must be.
  static func clipped(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(12).map { $0.count > 72 ? $0.prefix(71) + "…" : $0 }
    return (shown + (lines.count > 12 ? ["…"] : [])).joined(separator: "\n")
  }
}
