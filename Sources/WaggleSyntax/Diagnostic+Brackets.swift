import WaggleText

// What is said of brackets and texts that lack their other half.

extension Diagnostic {
  static func unclosed(_ sign: String, at span: Span) -> Diagnostic {
    error("unclosed", "this \(sign) is never closed", at: span)
  }

  static func unclosed(
    _ sign: String, at span: Span, closed: Span, outer: Span
  ) -> Diagnostic {
    error(
      "unclosed", "this \(sign) is never closed", at: span,
      labels: [Label(outer, "this one is closed"), Label(closed, "here, as this line stands")])
  }

  static func expectedClose(
    _ wanted: String, found: String, at span: Span, _ sign: String, opened: Span
  ) -> Diagnostic {
    error(
      "unclosed", "expected \(wanted), found \(found)", at: span,
      labels: [Label(opened, "this \(sign) is still open")])
  }

  static func strayClose(_ sign: String, at span: Span) -> Diagnostic {
    error("stray-close", "`\(sign)` closes nothing", at: span)
  }

  static func unclosedText(_ sign: String, at span: Span) -> Diagnostic {
    error(
      "unclosed-text", "this text does not end on its line", at: span, hint: "\(sign) is missing",
      help: ["a text of several lines stands between lines that end and begin with `\"\"\"`"])
  }

  static func unclosedBlock(_ sign: String, at span: Span) -> Diagnostic {
    var diagnostic = error(
      "unclosed-text", "this block of text is never closed", at: span,
      help: ["it ends with a line that begins with \(sign)"])
    diagnostic.isIncomplete = true
    return diagnostic
  }
}
