/// Why a program did not run, or how it failed.
package enum ExecFault: Error, Sendable {
  /// There is no such program: in PATH where `isPath` is false, else at that path.
  case notFound(String, isPath: Bool)
  /// There is such a file, but it may not be run.
  case notExecutable(String)
  /// The system would not start it; the number is its error.
  case notStarted(String, Int32)
  /// It ended with a code other than 0, which is 128 and its number for a signal.
  case failed(String, code: Int, signal: Int?)
  /// It wrote more to one of its outputs than is kept.
  case tooMuch(String, limit: Int)
}
