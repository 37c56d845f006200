import WaggleText

/// What the checker says of the values behind a built-in command's input.
extension Diagnostic {
  static func missingPart(_ what: String, of entry: BuiltinEntry, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "missing-argument", "`\(entry.builtin.rawValue)` needs \(what)", at: span,
      help: ["usage: `\(entry.usage)`"])
  }

  static func tooSmall(
    _ position: BuiltinEntry.Position, least: Int, _ actual: Int, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .error, code: "out-of-limits",
      "\(position.what) must be at least \(least), but is `\(actual)`", at: span)
  }
}
