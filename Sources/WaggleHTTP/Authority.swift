import Glibc

/// The host and port of an address, as they stand between the scheme and the path.
enum Authority {
  /// Reads `host`, `host:port`, `[v6]` or `[v6]:port`; the host comes back in lower case.
  static func split(
    _ text: String, from setting: String
  ) throws(SetupFault) -> (host: String, port: Int?) {
    var host = text
    var rest = ""
    if text.utf8.first == UInt8(ascii: "[") {
      guard let (inner, after) = text.dropFirst().cut(at: "]") else {
        throw .badHost(setting, text)
      }
      (host, rest) = (inner, after)
      guard ipv6(host) != nil else { throw .badHost(setting, host) }
    } else {
      if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
        (host, rest) = (String(text[..<colon]), String(text[colon...]))
      }
      guard isName(host) else { throw .badHost(setting, host) }
    }
    return (host.lowercased(), try port(rest, from: setting))
  }

  /// The four bytes of an address as `127.0.0.1`; nil for anything else.
  static func ipv4(_ text: String) -> [UInt8]? {
    var address = in_addr()
    guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }

  /// The sixteen bytes of an address as `::1`; nil for anything else.
  static func ipv6(_ text: String) -> [UInt8]? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }

  private static func port(_ text: String, from setting: String) throws(SetupFault) -> Int? {
    guard !text.isEmpty else { return nil }
    let digits = text.dropFirst()
    guard text.utf8.first == UInt8(ascii: ":"), digits.utf8.allSatisfy(\.isDigit),
      let port = Int(digits), 1...65_535 ~= port
    else { throw .badPort(setting, String(digits)) }
    return port
  }

  /// Whether a text is a name as DNS has them, or an IPv4 address.
  private static func isName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        1...63 ~= label.utf8.count && label.utf8.first != UInt8(ascii: "-")
          && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x5F }
      }
  }
}

extension StringProtocol {
  /// What stands before and after the first place of a mark; nil where it does not occur.
  func cut(at mark: String) -> (String, String)? {
    let bytes = Array(utf8)
    let sought = Array(mark.utf8)
    guard bytes.count >= sought.count else { return nil }
    for start in 0...(bytes.count - sought.count)
    where bytes[start..<(start + sought.count)].elementsEqual(sought) {
      return (
        String(decoding: bytes[..<start], as: UTF8.self),
        String(decoding: bytes[(start + sought.count)...], as: UTF8.self)
      )
    }
    return nil
  }
}

extension UInt8 {
  var isDigit: Bool { 0x30...0x39 ~= self }

  var isLetterOrDigit: Bool { isDigit || 0x41...0x5A ~= self || 0x61...0x7A ~= self }

  /// Whether a byte may stand in a path as it is (RFC 3986), or begins an escape.
  var isPathByte: Bool {
    isLetterOrDigit || "-._~!$&'()*+,;=:@%".utf8.contains(self)
  }
}
