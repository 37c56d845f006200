/// The states of a task, as the API spells them.
enum TaskStatus: String, Sendable {
  case queued, running, completed, failed, canceled, timeout, rejected
  case inputRequired = "input_required"
  case authRequired = "auth_required"

  /// Whether nothing leaves it.
  var isFinal: Bool { !isLive }

  /// Whether it may still change.
  var isLive: Bool { isPaused || self == .queued || self == .running }

  /// Whether it waits for its caller.
  var isPaused: Bool { self == .inputRequired || self == .authRequired }
}
