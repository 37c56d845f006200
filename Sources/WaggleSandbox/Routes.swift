import WaggleCatalogue

/// The routes of the world, made from the catalogue's paths.
///
/// A known path with another method is an unknown route too: the contract declares no 405.
struct Routes: Sendable {
  private struct Route {
    let operation: Operation
    let segments: [Substring]
  }

  /// By method and number of segments.
  private var routes: [String: [Int: [Route]]] = [:]

  init(_ catalogue: Catalogue) {
    for operation in catalogue.groups.flatMap({ catalogue.operations(of: $0) }) {
      let segments = Self.segments(operation.path)
      let route = Route(operation: operation, segments: segments)
      routes[operation.method, default: [:]][segments.count, default: []].append(route)
    }
  }

  private static func segments(_ path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  /// The operation that a method and path lead to, with the raw ids in the path.
  func find(_ method: String, _ path: String) throws(Refusal) -> (Operation, [Substring]) {
    let segments = Self.segments(path)
    for route in routes[method]?[segments.count] ?? [] {
      if let ids = Self.match(segments, route.segments) { return (route.operation, ids) }
    }
    throw .noRoute(method, path)
  }

  private static func match(_ segments: [Substring], _ wanted: [Substring]) -> [Substring]? {
    guard segments.count == wanted.count else { return nil }
    var ids: [Substring] = []
    for (segment, wanted) in zip(segments, wanted) {
      if wanted.first == "{" {
        guard !segment.isEmpty else { return nil }
        ids.append(segment)
      } else if segment != wanted {
        return nil
      }
    }
    return ids
  }
}
