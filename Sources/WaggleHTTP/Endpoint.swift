/// The address of an API: an origin, to which the key belongs, and what stands before `/api/v1`.
///
///     let endpoint = try Endpoint("http://127.0.0.1:8095", from: "--api-url")
///
/// Plain `http://` is accepted for this machine alone, since the key would be read on the way.
package struct Endpoint: Equatable, Sendable {
  /// Whether the connection is encrypted.
  package let isSecure: Bool
  /// The host in lower case; an IPv6 address without its brackets.
  package let host: String
  /// The port, 1 to 65535.
  package let port: Int
  /// The path before `/api/v1`, without a `/` at its end; mostly empty.
  package let prefix: String

  /// The API that is meant where nothing is set.
  package static let standard = Endpoint(host: "openapi.beeos.ai")

  private init(host: String) {
    isSecure = true
    self.host = host
    port = 443
    prefix = ""
  }

  /// Reads an address; the setting it came from is named in what is wrong with it.
  package init(_ text: String, from setting: String) throws(SetupFault) {
    guard let (scheme, rest) = text.cut(at: "://") else { throw .noScheme(setting, text) }
    switch scheme.lowercased() {
    case "https": isSecure = true
    case "http": isSecure = false
    default: throw .otherScheme(setting, scheme, valid: "https://")
    }
    let slash = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") } ?? rest.endIndex
    let authority = String(rest[..<slash])
    guard !authority.utf8.contains(UInt8(ascii: "@")) else { throw .credentials(setting) }
    let (host, port) = try Authority.split(authority, from: setting)
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
    prefix = try Endpoint.prefix(String(rest[slash...]), from: setting)
    guard isSecure || isLoopback else { throw .plainHTTP(setting, host) }
  }

  /// The scheme, the host and, where it is not the usual one, the port: `http://127.0.0.1:8095`.
  package var origin: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    let usual = isSecure ? 443 : 80
    return (isSecure ? "https://" : "http://") + name + (port == usual ? "" : ":\(port)")
  }

  /// Whether the host is this machine by its name or number.
  package var isLoopback: Bool {
    host == "localhost" || Authority.ipv4(host)?.first == 127
      || Authority.ipv6(host) == Array(repeating: 0, count: 15) + [1]
  }

  /// Whether the host is given by its number, so that nothing is to be looked up.
  var isNumeric: Bool { Authority.ipv4(host) != nil || Authority.ipv6(host) != nil }

  private static func prefix(_ path: String, from setting: String) throws(SetupFault) -> String {
    var path = path[...]
    while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isSound = segments.allSatisfy { segment in
      segment != "" && segment != "." && segment != ".." && segment.utf8.allSatisfy(\.isPathByte)
    }
    guard isSound else { throw .badPath(setting, String(path)) }
    guard !path.hasSuffix("/api/v1") else { throw .pathOfAPI(setting) }
    return String(path)
  }
}
