import WaggleValues

/// A log of messages between one caller and one agent: that of a task, or a conversation.
///
/// Moments are milliseconds since 1970. What happens by itself is planned in the turns and happens
/// when somebody looks, at the moment it was planned for.
struct Channel: Sendable {
  /// What stays as it is.
  struct Facts: Sendable {
    /// The id: `ch-` and a UUID.
    let id: String
    /// The place among all channels: a higher number is newer.
    let number: Int
    let isTask: Bool
    let owner: Owner
    /// The position of the agent's instance.
    let agent: Int
    let agentID: String
    let draws: Draws
    let createdAt: Int
  }

  let facts: Facts
  var metadata = Record()
  /// Its entries, with rising offsets.
  private(set) var log: [ChannelRow] = []
  /// The greatest offset.
  private(set) var latest = 0
  var turns: [Turn] = []
  /// When anything last happened in it.
  private(set) var touchedAt: Int
  private(set) var closedAt: Int?
  /// Why it was closed: `completed`, `canceled`, `timeout`, ….
  private(set) var closeReason: String?
  /// How its task stands; nothing of it means anything for a conversation.
  var task = TaskState()
  /// What is set on the conversation; nothing of it means anything for a task.
  var talk = Talk()

  /// How a task stands.
  struct TaskState: Sendable {
    var status = TaskStatus.queued
    var startedAt: Int?
    var completedAt: Int?
    var deadlineAt: Int?
    var result: String?
    var error: String?
    /// What it went through since somebody last asked, with the moments.
    var transitions: [(at: Int, status: TaskStatus)] = []
  }

  /// What is set on a conversation.
  struct Talk: Sendable {
    var title: String?
    /// The model that overrides the agent's own.
    var model: String?
    /// How often it was cleared.
    var generation = 0
  }

  /// How long it can be read after it was last touched.
  private static let kept = 86_400_000

  init(_ facts: Facts) {
    self.facts = facts
    touchedAt = facts.createdAt
  }

  var id: String { facts.id }
  var isOpen: Bool { closedAt == nil }

  /// Whether it is no longer kept.
  func isForgotten(at now: Int) -> Bool { !isOpen && now - touchedAt >= Self.kept }

  /// How many messages the agent is at work on.
  var load: Int { turns.count { $0.isAtWork } }

  /// When something next happens by itself.
  var nextDue: Int? {
    let due = turns.compactMap { $0.nextDue }.min()
    guard let deadline = task.deadlineAt, task.status.isLive, facts.isTask else { return due }
    return min(due ?? deadline, deadline)
  }

  // MARK: The log

  /// Appends an entry at the next offset, which is mostly the one after the last, and now and then
  /// leaves a gap.
  mutating func append(at moment: Int, _ make: (Int) -> ChannelRow) {
    let leap = facts.draws.int("leap", latest, in: 0..<8)
    latest += latest > 0 && leap > 5 ? leap - 4 : 1
    log.append(make(latest))
    touchedAt = max(touchedAt, moment)
  }

  /// Takes a message of the caller; gives its id.
  mutating func hear(
    _ text: String, type: String = "chat_message", id: String? = nil, payload: Value? = nil,
    to target: String? = nil, at now: Int
  ) -> String {
    let id = id ?? "msg-" + facts.draws.uuid("message", latest)
    let publisher = "user:\(facts.owner.rawValue)"
    append(at: now) { offset in
      ChannelRow(
        offset: offset, messageID: id, type: type, publisher: publisher, inReplyTo: target,
        body: text, state: "completed", payload: payload, createdAt: now, updatedAt: now)
    }
    return id
  }

  /// Forgets what was said; offsets go on.
  mutating func clear() {
    log = []
    for index in turns.indices { turns[index].stop() }
    turns = []
    talk.generation += 1
  }

  mutating func close(because reason: String, at moment: Int) {
    closedAt = moment
    closeReason = reason
    touchedAt = max(touchedAt, moment)
    for index in turns.indices { turns[index].stop() }
  }

  mutating func reopen(at now: Int) {
    closedAt = nil
    closeReason = nil
    touchedAt = now
  }
}
