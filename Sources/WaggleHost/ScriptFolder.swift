import Glibc
import WaggleSyntax

/// Finds the scripts that a path stands for: itself, or those in a folder and the folders in it.
struct ScriptFolder {
  /// What knows where paths begin.
  let files: ScriptFile

  /// The paths of the scripts, called as the path was typed, in the order of their names.
  ///
  /// Hidden folders and links to folders are not looked into.
  func scripts(at path: String) throws(UsageError) -> [String] {
    var status = stat()
    guard stat(files.path(path), &status) == 0 else { throw .unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    var found: [String] = []
    try walk(path, into: &found)
    guard !found.isEmpty else { throw .noScripts(in: path) }
    return found
  }

  private func walk(_ folder: String, into found: inout [String]) throws(UsageError) {
    for name in try names(in: folder) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var status = stat()
      guard lstat(files.path(path), &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try walk(path, into: &found)
      case S_IFREG, S_IFLNK: if isScript(path) { found.append(path) }
      default: continue
      }
    }
  }

  /// Whether a file is a script by its name, or Markdown that holds one.
  private func isScript(_ path: String) -> Bool {
    if path.hasSuffix(".waggle") { return true }
    guard path.hasSuffix(".md"), let source = try? files.read(path) else { return false }
    return Runbook.isOne(source)
  }

  private func names(in folder: String) throws(UsageError) -> [String] {
    guard let handle = opendir(files.path(folder)) else { throw .unreadable(folder, errno) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { field in
          field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }
}

extension UsageError {
  static func noScripts(in folder: String) -> UsageError {
    UsageError(
      "there is no script in `\(folder)`",
      help:
        "the name of a script ends in `.waggle`; Markdown is one where it has a fence of `waggle`")
  }
}
