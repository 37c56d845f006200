/// Why the text of a `--fault` is none.
package enum FaultSpecError: Error, Equatable, Sendable {
  /// No fault has this name; `FaultSpec.names` are the ones there are.
  case unknown(String)
  /// A fault's value is not what it takes.
  case value(String, valid: String, actual: String)

  /// The error as one sentence without a full stop.
  package var message: String {
    switch self {
    case .unknown(let name):
      "a fault must be one of \(FaultSpec.names.joined(separator: ", ")), but is `\(name)`"
    case .value(let name, let valid, let actual):
      "the value of the fault `\(name)` must be \(valid), but is `\(actual)`"
    }
  }
}
