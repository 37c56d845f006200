import WaggleCatalogue
import WaggleValues

/// What tasks and conversations have in common: finding, opening, listing and reading them.
extension WorldState {
  /// The most channels on a page where nothing is said.
  private static let usualChannels = 50
  /// The most messages on a page where nothing is said.
  private static let usualMessages = 200

  /// The position of a channel of the caller's with the agent in the path, brought up to now.
  mutating func find(
    channelOf target: Target, isTask: Bool, at now: Int
  ) throws(Refusal) -> Int {
    let agent = try find(agent: target.id(), for: target.caller, at: now)
    let (id, kind) = (target.id(1), isTask ? "task" : "conversation")
    guard let position = channels.position(of: id) else { throw .notFound(id, kind) }
    settle(channel: position, to: now)
    let channel = channels.all[position]
    guard channel.facts.owner == target.caller else { throw foreign(kind, id) }
    guard channel.facts.agent == agent, !channel.isForgotten(at: now) else {
      throw .notFound(id, kind)
    }
    guard channel.facts.isTask == isTask else {
      if isTask { throw .notFound(id, kind) }
      let name = target.operation.pathParameters.last?.name ?? "convId"
      throw .bad(name, "the id of a conversation, not of a task")
    }
    return position
  }

  /// Opens a channel with an agent; gives its position.
  mutating func openChannel(
    isTask: Bool, with agent: Int, for target: Target, at now: Int
  ) -> Int {
    let number = channels.all.count + 1
    let own = draws.of("channel \(number)")
    let instance = fleet.instances[agent]
    return channels.open(
      Channel.Facts(
        id: "ch-" + own.uuid("id"), number: number, isTask: isTask, owner: target.caller,
        agent: agent, agentID: instance.agentID, draws: own, createdAt: now))
  }

  /// Brings a channel up to a moment, with what its webhooks are to tell; an agent whose instance no
  /// longer runs is lost.
  mutating func settle(channel position: Int, to now: Int) {
    let agent = channels.all[position].facts.agent
    fleet.settle(agent, to: now)
    let instance = fleet.instances[agent]
    if instance.status != .running, channels.all[position].load > 0 {
      let lost = min(instance.enteredAt, now)
      channels.settle(position, to: lost)
      try? channels.change(position) { $0.loseAgent(at: lost) }
    }
    channels.settle(position, to: now)
    tellWebhooks(of: position)
  }

  /// Has the webhooks of a task told of what it went through: of its end alone, as the contract has
  /// it before its guides.
  private mutating func tellWebhooks(of position: Int) {
    let channel = channels.all[position]
    guard !channel.task.transitions.isEmpty else { return }
    try? channels.change(position) { $0.task.transitions = [] }
    for (moment, status) in channel.task.transitions where status.isFinal {
      webhooks.tell(position, channel.id, status, at: moment)
    }
  }

  /// Lets happen in all channels what is due.
  mutating func settleChannels(to now: Int) {
    for position in channels.atWork {
      let agent = channels.all[position].facts.agent
      fleet.settle(agent, to: now)
      if fleet.instances[agent].status != .running { settle(channel: position, to: now) }
    }
    for position in channels.due(by: now) { settle(channel: position, to: now) }
  }

  // MARK: Saying something

  /// Lets an agent work on a message that has come into a channel.
  mutating func take(
    _ message: String, id: String, in position: Int, _ orders: String?, at now: Int
  ) -> Turn {
    let channel = channels.all[position]
    let own = channel.facts.draws.of("turn \(channel.latest)")
    let script = Script(message: message, orders: orders, draws: own, faults: faults)
    let name = fleet.instances[channel.facts.agent].facts.name
    let turn = Turn(
      messageID: id, replyID: "msg-" + own.uuid("reply"), script: script,
      text: Self.words(of: name, on: script), at: now)
    try? channels.change(position) { $0.turns.append(turn) }
    return turn
  }

  /// What an agent has to say to a message: what it was told to, how it is, or what it heard.
  private static func words(of name: String, on script: Script) -> String {
    if let wanted = script.wanted { return wanted }
    if script.plain.isEmpty { return "\(name) is here." }
    if script.plain.lowercased().contains("health") { return "\(name) is healthy." }
    return "\(name) heard: \(script.plain)"
  }

  /// Refuses what an agent cannot take now: it is not reachable, or has enough to do.
  func refuseUnreachable(_ agent: Int) throws(Refusal) {
    let instance = fleet.instances[agent]
    guard instance.isReachable else { throw .agentOffline(instance.agentID) }
  }

  // MARK: Reading

  /// A page of the caller's channels that pass, newest first.
  mutating func listChannels(
    _ name: String, _ target: Target, at now: Int, show: (Channel) -> [UInt8],
    _ passes: (Channel) -> Bool
  ) throws(Refusal) -> Outcome {
    settleChannels(to: now)
    let state = target.queryText("state") ?? "active"
    let list = "\(target.operation.id) \(target.ids) \(target.caller.rawValue)"
    let start = try target.queryText("since").map { text throws(Refusal) in
      try position(ofCursor: text, in: list)
    }
    let limit = target.queryNumber("limit") ?? Self.usualChannels
    var page: [Channel] = []
    var hasMore = false
    for channel in channels.all[..<(start ?? channels.all.count)].reversed() {
      let isWanted =
        channel.facts.owner == target.caller && !channel.isForgotten(at: now) && passes(channel)
        && (state == "all" || channel.isOpen == (state != "closed"))
      guard isWanted else { continue }
      hasMore = page.count == limit
      if hasMore { break }
      page.append(channel)
    }
    let next = hasMore ? page.last.map { cursor(before: $0.facts.number, in: list) } : nil
    return .wrapped(name, page.map(show)) { $0.member("next_since", next) }
  }

  /// An opaque text that stands for everything before a channel of a list.
  private func cursor(before number: Int, in list: String) -> String {
    "\(number)-" + draws.of("cursor " + list).digits("place", number)
  }

  private func position(ofCursor text: String, in list: String) throws(Refusal) -> Int {
    guard let number = Int(text.prefix { $0 != "-" }),
      (1...channels.all.count + 1).contains(number),
      cursor(before: number, in: list) == text
    else { throw .bad("since", "a next_since of this list") }
    return number - 1
  }

  /// A page of a channel's messages.
  mutating func listMessages(
    _ target: Target, isTask: Bool, at now: Int
  ) throws(Refusal) -> Outcome {
    let position = try find(channelOf: target, isTask: isTask, at: now)
    let isWanted: Bool
    switch target.query["include_deltas"] {
    case .bool(let flag)?: isWanted = flag
    case let value?: isWanted = ["true", "1", "yes"].contains(value.plainText.lowercased())
    case nil: isWanted = false
    }
    return channels.all[position].messages(
      after: target.queryNumber("since") ?? 0,
      limit: target.queryNumber("limit") ?? Self.usualMessages, withDeltas: isWanted)
  }
}
