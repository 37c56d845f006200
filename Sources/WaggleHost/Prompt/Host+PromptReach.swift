import WaggleCatalogue
import WaggleClient
import WaggleHTTP
import WaggleSandbox
import WaggleText
import WaggleTime
import WaggleValues

/// What a prompt speaks to, and what `profile NAME` makes it speak to.
extension Host {
  /// Puts together what lines do to the outside under a profile; nil for the usual one.
  ///
  /// With no key anywhere the sandbox is opened; a profile that is asked for by name has to have one.
  func promptReach(
    for wanted: Options, _ profile: String?, _ world: SandboxGateway, _ wiretap: Wiretap,
    _ budget: ChangeBudget, _ strands: any Strands, _ calls: Counter, _ teller: WaitTeller,
    show: @escaping @Sendable (Value) -> String
  ) throws(UsageError) -> PromptReach {
    var options = wanted
    options.profile = profile
    let account = try account(for: options)
    let kind = try kind(of: account, options)
    let bottom: any Gateway & Transfer
    if case .live = kind {
      bottom = try self.bottom(for: options, account, strands: strands, tap: wiretap.tap)
    } else {
      bottom = world
    }
    let reach = Reach(
      account: account, gateway: bottom, log: wiretap.log, budget: budget,
      approval: approval(for: account.profile, options, asks: true))
    let live = effects(
      for: options, reach, strands: strands, teller: teller, count: calls.count, show: show)
    return PromptReach(
      effects: live,
      gateway: PromptGateway(
        kind: kind, profile: account.profile,
        key: { Self.words(for: account.key, bottom as? KeyedGateway) }),
      approval: reach.approval)
  }

  private func kind(
    of account: Account, _ options: Options
  ) throws(UsageError) -> PromptGateway.Kind {
    guard let endpoint = account.endpoint else { return .sandbox }
    guard case .none(let advice) = account.key, options.apiURL == nil else {
      return .live(endpoint.origin)
    }
    guard options.profile == nil else { throw .keyless(account.profile.name, advice) }
    return .sandboxWithoutKey
  }

  /// The beginning of a key and where it comes from; a program is not asked for it.
  private static func words(for key: Account.Key, _ gateway: KeyedGateway?) -> String? {
    switch key {
    case .none: nil
    case .environment(let key): "\(key.beginning)… (\(keyVariable))"
    case .profile(let reader):
      (gateway?.key).map { "\($0.beginning)… (\(reader.words))" }
        ?? "\(reader.words), with the first call"
    }
  }
}
