import WaggleValues

/// The one list of the built-in commands: checks, help and the reference are made from it.
///
/// An entry is made when it is asked for, so the list costs nothing at the start of a run.
package enum BuiltinTable {
  /// The first words of all built-in commands, in the order of the reference.
  package static var words: [String] {
    var words: [String] = []
    for builtin in Builtin.allCases {
      let word = String(builtin.rawValue.prefix { $0 != " " })
      if words.last != word, !words.contains(word) { words.append(word) }
    }
    return words
  }

  /// Whether a word is a built-in command, or the first of its two words.
  static func has(_ word: String) -> Bool {
    Builtin(rawValue: word) != nil || formats(of: word) != nil
  }

  /// The second words of a command that has some (`to`, `from`); nil for any other.
  static func formats(of word: String) -> [String]? {
    guard word == "to" || word == "from" else { return nil }
    return Builtin.allCases.compactMap { builtin in
      let parts = builtin.rawValue.split(separator: " ")
      return parts.count == 2 && parts[0] == word ? String(parts[1]) : nil
    }
  }

  /// Names that the language keeps for commands that this build may not have.
  static let laterWords: Set<String> = [
    "help", "vars", "history", "save", "forget", "profile", "status", "why",
  ]

  /// The entry of a command.
  package static func entry(_ builtin: Builtin) -> BuiltinEntry {
    switch builtin {
    case .where, .map, .select, .sort, .find, .all, .any: rows(builtin)
    case .reverse, .first, .last, .unique, .flatten, .chunk: order(builtin)
    case .count, .sum, .avg, .min, .max, .group: folds(builtin)
    case .keys, .values, .get: records(builtin)
    case .join, .split, .lines, .trim, .upper, .lower, .replace, .match, .format: texts(builtin)
    case .text, .int, .float, .duration, .time: conversions(builtin)
    case .fromJSON, .fromNDJSON, .fromCSV, .fromYAML: readers(builtin)
    case .toJSON, .toNDJSON, .toCSV, .toYAML, .toTable: writers(builtin)
    case .now, .age, .sleep: times(builtin)
    case .print, .log, .table, .secret, .reveal: outside(builtin)
    case .read, .write, .exec, .ask, .confirm: machine(builtin)
    case .call: request
    }
  }
}
