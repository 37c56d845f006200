/// Finds the name that was probably meant by a word that names nothing.
///
/// Case, `-` and `_` are not looked at, as they are not when options are matched. The distance is
/// Damerau–Levenshtein's: an added, lost or changed character and two that changed places cost one.
/// A name counts when its distance is at most a third of the word's length, and it is given only as
/// the one winner: a guess among equals would mislead. Among equals the one wins from which letters
/// were left out: `strt` is `start` rather than `sort`.
package enum NearestName {
  /// The name of the list that is clearly nearest to the word; nil where there is none or a tie.
  ///
  /// Names longer than 64 characters are neither given nor looked for.
  package static func of(_ word: String, among names: some Sequence<String>) -> String? {
    // One character as a reader sees it may be of any length.
    guard word.utf8.count <= longest * 8 else { return nil }
    let wanted = folded(word)
    guard !wanted.isEmpty, wanted.count <= longest else { return nil }
    var best: (names: [String], distance: Int) = ([], longest)
    for name in names where !best.names.contains(name) {
      let candidate = folded(name)
      let allowed = max(wanted.count, candidate.count) / 3
      guard candidate.count <= longest, abs(candidate.count - wanted.count) <= allowed else {
        continue
      }
      let distance = distance(wanted, candidate)
      guard distance <= allowed, distance <= best.distance else { continue }
      best = distance < best.distance ? ([name], distance) : (best.names + [name], distance)
    }
    guard best.names.count > 1 else { return best.names.first }
    let longer = best.names.filter { holds(folded($0), wanted) }
    return longer.count == 1 ? longer.first : nil
  }

  /// Whether a word is what is left of another one from which letters were left out.
  private static func holds(_ whole: [Character], _ part: [Character]) -> Bool {
    var rest = part[...]
    for character in whole where rest.first == character { rest = rest.dropFirst() }
    return rest.isEmpty
  }

  private static let longest = 64

  private static func folded(_ word: String) -> [Character] {
    word.filter { $0 != "-" && $0 != "_" }.lowercased().map { $0 }
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
