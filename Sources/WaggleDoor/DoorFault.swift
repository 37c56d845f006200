import Glibc

/// Why the door did not open.
package enum DoorFault: Error, Equatable, Sendable {
  /// Another program listens on the port.
  case portTaken(Int)
  /// The system gives the port to privileged programs alone.
  case portForbidden(Int)
  /// The system's number for anything else.
  case notBound(Int, CInt)

  /// What happened, as a sentence without a full stop.
  package var message: String {
    switch self {
    case .portTaken(let port): "port \(port) is taken: choose another with --port"
    case .portForbidden(let port): "port \(port) is not for ordinary users: choose one from 1024 on"
    case .notBound(let port, let number):
      "port \(port) could not be opened: \(String(cString: strerror(number)))"
    }
  }
}
