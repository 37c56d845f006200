import WaggleCheck
import WaggleText

/// Files that exist only here, for `use`.
final class ShelfLoader: SourceLoader {
  private let files: [String: String]
  private var paths: [SourceID: String]
  private var map: SourceMap

  /// Files by their paths, for a main script that is a source of a map.
  init(_ files: [(path: String, text: String)], main: String, _ id: SourceID, in map: SourceMap) {
    self.files = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
    self.map = map
    paths = [id: main]
  }

  func identity(of source: SourceID) -> String? { paths[source] }

  func load(_ path: String, from source: SourceID) throws(LoadFailure) -> LoadedSource {
    let folder = (paths[source] ?? "").split(separator: "/").dropLast()
    var parts = Array(folder)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    let name = parts.joined(separator: "/")
    guard let text = files[name] else { throw LoadFailure("there is no file `\(name)`") }
    let source = Source(name: name, text: text)
    let id = map.add(source)
    paths[id] = name
    return LoadedSource(source: source, id: id, identity: name)
  }
}
