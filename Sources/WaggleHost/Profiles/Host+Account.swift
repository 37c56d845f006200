import WaggleHTTP
import WaggleText
import WaggleValues

/// Which gateway and which key, in the order of the manual.
extension Host {
  /// The variable that holds a key, before any profile.
  static let keyVariable = "BEEOS_API_KEY"

  /// Finds out whom to speak to, and as whom.
  ///
  /// The key of a profile belongs to the profile's origin: where a flag or a variable names another
  /// one, it is not used there.
  func account(for options: Options) throws(UsageError) -> Account {
    // A sandbox asks for no key; a profile that is named tells it how careful to be.
    if options.sandbox, options.profile == nil {
      return Account(profile: Profile(name: Profile.usualName), endpoint: nil, key: .none(""))
    }
    let folder = ConfigFolder(environment)
    let profile = try profile(options.profile, in: folder)
    guard !options.sandbox else { return Account(profile: profile, endpoint: nil, key: .none("")) }
    let endpoint = try endpoint(for: options, profile)
    let key = key(for: endpoint, profile, in: folder)
    return Account(
      profile: profile, endpoint: endpoint, key: key,
      remedy: remedy(for: key, of: profile, at: endpoint))
  }

  /// What to do where a key is not taken: it names the one that was sent, for there may be several.
  private func remedy(
    for key: Account.Key, of profile: Profile, at endpoint: Endpoint
  ) -> String? {
    let origin = endpoint.origin
    switch key {
    case .environment:
      return "the key is that of \(Self.keyVariable): set it to one that \(origin) takes"
    case .profile(let reader):
      switch reader.source {
      case .file:
        return "the key is that of the profile `\(profile.name)`, in `\(reader.words)`:"
          + " `\(Self.login(profile))` stores another"
      case .program:
        return "the key is what `key-command` of the profile `\(profile.name)` prints: see to it"
          + " that it prints one that \(origin) takes"
      }
    case .none: return nil
    }
  }

  /// The command that stores the key of a profile.
  private static func login(_ profile: Profile) -> String {
    "waggle login" + (profile.name == Profile.usualName ? "" : " --profile \(profile.name)")
  }

  /// The profile of a name; without a name the usual one, which need not be written down.
  func profile(_ name: String?, in folder: ConfigFolder?) throws(UsageError) -> Profile {
    guard let folder else {
      guard name == nil else { throw .noHome }
      return Profile(name: Profile.usualName)
    }
    let profiles = try folder.profiles()
    let wanted = name ?? Profile.usualName
    if let profile = profiles.first(where: { $0.name == wanted }) { return profile }
    guard wanted == Profile.usualName else {
      throw .unknownProfile(
        wanted, among: profiles.map(\.name), in: folder.shown(folder.config))
    }
    return Profile(name: wanted)
  }

  /// The names of the profiles that are written down; none where they cannot be read.
  var profileNames: [String] {
    do throws(UsageError) {
      return try ConfigFolder(environment)?.profiles().map(\.name) ?? []
    } catch { return [] }
  }

  private func endpoint(for options: Options, _ profile: Profile) throws(UsageError) -> Endpoint {
    do throws(SetupFault) {
      if let url = options.apiURL { return try Endpoint(url, from: Flag.apiURL.spelling) }
      guard let url = environment("BEEOS_API_URL"), !url.isEmpty else { return profile.home }
      return try Endpoint(url, from: "BEEOS_API_URL")
    } catch {
      throw UsageError(error)
    }
  }

  private func key(for endpoint: Endpoint, _ profile: Profile, in folder: ConfigFolder?)
    -> Account.Key
  {
    if let key = environment(Self.keyVariable), !key.isEmpty { return .environment(Secret(key)) }
    let advice = "set BEEOS_API_KEY, run `\(Self.login(profile))`, or pass `--sandbox`"
    guard let folder else { return .none(advice) }
    let source = profile.key ?? .file(folder.key(of: profile.name))
    if case .file(let path) = source, profile.key == nil {
      guard PrivateFile(path: path, shown: path).exists else { return .none(advice) }
    }
    guard endpoint.origin == profile.home.origin else {
      return .none(
        "the key of the profile `\(profile.name)` belongs to \(profile.home.origin) and goes"
          + " nowhere else: set BEEOS_API_KEY")
    }
    return .profile(KeyReader(source: source, folder: folder, programs: programs))
  }
}
