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

extension Cancellation {
  /// The reason as a number for an atomic; never 0, which means that there is none.
  var code: Int {
    switch self {
    case .interrupted: 1
    case .terminated: 2
    case .unwanted: 3
    case .deadline(let token): 4 &+ max(token, 0)
    }
  }

  /// The reason of a number, nil for 0.
  init?(code: Int) {
    switch code {
    case 0: return nil
    case 1: self = .interrupted
    case 2: self = .terminated
    case 3: self = .unwanted
    default: self = .deadline(token: code &- 4)
    }
  }
}
