/// Why a strand is to stop.
package enum Cancellation: Equatable, Sendable {
  /// A deadline came; the number is that of the token that set it, so that its `timeout` knows.
  case deadline(token: Int)
  /// Ctrl-C.
  case interrupted
  /// SIGTERM or SIGHUP.
  case terminated
  /// A sibling of a parallel loop failed, or an `any` was decided: the work is no longer wanted.
  case unwanted
}
