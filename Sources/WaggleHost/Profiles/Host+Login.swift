import WaggleCatalogue
import WaggleHTTP
import WaggleText
import WaggleTime
import WaggleValues

/// `waggle login` and `waggle logout`: the key of a profile goes into a file, and out of it.
extension Host {
  /// Why a login does not come to its end.
  private enum Stop: Error {
    case usage(UsageError)
    /// The API does not take the key.
    case refused(UsageError)
    case cancelled(Cancellation)
  }

  /// Asks for a key, tries it and stores it.
  ///
  /// The key is tried by one read, so that a mistake shows here and not in a run at night. Where the
  /// API cannot be asked, a key that has the usual form is stored all the same.
  func login(_ options: Options) throws(UsageError) -> Int32 {
    guard let folder = ConfigFolder(environment) else { throw .noHome }
    let profile = try profile(options.profile, in: folder)
    let file = try storedKey(of: profile, in: folder)
    let gateway = try gateway(to: profile.home, key: nil)
    let token = Token()
    if catchesSignals { Signals.cancel(token, eachSecond: nil) }
    do throws(Stop) {
      try strands(for: options).main(token: token) { strand throws(Stop) in
        let key = try askedKey(for: profile, on: strand)
        vault.learn(key)
        try attempt(key, gateway, on: strand)
        do throws(UsageError) { try file.write(key.revealed + "\n") } catch { throw .usage(error) }
        let place = "for \(profile.home.origin) in \(file.shown)"
        _ = terminal.print("stored the key \(key.beginning)… \(place)\n")
      }
      return 0
    } catch {
      return try end(error)
    }
  }

  /// Removes the key of a profile.
  func logout(_ options: Options) throws(UsageError) -> Int32 {
    guard let folder = ConfigFolder(environment) else { throw .noHome }
    let profile = try profile(options.profile, in: folder)
    let file = try storedKey(of: profile, in: folder)
    let isRemoved = try file.remove()
    _ = terminal.print(
      isRemoved
        ? "removed \(file.shown), the key for \(profile.home.origin)\n"
        : "there is no key in \(file.shown)\n")
    return 0
  }

  private func storedKey(
    of profile: Profile, in folder: ConfigFolder
  ) throws(UsageError) -> PrivateFile {
    switch profile.key {
    case .program?: throw .keyOfProgram(profile.name)
    case .file(let path)?: return PrivateFile(path: path, shown: folder.shown(path))
    case nil:
      let path = folder.key(of: profile.name)
      return PrivateFile(path: path, shown: folder.shown(path))
    }
  }

  private func end(_ stop: Stop) throws(UsageError) -> Int32 {
    switch stop {
    case .usage(let error): throw error
    case .refused(let error):
      terminal.complain(renderer(for: nil).error(error))
      return 3
    case .cancelled(let reason):
      terminal.complain(reason == .interrupted ? "interrupted\n" : "terminated\n")
      return reason == .interrupted ? 130 : 143
    }
  }

  /// The key that somebody types, or that standard input has.
  private func askedKey(for profile: Profile, on strand: Strand) throws(Stop) -> Secret {
    var text: String
    if let keyboard = streams.keyboard {
      text = try typedKey(for: profile, keyboard, on: strand)
    } else if !streams.isInputTerminal, let bytes = streams.readInput() {
      text = String(decoding: bytes, as: UTF8.self)
    } else {
      throw .usage(.unreadableInput)
    }
    text = text.trimmed
    let key = Secret(text)
    guard !text.isEmpty else { throw .usage(.nothingTyped) }
    if text.hasPrefix("bak_") { throw .usage(.foreignKey) }
    if case .unusable(let reason) = BearerKey(key) { throw .usage(.badKey(reason)) }
    return key
  }

  private func typedKey(
    for profile: Profile, _ keyboard: Keyboard, on strand: Strand
  ) throws(Stop) -> String {
    let question = "API key for \(profile.home.origin) (it is not shown): "
    let answer = terminal.asking(question, isStopped: { strand.cancellation != nil }) {
      keyboard.hiddenLine { strand.cancellation != nil }
    }
    terminal.complain("\n")
    switch answer {
    case .line(let line): return line
    case .end: throw .usage(.nothingTyped)
    case .stopped, nil: throw .cancelled(strand.cancellation ?? .interrupted)
    }
  }

  /// Reads one instance with the key.
  private func attempt(
    _ key: Secret, _ gateway: HTTPGateway, on strand: Strand
  ) throws(Stop) {
    guard let operation = Catalogue.beeOS.operation(id: "listInstances") else { return }
    do throws(CallFault) {
      let call = Call(operation, query: [("pageSize", .int(1))])
      _ = try gateway.keyed(by: key).send(call, on: strand)
    } catch {
      if case .cancelled(let reason) = error.cause { throw .cancelled(reason) }
      if error.cause == .refused, error.status == 401 || error.status == 403 {
        throw .refused(.refusedKey(gateway.endpoint.origin, error.message))
      }
      guard key.looksLikeKey else { throw .refused(.unlikelyKey(error.message)) }
      terminal.complain("warning: the key could not be tried: \(SafeText(error.message).text)\n")
    }
  }
}

extension Secret {
  /// The first characters of a key, which may be shown; fewer of a text that is too short for one.
  var beginning: String {
    SafeText(String(revealed.prefix(revealed.count >= 24 ? 12 : 4))).text
  }

  /// Whether it has the form of a key of the API, or of a token (three parts in base64).
  var looksLikeKey: Bool {
    let isHex: (UInt8) -> Bool = {
      0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 || 0x41...0x46 ~= $0
    }
    if revealed.hasPrefix("oag_") {
      return revealed.utf8.count == 68 && revealed.utf8.dropFirst(4).allSatisfy(isHex)
    }
    let parts = revealed.split(separator: ".", omittingEmptySubsequences: false)
    return revealed.hasPrefix("eyJ") && parts.count == 3 && parts.allSatisfy { !$0.isEmpty }
  }
}
