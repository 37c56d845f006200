package import WaggleCheck

/// The pages of functions that a session has.
extension HelpBook {
  /// The page of a function: how it is typed, the comment above it, what its parameters take.
  package static func page(of function: CheckedFunction, _ style: Style, width: Int) -> String {
    var page = HelpPage(style: style, width: width)
    page.heading(function.usage)
    for line in (function.help ?? "").split(separator: "\n") { page.paragraph(String(line)) }
    for formal in function.formals where formal.type != .any {
      page.row(formal.name.uppercased(), formal.type.rawValue)
    }
    page.flush()
    return page.text
  }
}
