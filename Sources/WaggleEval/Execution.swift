/// A program to run: never a line for a shell, but a list of arguments.
package struct Execution: Sendable {
  /// The program: a name that PATH is searched for, or a path.
  package let program: String
  /// Its arguments, without itself.
  package let arguments: [String]
  /// What its environment has besides that of this process, secrets as they are.
  package let environment: [(name: String, value: String)]
  /// What it reads from its standard input; nil for nothing.
  package let input: String?
  /// Whether somebody takes what it writes; if not, that goes where this process writes.
  package let isTaken: Bool

  /// Makes a program to run.
  package init(
    program: String, arguments: [String], environment: [(name: String, value: String)],
    input: String?, isTaken: Bool
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.isTaken = isTaken
  }
}
