package import WaggleValues

/// What is known of a type of record beyond its fields: how to read one again, how it lives, which
/// columns a table shows.
///
/// `wait` and tables are made from it, so that no other room names a field of the API.
package struct TypeEntry: Sendable {
  /// The type.
  package let type: RecordType
  /// The field that holds its id; nil for a type that has none and cannot be read again.
  package let idField: String?
  /// The id of the operation that reads one by its id: `getInstance`.
  package let refresh: String?
  /// The id of the operation that lists them, where pages may be cheaper than single reads.
  package let list: String?
  /// How it lives; nil for a type that nobody waits for.
  package let lifecycle: Lifecycle?
  /// The fields that a table shows when nothing else is asked for.
  package let columns: [String]

  /// Which fields tell how a subject lives, and which of their values mean an end.
  package struct Lifecycle: Sendable {
    /// The field that tells the state.
    package let status: String
    /// The field that tells where it is heading; nil where there is none.
    package let desired: String?
    /// The field that tells since when it is in its state; nil without one.
    package let entered: String?
    /// The field in which a failure is reported; nil without one.
    package let error: String?
    /// The states in the order in which one lives through them.
    package let states: [String]
    /// The states that nothing leaves.
    package let final: [String]
    /// The fields that `ready` looks at, with their values.
    package let ready: [(field: String, value: String)]
  }

  /// Instances: behaviour of the contract's lifecycle; there is no failed state, only a message.
  static let instance = TypeEntry(
    type: .instance, idField: "id", refresh: "getInstance", list: "listInstances",
    lifecycle: Lifecycle(
      status: "status", desired: "desiredStatus", entered: "statusEnteredAt",
      error: "errorMessage", states: RecordType.instanceStates, final: ["terminated"],
      ready: [("status", "running"), ("connectivity", "online")]),
    columns: [
      "id", "name", "status", "connectivity", "region", "agentFramework", "createdAt",
    ])

  /// Device facts, which are read through their instance.
  static let deviceInfo = TypeEntry(
    type: .deviceInfo, idField: nil, refresh: nil, list: nil, lifecycle: nil,
    columns: ["type", "model", "os", "osVersion", "width", "height", "density"])
}
