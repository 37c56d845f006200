/// The run of a program.
package struct CheckedExec: Sendable {
  /// The program.
  package let program: CheckedExpression
  /// Its arguments; a `...$list` comes as a spread.
  package let arguments: [CheckedItem]
  /// The record of `--env`.
  package let environment: CheckedExpression?
  /// The text that it reads.
  package let input: CheckedExpression?
  /// Whether somebody takes the record of what it wrote; where nobody does, a code other than 0
  /// raises, and what it writes is written.
  package var isTaken = true
  /// The place.
  package let site: Site

  /// Makes a run of a program whose record is taken.
  package init(
    program: CheckedExpression, arguments: [CheckedItem], environment: CheckedExpression?,
    input: CheckedExpression?, site: Site
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.site = site
  }
}
