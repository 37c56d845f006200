package import WaggleCatalogue
package import WaggleWait

/// How subjects of a type are looked at: by which operations, and what their fields mean.
package struct WaitSource: Sendable {
  /// The type, as the language calls it.
  package let type: String
  /// Reads one by its id.
  package let get: Operation
  /// Reads pages of all; nil where there is no such list.
  package let list: Operation?
  /// What the fields say of its life.
  package let lifecycle: Lifecycle

  /// Makes a source.
  package init(type: String, get: Operation, list: Operation?, lifecycle: Lifecycle) {
    self.type = type
    self.get = get
    self.list = list
    self.lifecycle = lifecycle
  }

  /// Instances, looked at by the operations of the catalogue.
  ///
  /// Which state is final and what `ready` means is the contract's: nothing leaves `terminated`,
  /// and an instance can be worked with when it is running and online.
  package static func instances(get: Operation, list: Operation) -> WaitSource {
    WaitSource(
      type: "Instance", get: get, list: list,
      lifecycle: Lifecycle(
        status: "status", desired: "desiredStatus", entered: "statusEnteredAt",
        error: "errorMessage", final: ["terminated"],
        ready: [("status", "running"), ("connectivity", "online")]))
  }
}

extension Lifecycle {
  /// That of a question without a subject.
  static var unknown: Lifecycle { Lifecycle(status: "", final: [], ready: []) }
}
