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

  /// Who runs instances.
  struct Provider: Sendable {
    let id: String
    let name: String
    let description: String
    /// Whether it runs images of one's own, and for as long as one likes.
    let takesImages: Bool
    let costModel: String
  }

  /// Where instances run.
  struct Region: Sendable {
    let id: String
    let name: String
    let isOpen: Bool
    let providers: [String]
  }

  /// What an agent thinks with.
  struct Model: Sendable {
    let id: String
    let name: String
    let tier: String
    let reasons: Bool
    let frameworks: [String]
  }

  static let frameworks = ["openclaw", "hermes", "langgraph"]

  static let providers = [
    Provider(
      id: "beeos-cloud", name: "BeeOS Cloud", description: "Desktops and servers of the house",
      takesImages: true, costModel: "per-hour"),
    Provider(
      id: "apiary", name: "Apiary", description: "Handsets and small servers, a day at a time",
      takesImages: false, costModel: "per-minute"),
  ]

  static let regions = [
    Region(
      id: "us-east-1", name: "US East", isOpen: true, providers: ["beeos-cloud", "apiary"]),
    Region(
      id: "eu-west-1", name: "EU West", isOpen: true, providers: ["beeos-cloud", "apiary"]),
    Region(
      id: "ap-south-1", name: "Asia South", isOpen: true, providers: ["beeos-cloud", "apiary"]),
    Region(id: "us-west-2", name: "US West", isOpen: false, providers: ["beeos-cloud"]),
  ]

  static let models = [
    Model(
      id: "gpt-4o", name: "GPT-4o", tier: "standard", reasons: false, frameworks: frameworks),
    Model(
      id: "gpt-4o-mini", name: "GPT-4o mini", tier: "economy", reasons: false,
      frameworks: frameworks),
    Model(
      id: "claude-sonnet-4", name: "Claude Sonnet 4", tier: "premium", reasons: true,
      frameworks: ["openclaw", "langgraph"]),
    Model(
      id: "deepseek-r1", name: "DeepSeek R1", tier: "economy", reasons: true,
      frameworks: ["hermes"]),
  ]

  /// What a body orders: the variant is authoritative, else the framework; a region may be
  /// preferred.
  static func order(_ body: Record) throws(Refusal) -> Variant {
    let id = body["variantId"]?.revealedText
    var order = if let id { try variant(id) } else { try framework(body) }
    let offered = regions.filter { $0.providers.contains(order.provider) }
    if let region = try known(body, "preferredRegion", offered.map(\.id)) { order.region = region }
    if offered.contains(where: { $0.id == order.region && !$0.isOpen }) {
      throw .regionClosed(order.region)
    }
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
    let provider = try known(body, "providerId", providers.map(\.id)) ?? "beeos-cloud"
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
