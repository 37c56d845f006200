import WaggleCatalogue
import WaggleValues

/// The work of each operation; gives the `data` of the answer and what stands beside it.
extension WorldState {
  /// The most instances on a page where nothing is said.
  private static let usualPage = 20

  mutating func act(_ target: Target, _ body: Record, at now: Int) throws(Refusal) -> [UInt8] {
    let id = target.ids.first ?? ""
    switch target.operation.id {
    case "listInstances": return list(target.query, at: now)
    case "deployInstance": return enveloped(try deploy(body, at: now), at: now)
    case "getDeviceInfo": return try device(of: id, at: now)
    case "destroyInstance":
      let position = try find(id, at: now)
      try instances[position].destroy(at: now, faults)
      changed(position)
      return Array(#"{"success":true,"data":"destroyed"}"#.utf8)
    case let order:
      let position = try find(id, at: now)
      switch order {
      case "startInstance": try instances[position].start(at: now, faults)
      case "stopInstance": try instances[position].stop(at: now, faults)
      case "restartInstance": try instances[position].restart(at: now, faults)
      default: return enveloped(position, at: now)
      }
      changed(position)
      return enveloped(position, at: now)
    }
  }

  /// The position of an instance that is there, brought up to now.
  private mutating func find(_ id: String, at now: Int) throws(Refusal) -> Int {
    guard id.hasPrefix("instance_"), let number = Int(id.dropFirst(9)),
      instances.indices.contains(number &- 1), instances[number - 1].id == id
    else { throw .notFound(id) }
    settle(number - 1, to: now)
    guard !instances[number - 1].isRemoved else { throw .notFound(id) }
    return number - 1
  }

  private mutating func enveloped(_ position: Int, at now: Int) -> [UInt8] {
    var bytes = Array(#"{"success":true,"data":"#.utf8)
    instances[position].write(to: &bytes, at: now)
    bytes.append(0x7D)
    return bytes
  }

  private mutating func device(of id: String, at now: Int) throws(Refusal) -> [UInt8] {
    let position = try find(id, at: now)
    guard instances[position].hasDevice else { throw .noDevice(id) }
    var bytes = Array(#"{"success":true,"data":"#.utf8)
    instances[position].writeDevice(to: &bytes)
    bytes.append(0x7D)
    return bytes
  }

  // MARK: list

  /// Newest first; a page behind the end is empty, with the same total.
  private mutating func list(_ query: [String: Value], at now: Int) -> [UInt8] {
    advance(to: now)
    let filter = InstanceFilter(query)
    if found?.filter != filter {
      found = (filter, instances.indices.reversed().filter { filter.passes(instances[$0]) })
    }
    let matching = found?.positions ?? []
    let size = query["pageSize"]?.number ?? 0
    let pageSize = size == 0 ? Self.usualPage : size
    let first = (query["page"]?.number ?? 0).multipliedReportingOverflow(by: pageSize)
    let page = first.overflow ? [] : matching.dropFirst(first.partialValue).prefix(pageSize)
    var bytes = Array(#"{"success":true,"data":["#.utf8)
    bytes.reserveCapacity(page.count * 1400)
    for (place, position) in page.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      instances[position].write(to: &bytes, at: now)
    }
    bytes += #"],"total":\#(matching.count)}"#.utf8
    return bytes
  }

  // MARK: deploy

  private mutating func deploy(_ body: Record, at now: Int) throws(Refusal) -> Int {
    let order = try Offers.order(body)
    let name = body["name"]?.revealedText ?? ""
    let model = body["modelPrimary"]?.revealedText ?? order.model
    let facts = Instance.Facts(
      name: name, framework: order.framework, provider: order.provider, region: order.region,
      system: order.system, model: model, models: body.texts("models") ?? [model],
      clusterID: body["clusterId"]?.revealedText, bridgeID: body["bridgeId"]?.revealedText ?? "",
      systemPrompt: body["systemPrompt"]?.revealedText, mcpServers: body.record("mcpServers"),
      providerConfig: Self.settings(body))
    instances.append(
      .deployed(
        number: instances.count + 1, facts: facts, draws: drawsForDeploy(of: name), at: now, faults)
    )
    changed(instances.count - 1)
    return instances.count - 1
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

extension Value {
  /// An int; nil for anything else.
  fileprivate var number: Int? { if case .int(let number) = self { number } else { nil } }
}

extension Record {
  fileprivate func record(_ name: String) -> Record? {
    if case .record(let record)? = self[name] { record } else { nil }
  }

  fileprivate func texts(_ name: String) -> [String]? {
    guard case .list(let list)? = self[name] else { return nil }
    return list.elements.compactMap(\.revealedText)
  }
}
