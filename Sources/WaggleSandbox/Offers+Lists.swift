import WaggleCatalogue

/// What the sandbox deploys from, as the API lists it.
extension Offers {
  /// The providers.
  static var providerList: [[UInt8]] {
    providers.map { provider in
      var meta = ObjectWriter()
      meta.member("id", provider.id)
      meta.member("name", provider.name)
      meta.member("description", provider.description)
      meta.member("version", "1.0.0")
      meta.end()
      var capabilities = ObjectWriter()
      for name in ["longRunning", "browserUse", "codeExec", "fileSystem"] {
        capabilities.member(name, true)
      }
      capabilities.member("customImage", provider.takesImages)
      if !provider.takesImages { capabilities.member("maxDurationSec", 86_400) }
      capabilities.member("costModel", provider.costModel)
      capabilities.member("device", true)
      capabilities.end()
      var out = ObjectWriter()
      out.member("meta", json: meta.bytes)
      out.member("capabilities", json: capabilities.bytes)
      out.end()
      return out.bytes
    }
  }

  /// The regions of a provider, or all.
  static func regionList(of provider: String?) -> [[UInt8]] {
    regions.filter { provider.map($0.providers.contains) ?? true }.map { region in
      var out = ObjectWriter()
      out.member("id", region.id)
      out.member("name", region.name)
      out.member("available", region.isOpen)
      out.end()
      return out.bytes
    }
  }

  /// The models of a framework, or all.
  static func modelList(of framework: String?) -> [[UInt8]] {
    models.filter { framework.map($0.frameworks.contains) ?? true }.map { model in
      var out = ObjectWriter()
      out.member("id", model.id)
      out.member("name", model.name)
      out.member("tier", model.tier)
      out.member("reasoning", model.reasons)
      out.end()
      return out.bytes
    }
  }
}

/// The work of the group `catalogue`.
extension WorldState {
  /// Does the work of an operation of this group; nil for any other.
  ///
  /// A filter that matches nothing gives an empty list.
  func offerWork(_ target: Target) -> Outcome? {
    switch target.operation.id {
    case "listProviders": .list(Offers.providerList)
    case "listDeployRegions": .list(Offers.regionList(of: target.queryText("providerId")))
    case "listDeployModels": .list(Offers.modelList(of: target.queryText("agentFramework")))
    default: nil
    }
  }
}
