import WaggleText

/// What the checker says of the values behind a built-in command's input.
extension Diagnostic {
  static func missingPart(_ what: String, of entry: BuiltinEntry, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "missing-argument", "`\(entry.builtin.rawValue)` needs \(what)", at: span,
      help: ["usage: `\(entry.usage)`"])
  }

  static func pipeOnly(_ entry: BuiltinEntry, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "missing-input",
      "`\(entry.builtin.rawValue)` takes its value through the pipe alone", at: span,
      help: ["usage: `… | \(entry.usage)`"])
  }

  static func secretArgument(_ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "wrong-type", "an argument of a program must be a text, not a secret", at: span,
      hint: "others can see it", help: ["hand it over with `exec --env {NAME: $secret} PROGRAM`"])
  }

  static func tooSmall(
    _ position: BuiltinEntry.Position, least: Int, _ actual: Int, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .error, code: "out-of-limits",
      "\(position.what) must be at least \(least), but is `\(actual)`", at: span)
  }
}
