import WaggleText

// What is said of a text that goes beyond what is read.

extension Diagnostic {
  static func nestedTooDeep(_ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "nested-too-deep", "this is nested more than \(Parser.deepest) deep", at: span,
      help: ["the rest of the text was not read"])
  }

  static func tooManyErrors(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "too-many-errors",
      "there are more than \(count) errors; the rest of the text was not read", at: span)
  }
}
