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
  /// The beginning of the key and where it comes from; nil without one.
  let key: String?

  /// The word before `>`.
  var name: String {
    switch kind {
    case .sandbox, .sandboxWithoutKey: "sandbox"
    case .live: "beeos"
    }
  }

  /// What it is, in words.
  var words: String {
    switch kind {
    case .sandbox: "the sandbox, a world of its own in this process"
    case .sandboxWithoutKey:
      "the sandbox, a world of its own in this process: no API key is set (BEEOS_API_KEY)"
    case .live(let address): address
    }
  }
}
