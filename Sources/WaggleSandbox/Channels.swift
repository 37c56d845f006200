/// All channels of a world, in the order in which they were opened.
struct Channels {
  /// Those that are no longer kept stay as they are, so that positions hold.
  private(set) var all: [Channel] = []
  private var positions: [String: Int] = [:]
  /// The positions of those that time will change; in no order, for each goes its own way.
  private var moving: Set<Int> = []
  /// The positions of those in which an agent is at work, by the agent's instance.
  private var busy: [Int: Set<Int>] = [:]

  func position(of id: String) -> Int? { positions[id] }

  mutating func open(_ facts: Channel.Facts) -> Int {
    all.append(Channel(facts))
    positions[facts.id] = all.count - 1
    return all.count - 1
  }

  /// Changes a channel.
  mutating func change<T>(
    _ position: Int, _ work: (inout Channel) throws(Refusal) -> T
  ) throws(Refusal) -> T {
    defer { noteChange(position) }
    return try work(&all[position])
  }

  /// Brings one channel up to a moment.
  mutating func settle(_ position: Int, to now: Int) {
    guard let due = all[position].nextDue, due <= now else { return }
    all[position].settle(to: now)
    noteChange(position)
  }

  /// Those in which something is due by a moment.
  func due(by now: Int) -> [Int] {
    moving.filter { all[$0].nextDue.map { $0 <= now } ?? false }.sorted()
  }

  /// The channels in which an agent is at work, by their positions.
  var atWork: [Int] { busy.flatMap(\.value).sorted() }

  /// How many messages an agent is at work on; one that hangs has nothing due and counts too.
  func load(of agent: Int) -> Int {
    (busy[agent] ?? []).reduce(0) { $0 + all[$1].load }
  }

  var nextDue: Int? { moving.compactMap { all[$0].nextDue }.min() }

  private mutating func noteChange(_ position: Int) {
    let agent = all[position].facts.agent
    if all[position].load > 0 {
      busy[agent, default: []].insert(position)
    } else {
      busy[agent]?.remove(position)
    }
    if all[position].nextDue == nil { moving.remove(position) } else { moving.insert(position) }
  }
}
