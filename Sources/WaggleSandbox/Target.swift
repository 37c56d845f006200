import WaggleCatalogue
import WaggleValues

/// What a request is aimed at: an operation of the catalogue, the ids in its path, its query.
struct Target {
  let operation: Operation
  let ids: [String]
  let query: [String: Value]
}

/// The routes of the world, made from the catalogue's paths.
///
/// A known path with another method is an unknown route too: the contract declares no 405.
struct Routes: Sendable {
  private struct Route {
    let operation: Operation
    let segments: [Substring]
  }

  private let routes: [Route]

  init(_ catalogue: Catalogue) {
    routes = catalogue.groups.flatMap { catalogue.operations(of: $0) }.map {
      Route(operation: $0, segments: Self.segments($0.path))
    }
  }

  private static func segments(_ path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  /// The operation that a method and path lead to, with the raw ids in the path.
  func find(_ method: String, _ path: String) throws(Refusal) -> (Operation, [Substring]) {
    let segments = Self.segments(path)
    for route in routes where route.operation.method == method {
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

/// Reading what a client percent-encoded.
enum PercentDecoding {
  /// The text of a segment or a part of a query; nil for a broken escape or bytes that are no UTF-8.
  static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == 0x25 {
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        bytes.append(high << 4 | low)
      } else {
        bytes.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
