/// Looks for a text within texts in time linear in both, whatever they are (Knuth, Morris, Pratt).
package struct TextSearch: Sendable {
  private let sought: [UInt8]
  /// For each byte, how many bytes before and with it the sought text begins with, itself aside.
  private let fallbacks: [Int]

  /// Prepares to look for a text.
  package init(_ sought: String) {
    self.sought = Array(sought.utf8)
    var fallbacks = Array(repeating: 0, count: self.sought.count)
    var matched = 0
    for position in self.sought.indices.dropFirst() {
      while matched > 0, self.sought[matched] != self.sought[position] {
        matched = fallbacks[matched - 1]
      }
      if self.sought[matched] == self.sought[position] { matched += 1 }
      fallbacks[position] = matched
    }
    self.fallbacks = fallbacks
  }

  /// Whether a text has the sought one in it; every text has the empty one.
  package func isFound(in text: String) -> Bool {
    var matched = 0
    guard matched < sought.count else { return true }
    for byte in text.utf8 {
      while matched > 0, sought[matched] != byte { matched = fallbacks[matched - 1] }
      if sought[matched] == byte { matched += 1 }
      if matched == sought.count { return true }
    }
    return false
  }

  /// Where it begins in a text, in bytes from the start, from left to right and without overlaps;
  /// the empty text is nowhere.
  package func offsets(in text: String) -> [Int] {
    var text = text
    return text.withUTF8 { bytes in
      var offsets: [Int] = []
      var matched = 0
      guard !sought.isEmpty else { return offsets }
      for (offset, byte) in bytes.enumerated() {
        while matched > 0, sought[matched] != byte { matched = fallbacks[matched - 1] }
        if sought[matched] == byte { matched += 1 }
        if matched == sought.count {
          offsets.append(offset + 1 - matched)
          matched = 0
        }
      }
      return offsets
    }
  }
}
