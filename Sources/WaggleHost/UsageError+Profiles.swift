import WaggleHTTP
import WaggleText

/// The wording of everything that is wrong with profiles, keys and their files, in one place.
extension UsageError {
  /// What is wrong with a setting of the live API.
  init(_ fault: SetupFault) {
    guard let help = fault.help else {
      self.init(fault.message)
      return
    }
    self.init(fault.message, help: help)
  }

  // MARK: The configuration

  static func notTOML(_ source: Source) -> UsageError { UsageError("`\(source.name)` is not TOML") }

  static func badTOML(_ reason: String, at place: Place) -> UsageError {
    let reason = reason.split(separator: ":", maxSplits: 1).last.map(String.init) ?? reason
    return UsageError(
      "`\(place.source.name)` is not TOML:" + (reason.hasPrefix(" ") ? reason : " " + reason)
    ).at(place)
  }

  static func unknownSetting(
    _ name: String, among names: [String], at place: Place
  ) -> UsageError {
    let message = "there is no setting `\(name)` here"
    guard let near = NearestName.of(name, among: names) else {
      let choices = names.map { "`\($0)`" }.joined(separator: ", ")
      return UsageError(message, help: "there is \(choices)").at(place)
    }
    return UsageError(message, help: "did you mean `\(near)`?").at(place)
  }

  static func notTable(_ name: String, at place: Place) -> UsageError {
    UsageError("`\(name)` must be a table", help: "write it as [profiles.NAME]").at(place)
  }

  static func badSetting(_ name: String, valid: String, at place: Place) -> UsageError {
    UsageError("`\(name)` takes \(valid)").at(place)
  }

  static func badProfileName(_ name: String, at place: Place) -> UsageError {
    UsageError("a profile cannot be called `\(name)`", help: nameRule).at(place)
  }

  static func twoKeys(_ name: String, at place: Place) -> UsageError {
    UsageError(
      "the profile `\(name)` has both `key-file` and `key-command`", help: "leave one of them out"
    ).at(place)
  }

  private static let nameRule = "a name is letters, digits, `-`, `_` and `.`, 64 at most"

  // MARK: Choosing a profile

  static func unknownProfile(
    _ name: String, among names: [String], in file: String
  ) -> UsageError {
    let message = "there is no profile `\(name)`"
    guard Profile.isName(name) else { return UsageError(message, help: nameRule) }
    if let near = NearestName.of(name, among: names) {
      return UsageError(message, help: "did you mean `\(near)`?")
    }
    return UsageError(message, help: "write [profiles.\(name)] into \(file)")
  }

  static let noHome = UsageError(
    "neither HOME nor XDG_CONFIG_HOME says where profiles and keys are kept")

  static func keyless(_ profile: String, _ why: String) -> UsageError {
    UsageError("the profile `\(profile)` cannot be used: \(why)")
  }

  // MARK: Files

  static func open(_ path: String) -> UsageError {
    UsageError("others may read or change `\(path)`", help: "chmod 600 \(quoted(path))")
  }

  static func openFolder(_ path: String) -> UsageError {
    UsageError("others may change what is in `\(path)`", help: "chmod 700 \(quoted(path))")
  }

  static func foreign(_ path: String) -> UsageError {
    UsageError("`\(path)` belongs to another user, who could change it")
  }

  static func noPlainFile(_ path: String) -> UsageError {
    UsageError(
      "`\(path)` is no plain file", help: "a program that prints a key is named by `key-command`")
  }

  static func tooLarge(_ path: String, _ most: Int) -> UsageError {
    UsageError("`\(path)` is larger than \(most >> 10) KiB")
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
        || "/._-~".utf8.contains(byte)
    }
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  // MARK: login, logout

  static let nothingTyped = UsageError("no key was given", help: "nothing was stored")

  static let keyAsArgument = UsageError(
    "`login` takes no key as an argument: anybody could read it in the list of processes",
    help: "type it when you are asked, or give it on standard input")

  static func badKey(_ reason: String) -> UsageError {
    UsageError("that cannot be a key: \(reason)", help: "nothing was stored")
  }

  static let foreignKey = UsageError(
    "that is a key of an agent (bak_…), which is for another service",
    help: "a key of the API begins with oag_; nothing was stored")

  static func unlikelyKey(_ why: String) -> UsageError {
    UsageError(
      "that does not look like a key (oag_ and 64 digits) or a token, and it could not be tried:"
        + " \(why)", help: "nothing was stored")
  }

  static func refusedKey(_ origin: String, _ why: String) -> UsageError {
    UsageError("\(origin) does not take that key: \(why)", help: "nothing was stored")
  }

  static func keyOfProgram(_ profile: String) -> UsageError {
    UsageError(
      "the profile `\(profile)` has its key from a program, its `key-command`",
      help: "there is nothing to log in to, or out of")
  }

  static func loginTakesNo(_ flag: Flag) -> UsageError {
    UsageError(
      "`\(flag.spelling)` is not for login and logout",
      help: "a key belongs to the address of its profile: `--profile P`, `api-url` in config.toml")
  }
}
