import WaggleValues

/// Agents: reading them, who may call them, and asking them.
extension Catalogue {
  /// The five operations, in the contract's order.
  static let agents: [Operation] = [
    Operation(
      id: "listAgents", group: "agents", action: "list",
      method: "GET", path: "/api/v1/agents",
      summary: "List your agents",
      query: [
        Parameter(
          "instance_id", .text, length: 0...128, serves: [("Instance", "id")],
          help: "Only those of this instance"),
        Parameter(
          "instanceId", .text, length: 0...128, alias: "instance_id",
          serves: [("Instance", "id")], help: "The same under another name"),
        Parameter(
          "status", .choice(["active"], open: true), help: "Only those in this state"),
        Parameter("limit", .int, range: 1...Int(Int32.max), help: "Agents on a page"),
        Parameter("offset", .int, range: 0...Int(Int32.max), help: "How many to pass over"),
      ],
      success: Success(200, .list(.agent, .offset)), effect: .read, replay: .safe,
      example: "agents list"),
    Operation(
      id: "getAgent", group: "agents", action: "get",
      method: "GET", path: "/api/v1/agents/{agentId}",
      summary: "Read one agent", pathParameters: [.agent],
      success: Success(200, .record(.agent)), effect: .read, replay: .safe,
      example: "agents get (agents list | first)"),
    Operation(
      id: "updateAgent", group: "agents", action: "update",
      method: "PATCH", path: "/api/v1/agents/{agentId}",
      summary: "Change who may see an agent, and whether it speaks MCP",
      pathParameters: [.agent],
      body: [
        Parameter(
          "visibility", .choice(["private", "unlisted", "public", "marketplace"], open: false),
          help: "Who may find and call it"),
        Parameter("mcpEnabled", .bool, help: "Whether it may be called by MCP"),
        Parameter("mcp_enabled", .bool, alias: "mcpEnabled", help: "The same under an older name"),
      ], maxBodyBytes: 1_048_576, isBodyClosed: true,
      rules: [.notEmpty, .agree("mcpEnabled", "mcp_enabled")],
      success: Success(200, .record(.agent)), effect: .change, replay: .safe,
      example: "agents update (agents list | first) --visibility unlisted"),
    Operation(
      id: "deleteAgent", group: "agents", action: "delete",
      method: "DELETE", path: "/api/v1/agents/{agentId}",
      summary: "Ask for an agent to be removed, which the API always refuses",
      pathParameters: [.agent], success: Success(204, .nothing, isEnveloped: false),
      effect: .destroy, replay: .pointless,
      example: "try { agents delete (agents list | first) } catch e { print $e.code }"),
    Operation(
      id: "invokeAgent", group: "agents", action: "invoke", shortForm: "invoke",
      method: "POST", path: "/api/v1/agents/{agentId}/invoke",
      summary: "Ask an agent something and wait for its answer",
      pathParameters: [.agent],
      body: [
        Parameter("message", .text, isRequired: true, help: "What to ask"),
        .context,
        Parameter(
          "timeout_ms", .int, range: 0...115_000,
          help: "How long the API waits for the answer; 115s without it"),
        .idempotencyKey, .metadata, .attachments,
      ], positional: ["message"], maxBodyBytes: 1_048_576, key: .body(field: "idempotency_key"),
      success: Success(200, .record(.invokeReply)), stream: .invoke, effect: .change,
      replay: .safeWithKey, example: "invoke (agents list | first) \"Are you well?\""),
  ]
}
