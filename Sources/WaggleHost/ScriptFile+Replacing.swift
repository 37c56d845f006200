import Glibc

/// Writes a script back.
extension ScriptFile {
  /// Puts a text in the place of what a file holds, in one step and with the file's mode; where it is
  /// a link, the file that it leads to changes.
  func replace(_ typed: String, with text: String) throws(UsageError) {
    guard let resolved = realpath(path(typed), nil) else { throw .unwritable(typed, errno) }
    let path = String(cString: resolved)
    free(resolved)
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unwritable(typed, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile(typed) }
    guard status.st_mode & 0o222 != 0, access(path, W_OK) == 0 else {
      throw .unwritable(typed, EACCES)
    }
    let failure = FileReplacement(
      path: path, mode: status.st_mode & 0o7777, owner: (status.st_uid, status.st_gid)
    ).write(text)
    guard failure == 0 else { throw .unwritable(typed, failure) }
  }
}

extension UsageError {
  static func noFile(_ path: String) -> UsageError {
    UsageError("`\(path)` is no file that could be written back")
  }

  static func unwritable(_ path: String, _ failure: Int32) -> UsageError {
    guard failure != EACCES else {
      return UsageError(
        "`\(path)` may not be written", help: "see its permissions: ls -l \(path)")
    }
    return UsageError("`\(path)` cannot be written: \(String(cString: strerror(failure)))")
  }
}
