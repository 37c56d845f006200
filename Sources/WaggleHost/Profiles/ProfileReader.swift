import TOMLKit
import WaggleClient
import WaggleHTTP
import WaggleText

/// Reads profiles from the text of `config.toml`, and points at the line of what is wrong.
///
/// ```toml
/// [profiles.prod]
/// key-command = ["pass", "show", "beeos"]
/// production = true
/// ```
struct ProfileReader {
  let source: Source
  let folder: ConfigFolder

  /// What a profile may say.
  private static let settings = [
    "api-url", "key-file", "key-command", "rate", "read-only", "production",
  ]

  /// The profiles, in the order of their names.
  func profiles() throws(UsageError) -> [Profile] {
    guard !source.text.utf8.contains(0) else { throw .notTOML(source) }
    let root: TOMLTable
    do { root = try TOMLTable(string: source.text) } catch { throw syntaxError(error) }
    for key in root.keys where key != "profiles" {
      throw .unknownSetting(key, among: ["profiles"], at: place(of: [key], .key))
    }
    guard let section = root["profiles"] else { return [] }
    guard let tables = section.table else {
      throw .notTable("profiles", at: place(of: ["profiles"], .key))
    }
    var profiles: [Profile] = []
    for name in tables.keys { profiles.append(try profile(name, tables[name]?.table)) }
    return profiles
  }

  private func profile(_ name: String, _ table: TOMLTable?) throws(UsageError) -> Profile {
    guard Profile.isName(name) else {
      throw .badProfileName(name, at: place(of: ["profiles", name], .key))
    }
    guard let table else { throw .notTable(name, at: place(of: ["profiles", name], .key)) }
    var profile = Profile(name: name)
    for setting in table.keys {
      let spot = { part in place(of: ["profiles", name, setting], part) }
      guard let value = table[setting]?.tomlValue else { continue }
      try take(setting, value, into: &profile, spot)
    }
    return profile
  }

  private func take(
    _ setting: String, _ value: TOMLValue, into profile: inout Profile,
    _ spot: (Part) -> UsageError.Place
  ) throws(UsageError) {
    switch setting {
    case "api-url":
      profile.endpoint = try endpoint(text(setting, value, spot), spot)
    case "key-file", "key-command":
      guard profile.key == nil else { throw .twoKeys(profile.name, at: spot(.key)) }
      profile.key =
        setting == "key-file"
        ? .file(folder.file(try text(setting, value, spot)))
        : .program(try command(value, spot))
    case "rate":
      guard let rate = Rate(parsing: try text(setting, value, spot)) else {
        throw .badSetting(setting, valid: Rate.form, at: spot(.value))
      }
      profile.rate = rate
    case "read-only": profile.isReadOnly = try bool(setting, value, spot)
    case "production": profile.isProduction = try bool(setting, value, spot)
    default: throw .unknownSetting(setting, among: Self.settings, at: spot(.key))
    }
  }

  private func text(
    _ setting: String, _ value: TOMLValue, _ spot: (Part) -> UsageError.Place
  ) throws(UsageError) -> String {
    guard value.type == .string, let text = value.string, !text.isEmpty else {
      throw .badSetting(setting, valid: "a text", at: spot(.value))
    }
    return text
  }

  private func bool(
    _ setting: String, _ value: TOMLValue, _ spot: (Part) -> UsageError.Place
  ) throws(UsageError) -> Bool {
    guard value.type == .bool, let bool = value.bool else {
      throw .badSetting(setting, valid: "`true` or `false`", at: spot(.value))
    }
    return bool
  }

  /// A list of texts runs as it is; a text is a line for the shell.
  private func command(
    _ value: TOMLValue, _ spot: (Part) -> UsageError.Place
  ) throws(UsageError) -> [String] {
    if value.type == .string, let line = value.string, !line.isEmpty {
      return ["/bin/sh", "-c", line]
    }
    let words = value.array.map { array in
      (0..<array.count).map { array[$0].tomlValue }.map { $0.type == .string ? $0.string : nil }
    }
    guard let words, let first = words.first ?? nil, !first.isEmpty, !words.contains(nil) else {
      throw .badSetting(
        "key-command", valid: "a text, or a list of texts: a program and its arguments",
        at: spot(.value))
    }
    return words.compactMap { $0 }
  }

  private func endpoint(
    _ url: String, _ spot: (Part) -> UsageError.Place
  ) throws(UsageError) -> Endpoint {
    do throws(SetupFault) { return try Endpoint(url, from: "`api-url`") } catch {
      throw UsageError(error).at(spot(.value))
    }
  }
}

/// Where things stand in the text: the reader below gives no places of what it read.
extension ProfileReader {
  /// What of a line is pointed at.
  enum Part { case key, value }

  /// The place of a setting: the first line by which the text, read up to there, has it.
  private func place(of path: [String], _ part: Part) -> UsageError.Place {
    let lines = LineTable(source)
    var start = 1
    for number in 1...max(lines.count, 1) {
      guard let bounds = lines.bounds(ofLine: number) else { break }
      let text = String(decoding: source.text.utf8.prefix(bounds.upperBound), as: UTF8.self)
      guard let table = try? TOMLTable(string: text) else { continue }
      if Self.has(path[...], in: table) { return place(inLine: start, lines, path, part) }
      start = number + 1
    }
    return UsageError.Place(source: source, lower: 0, upper: 0)
  }

  private static func has(_ path: ArraySlice<String>, in table: TOMLTable) -> Bool {
    guard let first = path.first, table.keys.contains(first) else { return false }
    guard path.count > 1 else { return true }
    return table[first]?.table.map { has(path.dropFirst(), in: $0) } ?? false
  }

  private func place(
    inLine number: Int, _ lines: LineTable, _ path: [String], _ part: Part
  ) -> UsageError.Place {
    let bounds = lines.bounds(ofLine: number) ?? 0..<0
    let bytes = Array(source.text.utf8)[bounds]
    let isBlank: (UInt8) -> Bool = { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
    var lower = bytes.firstIndex { !isBlank($0) } ?? bounds.lowerBound
    var upper = (bytes.lastIndex { !isBlank($0) } ?? lower) + 1
    let name = Array((path.last ?? "").utf8)
    if part == .value, let sign = bytes[lower..<upper].firstIndex(of: UInt8(ascii: "=")) {
      lower = bytes[(sign + 1)..<upper].firstIndex { !isBlank($0) } ?? lower
    } else if let found = bytes.indices.first(where: { bytes[$0...].starts(with: name) }) {
      (lower, upper) = (found, found + name.count)
    }
    return UsageError.Place(source: source, lower: lower, upper: max(lower, upper))
  }

  private func syntaxError(_ error: any Error) -> UsageError {
    guard let error = error as? TOMLParseError else { return .notTOML(source) }
    let lines = LineTable(source)
    let bounds = lines.bounds(ofLine: error.source.begin.line) ?? 0..<0
    let line = String(decoding: Array(source.text.utf8)[bounds], as: UTF8.self)
    let before = line.unicodeScalars.prefix(max(0, error.source.begin.column - 1))
    let lower = bounds.lowerBound + String(String.UnicodeScalarView(before)).utf8.count
    return .badTOML(
      error.description, at: UsageError.Place(source: source, lower: lower, upper: lower))
  }
}
