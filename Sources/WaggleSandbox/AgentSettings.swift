/// What an owner set on an agent; everything else of it comes from its instance.
struct AgentSettings: Sendable {
  /// Who may see and call it: `private`, `unlisted`, `public`, `marketplace`.
  var visibility = "private"
  var isOnMCP = true
  /// When it was last set, in milliseconds; nil for never.
  var updatedAt: Int?

  /// Whether anybody may call it.
  var isOpen: Bool { visibility != "private" }
}
