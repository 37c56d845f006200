import WaggleValues

/// What the sandbox deploys from, since the API lists neither variants nor frameworks.
///
/// A name that is not among these is refused (400, `invalid_param`), as a typing mistake in a
/// runbook is better found here; clusters, bridges and models may have any name. `us-west-2` is
/// known and closed (409).
enum Offers {
  struct Variant: Sendable {
    let id: String
    let framework: String
    let provider: String
    var region: String
    let system: String
    let model: String
  }

  static let variants = [
    Variant(
      id: "scout-standard", framework: "openclaw", provider: "beeos-cloud", region: "us-east-1",
      system: "linux", model: "gpt-4o"),
    Variant(
      id: "scout-large", framework: "openclaw", provider: "beeos-cloud", region: "us-east-1",
      system: "linux", model: "claude-sonnet-4"),
    Variant(
      id: "courier-standard", framework: "hermes", provider: "apiary", region: "eu-west-1",
      system: "linux", model: "gpt-4o-mini"),
    Variant(
      id: "analyst-standard", framework: "langgraph", provider: "beeos-cloud",
      region: "eu-west-1", system: "windows", model: "gpt-4o"),
    Variant(
      id: "handset-standard", framework: "hermes", provider: "apiary", region: "ap-south-1",
      system: "android", model: "gpt-4o-mini"),
  ]

  static let frameworks = ["openclaw", "hermes", "langgraph"]
  static let providers = ["beeos-cloud", "apiary"]
  static let openRegions = ["us-east-1", "eu-west-1", "ap-south-1"]
  static let closedRegions = ["us-west-2"]

  /// What a body orders: the variant is authoritative, else the framework; a region may be
  /// preferred.
  static func order(_ body: Record) throws(Refusal) -> Variant {
    let id = body["variantId"]?.revealedText
    var order = if let id { try variant(id) } else { try framework(body) }
    if let region = try known(body, "preferredRegion", openRegions + closedRegions) {
      order.region = region
    }
    if closedRegions.contains(order.region) { throw .regionClosed(order.region) }
    return order
  }

  private static func variant(_ id: String) throws(Refusal) -> Variant {
    guard let variant = variants.first(where: { $0.id == id }) else {
      throw .notOffered("variantId", id)
    }
    return variant
  }

  private static func framework(_ body: Record) throws(Refusal) -> Variant {
    let framework = try known(body, "agentFramework", frameworks) ?? ""
    let provider = try known(body, "providerId", providers) ?? "beeos-cloud"
    return Variant(
      id: "", framework: framework, provider: provider, region: "us-east-1", system: "linux",
      model: "gpt-4o")
  }

  private static func known(
    _ body: Record, _ field: String, _ names: [String]
  ) throws(Refusal) -> String? {
    guard let name = body[field]?.revealedText else { return nil }
    guard names.contains(name) else { throw .notOffered(field, name) }
    return name
  }
}
