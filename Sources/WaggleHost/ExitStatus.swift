/// The statuses of runs that no fault of a script ended; the others are the fault's.
enum ExitStatus {
  /// Wrong usage, or a script with errors: nothing was sent.
  static let usage: Int32 = 2
  /// `fmt --check` found scripts that `fmt` would change.
  static let wouldChange: Int32 = 1
  /// The reader of the output went away: what a shell gives for SIGPIPE.
  static let outputClosed: Int32 = 141
  /// Results could not be written: a full disk.
  static let outputFailed: Int32 = 1
}
