import WaggleValues

/// What the forms of texts are.
extension Parameter.Form {
  /// The form in the middle of a sentence: `a UUID`.
  package var valid: String {
    switch self {
    case .uuid: "a UUID"
    case .identifier: "a letter or digit, then letters, digits, `.`, `_`, `:` or `-`"
    case .url: "an absolute address of http or https"
    case .texts: "a record of texts"
    case .target:
      "a path like `/api/v1/agents?limit=5`, without a host, and percent-encoded where it must be"
    case .ascii: "text of ASCII alone, on one line"
    }
  }

  /// Whether a text has the form; a form of records holds for no text.
  func holds(_ text: String) -> Bool {
    switch self {
    case .uuid: Self.isUUID(text)
    case .identifier: Self.isIdentifier(text)
    case .url: Self.isAddress(text)
    case .texts: false
    case .target: Self.isTarget(text)
    case .ascii: text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(isHex)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
  }

  private static func isIdentifier(_ text: String) -> Bool {
    let others = Array("._:-".utf8)
    guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || others.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }

  /// A scheme, a host, and nothing that an address may not hold.
  private static func isAddress(_ text: String) -> Bool {
    let lower = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    guard let first = rest.first, isAlphanumeric(first) || first == 0x5B else { return false }
    return rest.allSatisfy { 0x21...0x7E ~= $0 }
  }

  /// One slash, then the characters of a path and a query (RFC 3986), and no step up or aside.
  private static func isTarget(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.first == 0x2F, bytes.dropFirst().first != 0x2F else { return false }
    let others = Array("-._~!$&'()*+,;=:@/?%".utf8)
    for (position, byte) in bytes.enumerated() {
      guard isAlphanumeric(byte) || others.contains(byte) else { return false }
      if byte == 0x25 {
        let digits = bytes.dropFirst(position + 1).prefix(2)
        guard digits.count == 2, digits.allSatisfy(isHex) else { return false }
      }
    }
    let path = text.prefix { $0 != "?" }.lowercased().replacing("%2e", with: ".")
    return !path.split(separator: "/").contains { $0 == "." || $0 == ".." }
  }
}
