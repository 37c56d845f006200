import WaggleText

/// Spellings of numbers and durations that other languages have, and this one does not.
package enum NearNumber {
  /// What to write instead; nil for a word that is nothing of the kind.
  package static func advice(_ word: String) -> String? {
    guard word.utf8.count <= 32 else { return nil }
    let digits = word.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let rest = word.dropFirst(digits.count)
    if rest.isEmpty {
      return digits.first == "." && digits.count > 1 && !digits.dropFirst().contains(".")
        ? "write `0\(digits)`" : nil
    }
    guard digits.first != ".", let unit = unit(rest.lowercased()) else { return nil }
    return "write `\(digits)\(unit)`"
  }

  /// The unit of a duration that somebody calls so.
  private static func unit(_ word: String) -> String? {
    switch word {
    case "msec", "msecs", "millis": "ms"
    case "sec", "secs", "second", "seconds": "s"
    case "min", "mins", "minute", "minutes": "m"
    case "hr", "hrs", "hour", "hours": "h"
    case "day", "days": "d"
    default: nil
    }
  }
}
