import WaggleText

// What is said of a runbook around its script.

extension Diagnostic {
  static func noFence(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "no-fence", "this Markdown holds no script", at: span,
      help: ["a script stands between a line of ```waggle and a line of ```"])
  }

  static func unclosedFence(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "unclosed-fence", "this fence is never closed", at: span,
      help: ["it ends with a line of as many of the same signs, in the same quote"])
  }
}
