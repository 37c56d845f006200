import WaggleCatalogue
import WaggleValues

/// The work of the instances' operations.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  mutating func fleetWork(_ target: Target, at now: Int) throws(Refusal) -> Outcome? {
    switch target.operation.id {
    case "listInstances": listInstances(target, at: now)
    case "deployInstance": try deploy(target, at: now)
    case "getInstance": try getInstance(target, at: now)
    case "destroyInstance": try destroy(target, at: now)
    case "startInstance": try start(target, at: now)
    case "stopInstance": try stop(target, at: now)
    case "restartInstance": try restart(target, at: now)
    case "getDeviceInfo": try device(target, at: now)
    default: nil
    }
  }

  /// The most instances on a page where nothing is said.
  private static let usualPage = 20

  /// The position of an instance that is there and the caller's, brought up to now.
  mutating func find(
    instance id: String, for caller: Owner, at now: Int
  ) throws(Refusal) -> Int {
    guard let position = fleet.position(of: id) else { throw .notFound(id) }
    fleet.settle(position, to: now)
    let instance = fleet.instances[position]
    guard !instance.isRemoved else { throw .notFound(id) }
    guard instance.owner == caller else { throw foreign("instance", id) }
    return position
  }

  /// What others own: as if it were not there, or refused openly where the fault says so.
  func foreign(_ kind: String, _ id: String) -> Refusal {
    faults.isForbidding ? .forbidden(kind, id) : .notFound(id, kind)
  }

  private mutating func getInstance(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let instance = fleet.instances[position]
    let isKnown = faults.lateness == 0 || now - instance.createdAt >= faults.lateness
    guard isKnown else { throw .notFound(instance.id) }
    return shown(position, at: now)
  }

  private mutating func shown(_ position: Int, at now: Int) -> Outcome {
    var bytes = Array(#"{"success":true,"data":"#.utf8)
    fleet.write(position, to: &bytes, at: now)
    bytes.append(0x7D)
    return Outcome(body: bytes)
  }

  private mutating func device(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let instance = fleet.instances[position]
    guard instance.hasDevice else { throw .noDevice(instance.id) }
    var bytes: [UInt8] = []
    instance.writeDevice(to: &bytes)
    return .data(bytes)
  }

  // MARK: Orders

  /// Gives an instance an order and shows what it is then.
  private mutating func order(
    _ target: Target, at now: Int,
    _ order: (inout Instance, Int, Faults) throws(Refusal) -> Void
  ) throws(Refusal) -> Outcome {
    let position = try find(instance: target.id(), for: target.caller, at: now)
    let faults = faults
    try fleet.change(position) { (instance) throws(Refusal) in try order(&instance, now, faults) }
    return shown(position, at: now)
  }

  private mutating func start(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    try order(target, at: now) { (instance, now, faults) throws(Refusal) in
      try instance.start(at: now, faults)
    }
  }

  private mutating func stop(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    try order(target, at: now) { (instance, now, faults) throws(Refusal) in
      try instance.stop(at: now, faults)
    }
  }

  private mutating func restart(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    try order(target, at: now) { (instance, now, faults) throws(Refusal) in
      try instance.restart(at: now, faults)
    }
  }

  private mutating func destroy(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    _ = try order(target, at: now) { (instance, now, faults) throws(Refusal) in
      try instance.destroy(at: now, faults)
    }
    return .data(Array(#""destroyed""#.utf8))
  }

  // MARK: list

  /// Newest first; a page behind the end is empty, with the same total.
  private mutating func listInstances(_ target: Target, at now: Int) -> Outcome {
    fleet.advance(to: now)
    let filter = InstanceFilter(target.query, of: target.caller)
    if fleet.found?.filter != filter {
      let instances = fleet.instances
      fleet.found = (filter, instances.indices.reversed().filter { filter.passes(instances[$0]) })
    }
    let matching = fleet.found?.positions ?? []
    let size = target.queryNumber("pageSize") ?? 0
    let pageSize = size == 0 ? Self.usualPage : size
    let first = (target.queryNumber("page") ?? 0).multipliedReportingOverflow(by: pageSize)
    let page = first.overflow ? [] : matching.dropFirst(first.partialValue).prefix(pageSize)
    var bytes = Array(#"{"success":true,"data":["#.utf8)
    bytes.reserveCapacity(page.count * 1400)
    for (place, position) in page.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      fleet.write(position, to: &bytes, at: now)
    }
    bytes += #"],"total":\#(matching.count)}"#.utf8
    return Outcome(body: bytes)
  }

  // MARK: deploy

  private mutating func deploy(_ target: Target, at now: Int) throws(Refusal) -> Outcome {
    let body = target.body
    let order = try Offers.order(body)
    let model = target.text("modelPrimary") ?? order.model
    let facts = Instance.Facts(
      name: target.text("name") ?? "", framework: order.framework, provider: order.provider,
      region: order.region, system: order.system, model: model,
      models: body.texts("models") ?? [model], clusterID: target.text("clusterId"),
      bridgeID: target.text("bridgeId") ?? "", systemPrompt: target.text("systemPrompt"),
      mcpServers: body.record("mcpServers"), providerConfig: Self.settings(body))
    let position = fleet.deploy(facts, for: target.caller, draws: draws, at: now, faults)
    return shown(position, at: now)
  }

  /// `providerConfig` and `config` merged, the latter winning, without what must not be shown
  /// again.
  private static func settings(_ body: Record) -> Record {
    var settings = body.record("providerConfig") ?? Record()
    for (key, value) in body.record("config") ?? Record() { try? settings.set(key, value) }
    for key in settings.keys where key.lowercased().hasPrefix("apikey") {
      settings = settings.removing(key)
    }
    return settings
  }
}

extension Record {
  /// A record in a field; nil for anything else.
  func record(_ name: String) -> Record? {
    if case .record(let record)? = self[name] { record } else { nil }
  }

  /// A list of texts in a field; nil for anything else.
  func texts(_ name: String) -> [String]? {
    guard case .list(let list)? = self[name] else { return nil }
    return list.elements.compactMap(\.revealedText)
  }
}
