/// The proxy through which an API is reached, as the environment names it.
///
/// `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY` in this order, as curl reads them;
/// `no_proxy` and `NO_PROXY` except hosts. An encrypted connection goes through the proxy as a
/// tunnel, so that the proxy never sees the key. This machine is never reached by a proxy, and other
/// hosts never by plain `http://`: `HTTP_PROXY` therefore has nothing to say.
struct ProxyRoute: Equatable, Sendable {
  let host: String
  let port: Int
  /// `user:password`, percent-decoded; nil where the proxy asks for none.
  let credentials: String?
  let isSOCKS: Bool

  /// Finds the proxy for an endpoint; nil where it is reached directly.
  static func choose(
    for endpoint: Endpoint, environment: (String) -> String?
  ) throws(SetupFault) -> ProxyRoute? {
    guard endpoint.isSecure, !endpoint.isLoopback else { return nil }
    let excepted = environment("no_proxy") ?? environment("NO_PROXY") ?? ""
    guard !excepts(excepted, host: endpoint.host, port: endpoint.port) else { return nil }
    for setting in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
      guard let text = environment(setting), !text.isEmpty else { continue }
      return try ProxyRoute(text, from: setting)
    }
    return nil
  }

  /// Reads the address of a proxy: `http://user:password@host:3128`, `socks5://host`, `host:port`.
  init(_ text: String, from setting: String) throws(SetupFault) {
    let (scheme, rest) = text.cut(at: "://") ?? ("http", text)
    switch scheme.lowercased() {
    case "http": isSOCKS = false
    case "socks5", "socks5h", "socks": isSOCKS = true
    default: throw .otherScheme(setting, scheme, valid: "http:// or socks5://")
    }
    var authority = rest.hasSuffix("/") ? String(rest.dropLast()) : rest
    var user: String?
    if let mark = authority.lastIndex(of: "@") {
      user = String(authority[..<mark]).percentDecoded
      authority = String(authority[authority.index(after: mark)...])
      guard user != nil else { throw .badProxy(setting) }
    }
    let parts: (host: String, port: Int?)
    do { parts = try Authority.split(authority, from: setting) } catch { throw .badProxy(setting) }
    host = parts.host
    port = parts.port ?? (isSOCKS ? 1_080 : 80)
    credentials = user
  }

  /// Whether a list of exceptions names a host: `*`, `example.com`, `.example.com`, `10.0.0.1:8443`.
  private static func excepts(_ list: String, host: String, port: Int) -> Bool {
    list.split { $0 == "," || $0 == " " }.contains { entry in
      var name = entry.lowercased()
      if name == "*" { return true }
      if let colon = name.lastIndex(of: ":"), name.firstIndex(of: ":") == colon {
        guard Int(name[name.index(after: colon)...]) == port else { return false }
        name = String(name[..<colon])
      }
      if name.hasPrefix("*.") { name.removeFirst() }
      let domain = name.hasPrefix(".") ? name : "." + name
      return "." + host == domain || host.hasSuffix(domain)
    }
  }
}

extension String {
  /// The text with its `%40` read; nil where an escape is not one, or the bytes are no text.
  fileprivate var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(Substring(rest.prefix(2)))
      guard digits.utf8.count == 2, digits.utf8.allSatisfy(\.isLetterOrDigit),
        let value = UInt8(digits, radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
