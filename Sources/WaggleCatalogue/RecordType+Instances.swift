package import WaggleValues

/// The records of the `instances` group, as the contract has them (InstanceDataDTO, DeviceInfoDTO).
///
/// Values that the contract names only in prose are open choices: a gateway may send a new one.
extension RecordType {
  /// An instance: an agent deployed somewhere, with its lifecycle and its link to us.
  package static let instance = RecordType(
    "Instance",
    [
      Field("id", .text),
      Field("ownerId", .text),
      Field("agentFramework", .text),
      Field("providerId", .text),
      Field("externalId", .text),
      Field("osType", .choice(["android", "linux", "windows", "macos"], open: true)),
      Field("hostingType", .text),
      Field("cloudProvider", .text),
      Field("name", .text),
      Field("modelPrimary", .text),
      Field("models", .list(.text)),
      Field("status", .choice(instanceStates, open: true)),
      Field("desiredStatus", .choice(["running", "stopped", "terminated"], open: true)),
      Field("endpoint", .text),
      Field("bridgeId", .text),
      Field("identityId", .text),
      Field("totalRunSeconds", .int),
      Field("connectivity", .choice(["unknown", "online", "offline"], open: true)),
      Field("connectivityReason", .choice(connectivityReasons, open: true), isOptional: true),
      Field("haltReason", .text, isOptional: true),
      Field("providerConfig", .record(nil)),
      Field("publicIp", .text, isOptional: true),
      Field("clusterId", .text, isOptional: true),
      Field("region", .text, isOptional: true),
      Field("imageId", .text, isOptional: true),
      Field("imageRef", .text, isOptional: true),
      Field("isTrial", .bool, isOptional: true),
      Field("expiresAt", .time, isOptional: true),
      Field("errorMessage", .text, isOptional: true),
      Field("systemPrompt", .text, isOptional: true),
      Field("mcpServers", .record(nil), isOptional: true),
      Field("startedAt", .time, isOptional: true),
      Field("stoppedAt", .time, isOptional: true),
      Field("statusEnteredAt", .time, isOptional: true),
      Field("connectivityUpdatedAt", .time, isOptional: true),
      Field("msConnectionStatus", .choice(busStates, open: false), isOptional: true),
      Field("msConnectionUpdatedAt", .time, isOptional: true),
      Field("createdAt", .time, isOptional: true),
      Field("updatedAt", .time, isOptional: true),
      Field("screenshotUrl", .text, isOptional: true),
      Field("screenshotUpdatedAt", .time, isOptional: true),
      Field("capabilities", .record(nil), isOptional: true),
    ])

  /// The registered hardware of an instance, readable while it is offline.
  package static let deviceInfo = RecordType(
    "DeviceInfo",
    [
      Field("type", .choice(["android", "windows", "linux", "macos"], open: true)),
      Field("model", .text),
      Field("os", .text),
      Field("osVersion", .text),
      Field("width", .int),
      Field("height", .int),
      Field("density", .int),
      Field("capabilities", .list(.text)),
      Field("metadata", .record(nil), isOptional: true),
    ])

  /// The states of an instance, in the order in which one lives through them.
  static let instanceStates = ["pending", "provisioning", "running", "stopped", "terminated"]

  /// Why an instance is not online; the last one is the old spelling of the one before it.
  private static let connectivityReasons = [
    "device_disconnected", "device_unauthorized", "instance_disconnected", "agent_disconnected",
  ]

  /// The states of the link to the message bus.
  private static let busStates = [
    "unknown", "connecting", "connected", "reconnecting", "disconnected", "failed",
  ]
}
