/// What is wrong with a text, as data; `WaggleRender` makes the words on the screen of it.
///
/// A phase (lexer, parser, checker) makes its diagnostics in one file of static factories, so that
/// all of its wording stands together.
package struct Diagnostic: Sendable, Equatable {
  /// Whether it stops the run.
  package enum Severity: Sendable, Equatable { case error, warning }

  /// A further spot, with what is to be said about it.
  package struct Label: Sendable, Equatable {
    /// Where it points.
    package let span: Span
    /// What stands behind the underline; empty for an underline alone.
    package let text: String

    /// Makes a label for a spot.
    package init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// Whether it stops the run.
  package var severity: Severity
  /// A stable name in kebab-case words, for `waggle explain` and for programs: `unknown-field`.
  package var code: String
  /// What went wrong, in one sentence without a full stop; code in backticks.
  package var message: String
  /// The spot.
  package var span: Span
  /// What stands behind the underline of the spot: ``did you mean `status`?``; may be empty.
  package var hint: String
  /// Further spots: where a bracket was opened, where a name was first bound.
  package var labels: [Label]
  /// Sentences below the excerpt that say what to do.
  package var help: [String]
  /// Whether more input could cure it, so that a prompt asks for another line.
  package var isIncomplete: Bool

  /// Makes a diagnostic; what is left out is empty.
  package init(
    _ severity: Severity, code: String, _ message: String, at span: Span, hint: String = "",
    labels: [Label] = [], help: [String] = [], isIncomplete: Bool = false
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.hint = hint
    self.labels = labels
    self.help = help
    self.isIncomplete = isIncomplete
  }
}
