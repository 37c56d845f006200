import Glibc
import WaggleCheck
import WaggleText

/// Reads the files that scripts bring in with `use`.
///
/// A path is relative to the file that it stands in; in a text that is no file (`-c`, standard
/// input, the prompt) to the folder of the program. Messages call a file as it is reached from
/// there: `ops/lib/fleet.waggle`.
final class FileLoader: SourceLoader {
  private let folder: Folder
  private let shelf: SourceShelf
  /// The paths of the sources that are files.
  private var paths: [SourceID: String] = [:]

  /// Reads into a shelf of sources.
  init(_ folder: Folder, _ shelf: SourceShelf) {
    self.folder = folder
    self.shelf = shelf
  }

  /// Says that a source is the file of a path.
  func note(_ path: String, of source: SourceID) { paths[source] = path }

  func identity(of source: SourceID) -> String? { paths[source].flatMap(identity) }

  func load(_ path: String, from source: SourceID) throws(LoadFailure) -> LoadedSource {
    let name = Self.name(of: path, beside: paths[source])
    do throws(UsageError) {
      let source = try ScriptFile(directory: "").read(folder.path(name), called: name)
      let id = shelf.add(source)
      paths[id] = name
      return LoadedSource(source: source, id: id, identity: identity(of: name) ?? name)
    } catch {
      throw LoadFailure(error.message)
    }
  }

  /// What a file is called, whose path stands in another one.
  static func name(of path: String, beside user: String?) -> String {
    guard let user, !path.hasPrefix("/"), !path.hasPrefix("~/") else { return path }
    guard let end = user.lastIndex(of: "/") else { return path }
    return user[...end] + path
  }

  /// The one path of a file, without links and steps.
  private func identity(of path: String) -> String? {
    guard let real = realpath(folder.path(path), nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
