import WaggleText

/// What the checker says of files that are brought in with `use`.
extension Diagnostic {
  static func usePath(_ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "use-path", "the path behind `use` is a fixed text", at: span,
      hint: "write `use \"lib/fleet.waggle\"`")
  }

  static func unreadableFile(_ message: String, _ span: Span) -> Diagnostic {
    Diagnostic(.error, code: "unreadable-file", message, at: span)
  }

  static func nothingToUse(_ span: Span) -> Diagnostic {
    Diagnostic(.error, code: "unreadable-file", "there are no files here to bring in", at: span)
  }

  static func useStatement(_ span: Span, in file: String) -> Diagnostic {
    Diagnostic(
      .error, code: "use-statement", "`use` brings in `\(file)`, so it may only declare", at: span,
      hint: "only `def`, `let` and `use` stand there",
      help: ["put it into a `def`, or into the script that uses the file"])
  }

  static func useConflict(
    _ name: String, of file: String, _ span: Span, first: Span
  ) -> Diagnostic {
    Diagnostic(
      .error, code: "use-conflict", "`\(file)` brings in `\(name)`, and there is one already",
      at: span, labels: [Label(first, "the first")], help: ["choose another name for one of them"])
  }

  static func broughtInAlready(_ name: String, by file: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "use-conflict", "`\(name)` is brought in from `\(file)`", at: span,
      hint: "`\(name) = …` changes it", help: ["choose another name for a new variable"])
  }

  static func usedTooDeep(_ most: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "nested-too-deep", "more than \(most) files use one another in a row", at: span)
  }

  static func useCycle(_ file: String, isItself: Bool, _ span: Span) -> Diagnostic {
    Diagnostic(
      .error, code: "use-cycle", isItself ? "a file cannot use itself" : "`\(file)` uses this file",
      at: span, help: isItself ? [] : ["move what both need into a third file"])
  }
}
