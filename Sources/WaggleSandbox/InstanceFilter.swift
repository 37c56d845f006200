import WaggleValues

/// The filters of a list, joined with AND.
struct InstanceFilter: Equatable {
  let owner: Owner
  let status, provider, framework, cluster: String?
  let search: String?

  init(_ query: [String: Value], of owner: Owner) {
    self.owner = owner
    func text(_ name: String) -> String? {
      guard let text = query[name]?.revealedText, !text.isEmpty else { return nil }
      return text
    }
    status = text("status")
    provider = text("providerId")
    framework = text("agentFramework")
    cluster = text("clusterId")
    search = text("search")?.lowercased()
  }

  func passes(_ instance: Instance) -> Bool {
    !instance.isRemoved && instance.owner == owner
      && (status == nil || status == instance.status.rawValue)
      && (provider == nil || provider == instance.facts.provider)
      && (framework == nil || framework == instance.facts.framework)
      && (cluster == nil || cluster == instance.facts.clusterID)
      && (search == nil || instance.facts.name.lowercased().contains(search ?? ""))
  }
}
