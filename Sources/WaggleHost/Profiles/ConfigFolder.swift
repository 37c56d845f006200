import Glibc
import WaggleText

/// The folder of what a person has set up: `config.toml`, and under `keys` what `login` stored.
struct ConfigFolder: Sendable {
  /// The whole path of the folder, which need not exist.
  let path: String
  /// The home folder, which `~/` stands for; nil where the environment has none.
  let home: String?

  /// Finds it as XDG says: in `$XDG_CONFIG_HOME`, else in `~/.config`; nil where neither is set.
  init?(_ environment: (String) -> String?) {
    home = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let named = environment("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let base = named ?? home.map({ $0 + "/.config" }) else { return nil }
    path = base + "/waggle"
  }

  /// Where profiles are written down.
  var config: String { path + "/config.toml" }

  /// Where `login` stores the key of a profile that names no place itself.
  func key(of profile: String) -> String { path + "/keys/" + profile }

  /// The file that a setting means: from the home folder by `~/`, else from this folder.
  func file(_ setting: String) -> String {
    if setting.hasPrefix("~/"), let home { return home + setting.dropFirst() }
    return setting.hasPrefix("/") ? setting : path + "/" + setting
  }

  /// A path as a person writes it.
  func shown(_ path: String) -> String {
    guard let home, path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }

  /// The profiles that are written down; none where there is no such file.
  func profiles() throws(UsageError) -> [Profile] {
    let shown = shown(config)
    guard let bytes = try PrivateFile(path: config, shown: shown).read() else { return [] }
    let source = try ScriptFile.source(bytes, name: shown)
    return try ProfileReader(source: source, folder: self).profiles()
  }
}
