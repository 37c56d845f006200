import WaggleHTTP
import WaggleValues

/// Which API a run speaks to, as whom, and how carefully.
struct Account: Sendable {
  /// What it is called and what it asks for; the one called `default` where nobody wrote one down.
  let profile: Profile
  /// Where the API is; nil for the sandbox.
  let endpoint: Endpoint?
  /// Who calls.
  let key: Key
  /// What to do where the API does not take the key; nil where nothing can be done.
  var remedy: String?

  /// Where the key comes from.
  enum Key: Sendable {
    /// From the variable BEEOS_API_KEY.
    case environment(Secret)
    /// From the profile, when it is needed.
    case profile(KeyReader)
    /// There is none; what to do, in a sentence.
    case none(String)
  }

  /// What the API counts the calls by.
  var credential: Credential {
    guard let endpoint else { return Credential(origin: nil, source: .sandbox) }
    let source: Credential.Source =
      switch key {
      case .environment: .environment
      case .profile(let reader): .kept(reader.source)
      case .none: .none
      }
    return Credential(origin: endpoint.origin, source: source)
  }
}
