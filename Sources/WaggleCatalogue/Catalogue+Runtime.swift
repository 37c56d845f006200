import WaggleValues

/// The runtime of an instance; the contract's operations without a tag.
extension Catalogue {
  /// The eight operations, in the contract's order.
  static let runtime: [Operation] = [
    Operation(
      id: "getRuntimeCapabilities", group: "runtime", action: "capabilities",
      method: "GET", path: "/api/v1/instances/{instanceId}/runtime-capabilities",
      summary: "Read what the runtime of an instance can do",
      pathParameters: [.instance("instanceId")],
      success: Success(200, .object, isEnveloped: false), effect: .read, replay: .safe,
      example: onInstance("runtime capabilities")),
    Operation(
      id: "invokeRuntimeMethod", group: "runtime", action: "call",
      method: "POST", path: "/api/v1/instances/{instanceId}/methods",
      summary: "Have the runtime of an instance do something",
      pathParameters: [.instance("instanceId")], headers: [.operationHeader], body: methodCall,
      positional: ["method"], maxBodyBytes: 65_536, isBodyClosed: true,
      key: .header(isRequired: false),
      success: Success(202, .object, isEnveloped: false, isTwoFaced: true), effect: .change,
      replay: .safeWithKey, example: onInstance("runtime call", "skills/list")),
    Operation(
      id: "listRuntimeOperations", group: "runtime", action: "operations",
      method: "GET", path: "/api/v1/instances/{instanceId}/operations",
      summary: "List what the runtime of an instance is at",
      pathParameters: [.instance("instanceId")],
      query: [
        Parameter(
          "status", .choice(["active"], open: false), isRequired: true, preset: .text("active"),
          help: "Which ones; active is all there is"),
        Parameter("cursor", .text, length: 0...128, help: "Begin where an earlier page ended"),
        .limit(max: 200),
      ],
      success: Success(
        200,
        .list(
          .runtimeOperation, .cursor(parameter: "cursor", next: "nextCursor", max: 200)),
        isEnveloped: false, items: "operations"),
      effect: .read, replay: .safe, example: onInstance("runtime operations")),
    Operation(
      id: "getRuntimeOperation", group: "runtime", action: "operation",
      method: "GET", path: operationPath, summary: "Read how a runtime operation stands",
      pathParameters: [.instance("instanceId"), operation],
      success: Success(200, .record(.runtimeOperation), isEnveloped: false), effect: .read,
      replay: .safe, example: onOperation("runtime operation $bee $op.operationId")),
    Operation(
      id: "streamRuntimeOperationEvents", group: "runtime", action: "events",
      method: "GET", path: operationPath + "/events",
      summary: "Follow a runtime operation as it goes on",
      pathParameters: [.instance("instanceId"), operation],
      headers: [
        Parameter("Last-Event-ID", .text, length: 0...128, help: "Only what came after this event")
      ],
      success: Success(200, .stream, isEnveloped: false), stream: .runtime, effect: .read,
      replay: .safe,
      example: onOperation(
        "for event in (runtime events $bee $op.operationId) { print $event.event.type }")),
    Operation(
      id: "cancelRuntimeOperation", group: "runtime", action: "cancel",
      method: "POST", path: operationPath + "/cancel",
      summary: "Ask for a runtime operation to stop",
      pathParameters: [.instance("instanceId"), operation], headers: [.operationHeader],
      key: .header(isRequired: true),
      success: Success(202, .record(.operationCancel), isEnveloped: false), effect: .change,
      replay: .safeWithKey, example: onOperation("runtime cancel $bee $op.operationId")),
    Operation(
      id: "createTerminalSession", group: "runtime", action: "open-terminal",
      method: "POST", path: "/api/v1/instances/{instanceId}/terminal-sessions",
      summary: "Get a ticket for a terminal, good for one use",
      pathParameters: [.instance("instanceId")],
      body: [
        platformAgent,
        Parameter("conversationId", .text, form: .uuid, help: "The conversation it belongs to"),
        Parameter(
          "resumeTerminalId", .text, form: .uuid, help: "The earlier terminal to go on with"),
      ], positional: ["platformAgentId"], maxBodyBytes: 65_536, isBodyClosed: true,
      success: Success(201, .object, isEnveloped: false), effect: .change,
      replay: .harmlessDuplicate, example: withAgent("runtime open-terminal $agent $agent.id")),
    Operation(
      id: "createCanvasSession", group: "runtime", action: "open-canvas",
      method: "POST", path: "/api/v1/instances/{instanceId}/canvas-sessions",
      summary: "Get a ticket for a canvas, good for one use",
      pathParameters: [.instance("instanceId")],
      body: [
        platformAgent,
        Parameter(
          "conversationId", .text, isRequired: true, form: .uuid,
          help: "The conversation it belongs to"),
        Parameter(
          "canvasId", .text, length: 1...128, form: .identifier, help: "The canvas to open again"),
      ], positional: ["platformAgentId", "conversationId"], maxBodyBytes: 65_536,
      isBodyClosed: true, success: Success(201, .object, isEnveloped: false), effect: .change,
      replay: .harmlessDuplicate,
      example: withAgent(
        "runtime open-canvas $agent $agent.id 0b9f6d0e-7a51-4e0b-9c37-5f7f6b1f2a10")),
  ]

  private static let operationPath = "/api/v1/instances/{instanceId}/operations/{operationId}"

  /// JSON-RPC: version and id say nothing here, so that a command need not give them.
  private static let methodCall = [
    Parameter(
      "jsonrpc", .choice(["2.0"], open: false), isRequired: true, preset: .text("2.0"),
      help: "The version of JSON-RPC"),
    Parameter(
      "id", .any, isRequired: true, preset: .int(1), help: "What the answer is to be marked with"),
    Parameter(
      "method", .choice(RecordType.runtimeMethods, open: true), isRequired: true,
      help: "What to do"),
    Parameter(
      "params", .record(nil), isRequired: true, preset: .record(Record()),
      help: "What the method needs to know"),
  ]

  private static let platformAgent = Parameter(
    "platformAgentId", .text, isRequired: true, form: .uuid, serves: [("Agent", "id")],
    help: "The agent it belongs to")

  private static let operation = Parameter(
    "operationId", .text, isRequired: true, form: .uuid,
    serves: [
      ("RuntimeOperation", "id"), ("OperationCancel", "operationId"),
      ("ConversationClear", "operationId"), ("ConversationCancel", "operation_id"),
      ("OperationReceipt", "operationId"),
    ],
    help: "The runtime operation: its id, or a record that has it")

  /// An example on an instance of the sandbox that answers.
  private static func onInstance(_ command: String, _ rest: String = "") -> String {
    command + " (bees | where connectivity == online | first)" + (rest.isEmpty ? "" : " " + rest)
  }

  /// An example on a runtime operation that it begins itself.
  private static func onOperation(_ command: String) -> String {
    "let bee = bees | where connectivity == online | first\n"
      + "let op = runtime call $bee skills/list\n" + command
  }

  /// An example for an agent, which knows its instance.
  private static func withAgent(_ command: String) -> String {
    "let bee = bees | where connectivity == online | first\n"
      + "let agent = agents list --instance-id $bee | first\n" + command
  }
}
