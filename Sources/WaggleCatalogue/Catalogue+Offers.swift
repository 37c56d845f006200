import WaggleValues

/// What may be deployed; the contract's group `deploy`.
extension Catalogue {
  /// The three operations, in the contract's order.
  static let offers: [Operation] = [
    Operation(
      id: "listProviders", group: "catalogue", action: "providers",
      method: "GET", path: "/api/v1/providers",
      summary: "List who hosts instances, and what their hosts can do",
      success: Success(200, .list(.provider, .none)), effect: .read, replay: .safe,
      example: "catalogue providers"),
    Operation(
      id: "listDeployRegions", group: "catalogue", action: "regions",
      method: "GET", path: "/api/v1/deploy/regions",
      summary: "List the regions that take new instances",
      query: [Parameter("providerId", .text, help: "Only those of this provider")],
      success: Success(200, .list(.region, .none)), effect: .read, replay: .safe,
      example: "catalogue regions | where available"),
    Operation(
      id: "listDeployModels", group: "catalogue", action: "models",
      method: "GET", path: "/api/v1/deploy/models",
      summary: "List the models that new instances may use",
      query: [Parameter("agentFramework", .text, help: "Only those for this framework")],
      success: Success(200, .list(.model, .none)), effect: .read, replay: .safe,
      example: "catalogue models | where reasoning"),
  ]
}
