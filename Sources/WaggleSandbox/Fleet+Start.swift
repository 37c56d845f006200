import WaggleValues

/// The instances that a world begins with: a fleet that looks like somebody's, and three of
/// somebody else's.
///
/// Half of it is in us-east-1, a third in eu-west-1, the rest in ap-south-1, and two of five are
/// stopped in each; the seed decides which. One of eight running ones has lost its link. Names
/// count up by role (`scout-1`), and a higher number was made later. Every third courier is a
/// handset. What belongs to the other owner is numbered from 9001 on, or from 90001 where the fleet
/// is about as large.
extension Fleet {
  private static func firstOfOthers(beside count: Int) -> Int {
    var first = 9_001
    while first < count + 1_000 { first = (first - 1) * 10 + 1 }
    return first
  }

  private static let regions = [
    "us-east-1", "us-east-1", "eu-west-1", "us-east-1", "eu-west-1", "ap-south-1",
  ]
  private static let roles = ["scout", "scout", "courier", "scout", "analyst"]
  private static let sixHours = 21_600_000
  private static let halfYear = 15_552_000_000

  /// A fleet of so many instances that exist at a moment.
  static func make(count: Int, draws: Draws, at now: Int) -> Fleet {
    let own = instances(count: count, draws: draws.of("fleet"), at: now)
    let others = instances(count: 3, draws: draws.of("others"), at: now).map { instance in
      var instance = instance
      instance.number += firstOfOthers(beside: count) - 1
      instance.owner = .other
      return instance
    }
    return Fleet(own + others, lastNumber: own.count)
  }

  private static func instances(count: Int, draws: Draws, at now: Int) -> [Instance] {
    let shift = draws.int("shift", in: 0..<5)
    var namesakes: [String: Int] = [:]
    return (0..<max(count, 0)).map { index in
      let own = draws.of("instance \(index + 1)")
      let role = own.one("role", of: roles)
      namesakes[role, default: 0] += 1
      let name = "\(role)-\(namesakes[role] ?? 0)"
      let gap = max(min(sixHours, halfYear / max(count, 1)), 1)
      let createdAt = now - 86_400_000 - (count - index) * gap + own.int("created", in: 0..<gap)
      let isStopped = [0, 3].contains((index + shift) % 5)
      let isHandset = role == "courier" && (namesakes[role] ?? 0) % 3 == 0
      let facts = facts(
        name, isHandset ? "handset" : role, regions[index % regions.count], own)
      return instance(index + 1, facts, own, createdAt, isStopped: isStopped, now)
    }
  }

  private static func facts(_ name: String, _ role: String, _ region: String, _ draws: Draws)
    -> Instance.Facts
  {
    let kinds = Offers.variants.filter { $0.id.hasPrefix(role) }
    let kind = draws.one("kind", of: kinds.isEmpty ? Offers.variants : kinds)
    return Instance.Facts(
      name: name, framework: kind.framework, provider: kind.provider, region: region,
      system: kind.system, model: kind.model, models: [kind.model],
      clusterID: draws.one("cluster", of: ["hive-a", "hive-b", nil]),
      isTrial: draws.int("trial", in: 0..<10) == 0)
  }

  private static func instance(
    _ number: Int, _ facts: Instance.Facts, _ draws: Draws, _ createdAt: Int, isStopped: Bool,
    _ now: Int
  ) -> Instance {
    let startedAt = createdAt + draws.int("started", in: 3_000..<60_000)
    let ran = draws.int("ran", in: 3_600_000..<72_000_000)
    let changedAt = isStopped ? startedAt + ran : startedAt
    let isCutOff = !isStopped && draws.int("link", in: 0..<8) == 0
    let isOnline = !isStopped && !isCutOff
    return Instance(
      number: number, facts: facts, draws: draws, createdAt: createdAt,
      status: isStopped ? .stopped : .running, desired: isStopped ? .stopped : .running,
      connectivity: isOnline ? .online : .offline,
      connectivityReason: isOnline
        ? nil : isStopped ? "instance_disconnected" : "device_disconnected",
      startedAt: startedAt, stoppedAt: isStopped ? changedAt : nil, enteredAt: changedAt,
      connectivityAt: changedAt, updatedAt: changedAt, ranBefore: isStopped ? ran : 0,
      hasDevice: true)
  }
}
