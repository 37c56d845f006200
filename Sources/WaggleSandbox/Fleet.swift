/// The instances of a world, in the order in which they came.
struct Fleet {
  /// Removed ones stay, so that positions hold.
  private(set) var instances: [Instance]
  private var positions: [String: Int] = [:]
  private var agents: [String: Int] = [:]
  /// The positions of those that time will change; in no order, for each goes its own way.
  private var moving: Set<Int> = []
  /// The number of the last one that was deployed.
  private var lastNumber: Int
  /// How often a name was deployed, so that namesakes differ.
  private var namesakes: [String: Int] = [:]
  /// What the last list found, for its next page; nil after a change.
  var found: (filter: InstanceFilter, positions: [Int])?

  init(_ instances: [Instance], lastNumber: Int) {
    self.instances = instances
    self.lastNumber = lastNumber
    for position in instances.indices { register(position) }
  }

  private mutating func register(_ position: Int) {
    positions[instances[position].id] = position
    agents[instances[position].agentID] = position
  }

  /// The position of an instance, there or removed, whoever owns it.
  func position(of id: String) -> Int? { positions[id] }

  /// The position of the instance of an agent, whether or not it has appeared.
  func position(ofAgent id: String) -> Int? { agents[id] }

  /// Changes an instance that is there.
  mutating func change<T>(
    _ position: Int, _ work: (inout Instance) throws(Refusal) -> T
  ) throws(Refusal) -> T {
    defer { noteChange(position) }
    return try work(&instances[position])
  }

  /// Adds a new instance; gives its position.
  mutating func deploy(
    _ facts: Instance.Facts, for owner: Owner, draws: Draws, at now: Int, _ faults: Faults
  ) -> Int {
    lastNumber += 1
    namesakes[facts.name, default: 0] += 1
    let own = draws.of("deploy \(namesakes[facts.name] ?? 0) \(facts.name)")
    var instance = Instance.deployed(
      number: lastNumber, facts: facts, draws: own, at: now, faults)
    instance.owner = owner
    instances.append(instance)
    register(instances.count - 1)
    noteChange(instances.count - 1)
    return instances.count - 1
  }

  /// The JSON of an instance, behind what is there.
  mutating func write(_ position: Int, to bytes: inout [UInt8], at now: Int) {
    instances[position].write(to: &bytes, at: now)
  }

  // MARK: Time

  mutating func advance(to now: Int) {
    for position in moving { settle(position, to: now) }
  }

  /// Brings one instance up to a moment.
  mutating func settle(_ position: Int, to now: Int) {
    if instances[position].settle(to: now) { noteChange(position) }
  }

  var nextDue: Int? { moving.compactMap { instances[$0].plan.first?.at }.min() }

  /// Takes note of an instance that is new, or not what it was.
  private mutating func noteChange(_ position: Int) {
    found = nil
    if instances[position].plan.isEmpty { moving.remove(position) } else { moving.insert(position) }
  }
}
