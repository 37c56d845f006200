/// Something that the runtime of an instance was told to do, with all that happens to it.
///
/// What happens is planned when it begins, so that a look at it needs only the moment: events that
/// lie ahead have not happened yet. A request to cancel makes a new plan. Moments are milliseconds
/// since 1970.
struct RuntimeOperation: Sendable {
  /// What an operation is about.
  enum Target: Equatable, Sendable {
    case instance
    case agent(String)
    case conversation(String, agent: String)
  }

  /// How an operation may end, as the contract names it.
  enum End: String, CaseIterable, Sendable {
    case succeeded, failed, cancelled, expired
    case outcomeUnknown = "outcome_unknown"
    case projectionBlocked = "projection_blocked"
  }

  /// What happens to an operation.
  enum Event: Equatable, Sendable {
    case started
    case progress(Int, of: Int)
    case committed
    case projectionPending
    case projectionSynced
    case projectionBlocked(RuntimeCode)
    case cancelRequested
    case ended(End, RuntimeCode?)
  }

  let id: String
  /// Counts the operations of a world.
  let number: Int
  let instanceID: String
  let owner: Owner
  let method: String
  let target: Target
  let createdAt: Int
  /// What it gives where it succeeds, as JSON.
  let result: [UInt8]
  /// What happens, in order; the first one has the sequence 1.
  private(set) var events: [(at: Int, event: Event)]

  init(
    id: String, number: Int, instanceID: String, owner: Owner, method: String, target: Target,
    createdAt: Int, result: [UInt8], plan: RuntimePlan, slowness: Double
  ) {
    self.id = id
    self.number = number
    self.instanceID = instanceID
    self.owner = owner
    self.method = method
    self.target = target
    self.createdAt = createdAt
    self.result = result
    events = plan.events.map { (createdAt + Int(Double($0.after) * slowness), $0.event) }
  }

  /// The part of the contract's capabilities that a method belongs to.
  var capability: String {
    switch method.prefix(while: { $0 != "/" }) {
    case "agent": "agents.lifecycle"
    case "session": "conversation.control"
    case let group: String(group)
    }
  }

  /// When what it does is done for good; nil where it never is.
  var committedAt: Int? { events.first { $0.event == .committed }?.at }

  /// What has happened by a moment.
  func log(at now: Int) -> ArraySlice<(at: Int, event: Event)> { events.prefix { $0.at <= now } }

  /// When something happens next; nil where nothing will.
  func nextEvent(after now: Int) -> Int? { events.first { $0.at > now }?.at }

  /// How it ended by a moment; nil while it is under way.
  func end(at now: Int) -> (end: End, code: RuntimeCode?)? {
    if case .ended(let end, let code)? = log(at: now).last?.event { (end, code) } else { nil }
  }

  /// Asks it to stop; false where it is over or its effect is there to stay.
  ///
  /// Asked again it changes nothing.
  mutating func cancel(at now: Int, slowness: Double) -> Bool {
    let log = log(at: now)
    let isSettled = log.contains {
      switch $0.event {
      case .committed, .ended: true
      default: false
      }
    }
    guard !isSettled else { return false }
    guard !log.contains(where: { $0.event == .cancelRequested }) else { return true }
    events = Array(log)
    events.append((now, .cancelRequested))
    events.append((now + Int(300 * slowness), .ended(.cancelled, .operationCancelled)))
    return true
  }
}

/// What is to happen to an operation, and how many milliseconds after its beginning.
struct RuntimePlan: Sendable {
  let events: [(after: Int, event: RuntimeOperation.Event)]

  private static let running: [(after: Int, event: RuntimeOperation.Event)] = [
    (200, .started), (500, .progress(1, of: 2)),
  ]
  private static let committed =
    running + [
      (800, .progress(2, of: 2)), (1000, .committed), (1200, .projectionPending),
    ]

  /// An operation that never gets further than running.
  static let stuck = RuntimePlan(events: running)

  /// The way to an end; the code says why, where it is not the one that goes with the end.
  static func to(_ end: RuntimeOperation.End, _ code: RuntimeCode? = nil) -> RuntimePlan {
    let events: [(after: Int, event: RuntimeOperation.Event)] =
      switch end {
      case .succeeded: committed + [(1600, .projectionSynced), (1600, .ended(end, nil))]
      case .failed: running + [(900, .ended(end, code ?? .runtimeExecutionFailed))]
      case .cancelled:
        running + [
          (600, .cancelRequested), (900, .ended(end, code ?? .operationCancelled)),
        ]
      case .expired: [(2000, .ended(end, code ?? .commandExpired))]
      case .outcomeUnknown: running + [(3000, .ended(end, code ?? .outcomeUnknown))]
      case .projectionBlocked:
        committed + [
          (1600, .projectionBlocked(code ?? .agentDefaultModelNotConfigured)),
          (1600, .ended(end, .projectionBlocked)),
        ]
      }
    return RuntimePlan(events: events)
  }
}
