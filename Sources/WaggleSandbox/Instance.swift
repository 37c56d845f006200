import WaggleValues

/// An instance of the world: what it is, where it stands, and what is to become of it.
///
/// Moments are milliseconds since 1970. Instances know nothing of one another, so each is brought
/// up to a moment when somebody asks for it, by what was planned for it before then.
struct Instance: Sendable {
  /// What does not change in a life.
  struct Facts: Sendable {
    var name: String
    var framework: String
    var provider: String
    var region: String
    var system: String
    var model: String
    var models: [String]
    var clusterID: String?
    var bridgeID = ""
    var systemPrompt: String?
    var mcpServers: Record?
    var providerConfig = Record()
    var isTrial = false
  }

  /// The lifecycle's states, as the API spells them.
  enum Status: String, Sendable { case pending, provisioning, running, stopped, terminated }

  /// The states of the live link.
  enum Connectivity: String, Sendable { case unknown, online, offline }

  /// What will happen to an instance.
  enum Change: Sendable { case provision, run, fail, vanish, stop, terminate, remove }

  var number: Int
  /// Whose it is.
  var owner = Owner.caller
  let facts: Facts
  let draws: Draws
  let createdAt: Int
  var status: Status
  var desired: Status
  var connectivity: Connectivity
  var connectivityReason: String?
  var errorMessage: String?
  var startedAt: Int?
  var stoppedAt: Int?
  var enteredAt: Int
  var connectivityAt: Int
  var updatedAt: Int
  /// Milliseconds of running before `startedAt`.
  var ranBefore = 0
  /// Whether a device was ever registered for it, which its first provisioning does.
  var hasDevice = false
  /// Whether it is no longer there: 404.
  var isRemoved = false
  /// How often it set out to run, so that each time is drawn anew.
  var departures = 0
  /// What will happen, in order.
  var plan: [(at: Int, change: Change)] = []
  /// The instance as JSON up to and behind its running time; nil after a change.
  var text: (head: [UInt8], tail: [UInt8])?

  /// The id: `instance_7`.
  var id: String { "instance_\(number)" }

  /// The id of its agent, which appears when it first runs and stays as long as the instance.
  var agentID: String { draws.uuid("agent") }

  /// Whether it has ever run, and so has an agent.
  var hasAgent: Bool { startedAt != nil }

  /// The seconds that it has run in all, which only grow while it runs.
  func runSeconds(at now: Int) -> Int {
    guard status == .running, let startedAt else { return ranBefore / 1000 }
    return (ranBefore + max(now - startedAt, 0)) / 1000
  }
}
