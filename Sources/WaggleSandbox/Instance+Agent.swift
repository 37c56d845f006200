import WaggleValues

/// The agent of an instance as the API shows it.
extension Instance {
  /// What an agent is while its instance runs; the contract knows this one value and leaves open
  /// which others there are.
  static let activeAgent = "active"

  /// `active` while the instance runs, else `inactive`.
  var agentStatus: String { status == .running ? Self.activeAgent : "inactive" }

  /// Whether its agent can be talked to now.
  var isReachable: Bool { status == .running && connectivity == .online }

  /// The agent as JSON.
  func agentJSON(_ settings: AgentSettings) -> [UInt8] {
    var out = ObjectWriter()
    out.member("id", agentID)
    out.member("instanceId", id)
    out.member("name", facts.name)
    out.member("description", "\(facts.framework) on \(facts.provider) in \(facts.region)")
    out.member("displayName", facts.name)
    out.member("status", agentStatus)
    out.member("slug", slug)
    out.member("mcpEnabled", settings.isOnMCP)
    out.member("defaultModelId", defaultModel)
    out.member("visibility", settings.visibility)
    out.member("capabilities", json: capabilities)
    out.member("conversationTransport", "message-service")
    out.member("createdAt", time: createdAt)
    out.member("updatedAt", time: max(updatedAt, settings.updatedAt ?? updatedAt))
    out.end()
    return out.bytes
  }

  private var slug: String {
    let plain = facts.name.lowercased().map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) ? letter : "-"
    }
    return "\(String(plain.prefix(48)))-\(number)"
  }

  /// The model in the form `provider/model` that agents have; nil where the name does not fit it.
  private var defaultModel: String? {
    let fits = facts.model.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || ".-_".unicodeScalars.contains($0)
    }
    guard fits, let first = facts.model.first, first.isLetter || first.isNumber else { return nil }
    let makers = [("gpt", "openai"), ("claude", "anthropic"), ("gemini", "google")]
    let maker = makers.first { facts.model.hasPrefix($0.0) }?.1 ?? "beeos"
    return "\(maker)/\(facts.model)"
  }

  private var capabilities: [UInt8] {
    let isDesktop = facts.system != "android"
    var out = ObjectWriter()
    for name in ["multipleConversations", "loadConversation", "createConversation"] {
      out.member(name, true)
    }
    for name in ["canvas", "terminal", "webSsh", "fileSystem"] { out.member(name, isDesktop) }
    for (name, isThere) in [
      ("image", true), ("audio", false), ("mcp", true), ("cron", true), ("streaming", true),
      ("pushNotifications", true), ("a2a", false), ("extendedAgentCard", false),
      ("modelsList", true), ("modelsSet", true), ("skillsList", true), ("skillsInstall", false),
      ("skillsUninstall", false), ("skillsUpdate", false),
    ] {
      out.member(name, isThere)
    }
    out.end()
    return out.bytes
  }
}
