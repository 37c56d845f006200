import Glibc

/// A file that is its owner's alone: a key, or what says where keys come from.
///
/// One that others can read or change is refused, and so is one whose folder lets them put another in
/// its place: who can change where a key goes can have the key.
struct PrivateFile {
  /// Its whole path.
  let path: String
  /// The path as messages name it.
  let shown: String

  /// The most bytes that are read.
  private static let most = 64 << 10

  /// What it holds; nil where there is none.
  func read() throws(UsageError) -> [UInt8]? {
    // Without waiting for whoever would write into a pipe of this name.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .unreadable(shown, errno)
    }
    defer { close(file) }
    try judge(file)
    let (bytes, failure) = Streams.readAll(descriptor: file, most: Self.most)
    guard let bytes else { throw .unreadable(shown, failure) }
    guard bytes.count <= Self.most else { throw .tooLarge(shown, Self.most) }
    return bytes
  }

  /// Makes a text the whole of it, in a folder for the owner alone.
  func write(_ text: String) throws(UsageError) {
    let target = resolved
    Folder.make(Self.folder(of: target))
    let failure = FileReplacement(path: target, mode: 0o600).write(text)
    guard failure == 0 else { throw .unwritable(shown, failure) }
  }

  /// Removes it; gives whether there was one.
  func remove() throws(UsageError) -> Bool {
    if unlink(path) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else { throw .unwritable(shown, errno) }
    return false
  }

  /// Whether there is something of this name.
  var exists: Bool { access(path, F_OK) == 0 }

  private func judge(_ file: Int32) throws(UsageError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(shown, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .noPlainFile(shown) }
    guard Self.isOurs(status) else { throw .foreign(shown) }
    guard status.st_mode & 0o077 == 0 else { throw .open(shown) }
    let folder = Self.folder(of: resolved)
    guard stat(folder, &status) == 0 else { return }
    guard Self.isOurs(status) else { throw .foreign(Self.folder(of: shown)) }
    guard status.st_mode & 0o022 == 0 else { throw .openFolder(Self.folder(of: shown)) }
  }

  private static func isOurs(_ status: stat) -> Bool {
    status.st_uid == geteuid() || status.st_uid == 0
  }

  /// The file that a link leads to; the path itself where there is no such file.
  private var resolved: String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
