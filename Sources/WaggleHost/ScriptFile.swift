import Glibc
import WaggleText

/// Reads a script from where it stands, or says in a sentence why not.
struct ScriptFile {
  /// The folder that relative paths begin in; empty for the process's own.
  let directory: String

  /// The source of a file, called as it was typed where no other name is given.
  func read(_ path: String, called name: String? = nil) throws(UsageError) -> Source {
    try Self.source(bytes(path, called: name), name: name ?? path)
  }

  /// What a file holds; of one that is too large for a script, no more than shows that.
  func bytes(_ path: String, called name: String? = nil) throws(UsageError) -> [UInt8] {
    let file = open(self.path(path), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(name ?? path, errno) }
    defer { close(file) }
    let (bytes, failure) = Streams.readAll(descriptor: file, most: Source.limit)
    guard let bytes else { throw .unreadable(name ?? path, failure) }
    return bytes
  }

  /// Where a file stands that is called by a path as it was typed.
  func path(_ typed: String) -> String {
    typed.hasPrefix("/") || directory.isEmpty ? typed : directory + "/" + typed
  }

  /// The source of bytes, called by a name.
  static func source(_ bytes: [UInt8], name: String) throws(UsageError) -> Source {
    do throws(SourceFault) {
      return try Source(name: name, bytes: bytes)
    } catch {
      throw .noText(name, error)
    }
  }
}

/// The wording of scripts that cannot be read.
extension UsageError {
  static func unreadable(_ path: String, _ failure: Int32) -> UsageError {
    switch failure {
    case ENOENT where ["repl", "rehearse", "resume"].contains(path):
      UsageError("this version has no command `\(path)`, and there is no file of that name")
    case ENOENT: UsageError("there is no file `\(path)`")
    case EISDIR: UsageError("`\(path)` is a folder, not a script")
    case EACCES: UsageError("`\(path)` may not be read", help: "see its permissions: ls -l \(path)")
    case ENOTDIR: UsageError("there is no file `\(path)`: a part of the path is no folder")
    default: UsageError("`\(path)` cannot be read: \(String(cString: strerror(failure)))")
    }
  }

  static func noText(_ name: String, _ fault: SourceFault) -> UsageError {
    switch fault {
    case .invalidUTF8(let line, let offset):
      UsageError(
        "`\(name)` is not UTF-8: byte \(offset + 1), on line \(line)", help: "save it as UTF-8 text"
      )
    case .nul(let line, let offset):
      UsageError("`\(name)` is no text: byte \(offset + 1), on line \(line), is zero")
    case .tooLarge:
      UsageError("`\(name)` is too large for a script: more than \(Source.limit) bytes")
    }
  }
}
