import WaggleValues

/// Instances: deploying, reading, starting, stopping and destroying them.
extension Catalogue {
  /// The eight operations, in the contract's order.
  static let instances: [Operation] = [
    Operation(
      id: "listInstances", group: "instances", action: "list", shortForm: "bees",
      method: "GET", path: "/api/v1/instances",
      summary: "List your instances, newest first",
      query: [
        Parameter("page", .int, range: 0...Int(Int32.max), help: "Page, counted from 0"),
        Parameter("pageSize", .int, range: 0...200, help: "Instances on a page"),
        Parameter(
          "status", .choice(RecordType.instanceStates, open: true), help: "Only those in this state"
        ),
        Parameter("providerId", .text, help: "Only those of this provider"),
        Parameter("agentFramework", .text, help: "Only those of this framework"),
        Parameter("clusterId", .text, help: "Only those in this cluster"),
        Parameter("search", .text, help: "Only those whose name or metadata holds this text"),
      ],
      success: Success(200, .list(.instance, .page(max: 200))), effect: .read, replay: .safe,
      example: "instances list --status stopped"),
    Operation(
      id: "deployInstance", group: "instances", action: "deploy", shortForm: "deploy",
      method: "POST", path: "/api/v1/instances",
      summary: "Create an instance from a variant or a framework",
      body: deployment, maxBodyBytes: 65_536, rules: [.oneOf(["variantId", "agentFramework"])],
      success: Success(201, .record(.instance)), effect: .change, replay: .unsafe,
      example: "deploy --name scout-7 --variant-id scout-standard"),
    Operation(
      id: "getInstance", group: "instances", action: "get",
      method: "GET", path: "/api/v1/instances/{id}",
      summary: "Read one instance", pathParameters: [.instance()],
      success: Success(200, .record(.instance)), effect: .read, replay: .safe,
      example: "instances get instance_1"),
    Operation(
      id: "destroyInstance", group: "instances", action: "destroy", shortForm: "destroy",
      method: "DELETE", path: "/api/v1/instances/{id}",
      summary: "Terminate an instance for good", pathParameters: [.instance()],
      success: Success(200, .text), effect: .destroy, replay: .checkFirst,
      example: "destroy instance_1"),
    Operation(
      id: "startInstance", group: "instances", action: "start", shortForm: "start",
      method: "POST", path: "/api/v1/instances/{id}/start",
      summary: "Ask for an instance to run", pathParameters: [.instance()],
      success: Success(200, .record(.instance)), effect: .change, replay: .checkFirst,
      example: "start instance_1"),
    Operation(
      id: "stopInstance", group: "instances", action: "stop", shortForm: "stop",
      method: "POST", path: "/api/v1/instances/{id}/stop",
      summary: "Ask for an instance to halt", pathParameters: [.instance()],
      success: Success(200, .record(.instance)), effect: .change, replay: .checkFirst,
      example: "stop instance_1"),
    Operation(
      id: "restartInstance", group: "instances", action: "restart", shortForm: "restart",
      method: "POST", path: "/api/v1/instances/{id}/restart",
      summary: "Bounce an instance", pathParameters: [.instance()],
      success: Success(200, .record(.instance)), effect: .change, replay: .unsafe,
      example: "restart instance_1"),
    Operation(
      id: "getDeviceInfo", group: "instances", action: "device-info",
      method: "GET", path: "/api/v1/instances/{id}/device/info",
      summary: "Read the registered hardware of an instance, even while it is offline",
      pathParameters: [.instance()],
      success: Success(200, .record(.deviceInfo)), effect: .read, replay: .safe,
      example: "instances device-info instance_1"),
  ]

  /// DeployInstanceRequest; `config` and `providerConfig` are two names for one thing.
  private static let deployment = [
    Parameter(
      "variantId", .text, length: 0...128,
      help: "Variant, which brings framework, provider and region"),
    Parameter(
      "agentFramework", .text, length: 0...64, help: "Framework, where no variant is given"),
    Parameter("providerId", .text, length: 0...64, help: "Provider, beside a framework"),
    Parameter("providerConfig", .record(nil), isSecret: true, help: "Settings for the provider"),
    Parameter("name", .text, isRequired: true, length: 0...128, help: "Name of the new instance"),
    Parameter("modelPrimary", .text, length: 0...128, help: "Model that it uses first"),
    Parameter("models", .list(.text), length: 0...128, help: "Models that it may use"),
    Parameter("systemPrompt", .text, length: 0...8192, help: "What its agent is told first"),
    Parameter("mcpServers", .record(nil), help: "MCP servers that its agent may use, by name"),
    Parameter("bridgeId", .text, length: 0...128, help: "Bridge that it is reached through"),
    Parameter(
      "config", .record(nil), isSecret: true, help: "Your extras, such as apiKeys and apiBaseUrls"),
    Parameter("clusterId", .text, length: 0...128, help: "Cluster that it runs in"),
    Parameter("preferredRegion", .text, length: 0...64, help: "Region that it had best run in"),
  ]
}
