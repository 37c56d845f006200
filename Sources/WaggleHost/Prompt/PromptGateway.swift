/// Which gateway a prompt speaks to, for its banner, its prompt and `status`.
struct PromptGateway: Sendable {
  /// What answers.
  enum Kind: Sendable, Equatable {
    /// The sandbox, because `--sandbox` asked for it.
    case sandbox
    /// The sandbox, because there is no key.
    case sandboxWithoutKey
    /// The API at an address.
    case live(String)
  }

  let kind: Kind
  /// The profile that is used.
  let profile: Profile
  /// The beginning of the key and where it comes from, now; nil without one.
  let key: @Sendable () -> String?

  /// The word before `>`.
  var name: String {
    let isUsual = profile.name == Profile.usualName
    switch kind {
    case .sandbox where !isUsual: return "sandbox:" + profile.name
    case .sandbox, .sandboxWithoutKey: return "sandbox"
    case .live: return isUsual ? "beeos" : profile.name
    }
  }

  /// What it is, in words.
  var words: String {
    switch kind {
    case .sandbox: "the sandbox, a world of its own in this process"
    case .sandboxWithoutKey:
      "the sandbox, a world of its own in this process: no API key is set (BEEOS_API_KEY, or"
        + " `waggle login`)"
    case .live(let address): address
    }
  }

  /// The profile and how careful it is: `prod (production, read-only)`.
  var profileWords: String {
    let marks = [
      profile.isProduction ? "production" : nil, profile.isReadOnly ? "read-only" : nil,
    ].compactMap { $0 }
    return profile.name + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")
  }
}
