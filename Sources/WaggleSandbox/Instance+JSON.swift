import WaggleCatalogue
import WaggleValues

/// The instance as the API shows it.
extension Instance {
  /// Writes the instance as JSON behind what is there; only its running time differs from last
  /// time.
  mutating func write(to bytes: inout [UInt8], at now: Int) {
    let known = text ?? written()
    text = known
    bytes += known.head
    bytes += String(runSeconds(at: now)).utf8
    bytes += known.tail
  }

  /// The members in the contract's order; an absent optional one is left out.
  private func written() -> (head: [UInt8], tail: [UInt8]) {
    var head = ObjectWriter()
    writeFacts(to: &head)
    writeState(to: &head)
    head.key("totalRunSeconds")
    var tail = ObjectWriter(continuing: true)
    writeLink(to: &tail)
    writeSettings(to: &tail)
    writeTimes(to: &tail)
    tail.end()
    return (head.bytes, tail.bytes)
  }

  private func writeFacts(to out: inout ObjectWriter) {
    out.member("id", id)
    out.member("ownerId", owner.rawValue)
    out.member("agentFramework", facts.framework)
    out.member("providerId", facts.provider)
    out.member("externalId", "ext-" + draws.digits("external"))
    out.member("osType", facts.system)
    out.member("hostingType", "cloud")
    out.member("cloudProvider", facts.provider == "apiary" ? "gcp" : "aws")
    out.member("name", facts.name)
    out.member("modelPrimary", facts.model)
    out.member("models", facts.models)
  }

  private func writeState(to out: inout ObjectWriter) {
    out.member("status", status.rawValue)
    out.member("desiredStatus", desired.rawValue)
    out.member("endpoint", status == .running ? "https://\(id).bees.example" : "")
    out.member("bridgeId", facts.bridgeID)
    out.member("identityId", "id-" + draws.digits("identity"))
  }

  private func writeLink(to out: inout ObjectWriter) {
    out.member("connectivity", connectivity.rawValue)
    out.member("connectivityReason", connectivityReason)
    out.member("providerConfig", .record(facts.providerConfig))
    if status == .running { out.member("publicIp", address) }
    out.member("clusterId", facts.clusterID)
    out.member("region", facts.region)
    out.member("imageId", "img-\(facts.framework)")
    if facts.isTrial { out.member("isTrial", .bool(true)) }
    out.member("errorMessage", errorMessage)
  }

  private func writeSettings(to out: inout ObjectWriter) {
    out.member("systemPrompt", facts.systemPrompt)
    if let servers = facts.mcpServers { out.member("mcpServers", .record(servers)) }
  }

  private func writeTimes(to out: inout ObjectWriter) {
    out.member("startedAt", time: startedAt)
    out.member("stoppedAt", time: stoppedAt)
    out.member("statusEnteredAt", time: enteredAt)
    out.member("connectivityUpdatedAt", time: connectivityAt)
    out.member(
      "msConnectionStatus",
      status != .running ? "unknown" : connectivity == .online ? "connected" : "reconnecting")
    out.member("msConnectionUpdatedAt", time: connectivityAt)
    out.member("createdAt", time: createdAt)
    out.member("updatedAt", time: updatedAt)
  }

  /// An address out of the range that is kept for examples (RFC 5737).
  private var address: String { "203.0.113.\(1 + number % 254)" }

  /// The registered hardware, by the system that it runs.
  func writeDevice(to bytes: inout [UInt8]) {
    var out = ObjectWriter()
    let isHandset = facts.system == "android"
    out.member("type", facts.system)
    out.member("model", isHandset ? "Comb Handset 3" : "Comb Desk 2")
    out.member("os", facts.system)
    out.member("osVersion", isHandset ? "15" : facts.system == "windows" ? "11" : "12")
    out.member("width", .int(isHandset ? 1080 : 1920))
    out.member("height", .int(isHandset ? 2400 : 1080))
    out.member("density", .int(isHandset ? 420 : 96))
    out.member(
      "capabilities", isHandset ? ["screenshot", "tap", "swipe"] : ["screenshot", "click"])
    out.end()
    bytes += out.bytes
  }
}
