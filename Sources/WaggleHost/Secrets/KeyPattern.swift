import WaggleValues

/// What reads like a key of the API or like a token, wherever it stands in a text.
///
/// `oag_` and its likes with sixteen characters or more behind them, and the three parts of a JWT
/// (RFC 7519). A beginning that is cut short, as messages show it, is none.
enum KeyPattern {
  /// How keys begin.
  private static let beginnings = ["oag_", "bak_", "sk-"].map { Array($0.utf8) }
  private static let token = Array("eyJ".utf8)
  /// The fewest characters behind a beginning.
  private static let least = 16

  /// The bytes with a mask for each key; nil where there is none.
  static func masked(_ bytes: [UInt8]) -> [UInt8]? {
    var masked: [UInt8] = []
    var copied = 0
    var index = 0
    while index < bytes.count {
      guard let length = length(at: index, in: bytes) else {
        index += 1
        continue
      }
      masked += bytes[copied..<index] + Array(Secret.mask.utf8)
      index += length
      copied = index
    }
    return copied == 0 ? nil : masked + bytes[copied...]
  }

  /// Whether there is one in a text.
  static func isIn(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { length(at: $0, in: bytes) != nil }
  }

  /// The length of the key that begins at a place; nil where none does.
  private static func length(at index: Int, in bytes: [UInt8]) -> Int? {
    let first = bytes[index]
    guard [0x6F, 0x62, 0x73, 0x65].contains(first), index == 0 || !isWord(bytes[index - 1]) else {
      return nil
    }
    let rest = bytes[index...]
    for beginning in beginnings where rest.starts(with: beginning) {
      let count = rest.dropFirst(beginning.count).prefix(while: isWord).count
      return count >= least ? beginning.count + count : nil
    }
    guard rest.starts(with: token) else { return nil }
    let parts = rest.prefix { isWord($0) || $0 == 0x2E }.split(
      separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count >= 4 }) else { return nil }
    return parts.reduce(2) { $0 + $1.count }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == 0x5F
      || byte == 0x2D
  }
}
