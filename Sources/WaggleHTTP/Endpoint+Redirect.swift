import WaggleCatalogue

/// Where an answer may send a reader on to.
extension Endpoint {
  /// The request that follows a redirect of a read; nil where it is not to be followed.
  ///
  /// It stays at the origin, for there the key belongs, and below what stands before `/api/v1`.
  func following(_ answer: WireResponse, of request: WireRequest) -> WireRequest? {
    guard request.method == "GET", [301, 302, 303, 307, 308].contains(answer.status),
      let location = answer.header("location"), let target = ownPath(of: location)
    else { return nil }
    var next = request
    (next.path, next.query) = target.cut(at: "?") ?? (target, "")
    return next
  }

  /// What a location has behind this endpoint's prefix; nil for another origin or another prefix.
  private func ownPath(of location: String) -> String? {
    var path = location.cut(at: "#")?.0 ?? location
    if path.hasPrefix("//") { path = (isSecure ? "https:" : "http:") + path }
    if let (scheme, rest) = path.cut(at: "://"), scheme.utf8.allSatisfy(\.isLetterOrDigit) {
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      let there = try? Endpoint(scheme + "://" + rest[..<slash], from: "location")
      guard there?.origin == origin else { return nil }
      path = String(rest[slash...])
    }
    guard path.hasPrefix(prefix + "/"), path.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      return nil
    }
    return String(path.dropFirst(prefix.count))
  }
}
