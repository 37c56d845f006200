import Glibc

/// The history that prompts share: a file with one entry a line, readable by its owner alone.
///
/// Several prompts may use it at once: each entry is added in one write under a lock, and whoever
/// finds the file too long makes a shorter one in its place. A newline in an entry is written `\n`
/// and a backslash `\\`, so that an entry is a line however many it has. What must not be kept (a
/// line that holds a secret) is for the caller to hold back.
package struct HistoryFile: Sendable {
  /// Why the history cannot be used; the prompt goes on without.
  package struct Trouble: Error, Equatable, Sendable {
    /// A sentence that says what to do.
    package let message: String

    /// Makes a reason of a sentence.
    package init(message: String) { self.message = message }
  }

  /// The most entries that are read and kept.
  package static let mostEntries = 10_000
  /// From how many bytes on the file is cut to its newest entries.
  package static let mostBytes = 4 << 20

  private let path: String

  /// Names the file; nothing is opened yet.
  package init(path: String) { self.path = path }

  /// Reads the newest entries, oldest first; none where there is no file yet.
  package func load() throws(Trouble) -> [String] {
    guard let file = try open(O_RDWR, orCreate: false) else { return [] }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    let start = max(0, length - off_t(Self.mostBytes))
    var lines = Self.read(file, from: start).split(separator: 0x0A, omittingEmptySubsequences: true)
    if start > 0 && !lines.isEmpty { lines.removeFirst() }
    lines = lines.suffix(Self.mostEntries)
    if start > 0 { shorten(to: lines) }
    return lines.map { Self.entry(of: $0) }
  }

  /// Adds an entry as the newest one.
  package func append(_ entry: String) throws(Trouble) {
    guard let file = try open(O_WRONLY | O_APPEND, orCreate: true) else { return }
    defer { close(file) }
    guard Self.write(Self.line(of: entry), to: file) else {
      throw Trouble(message: "the history \(path) cannot be written: \(Self.reason)")
    }
  }

  /// Opens and locks the file, again where another prompt has just put a shorter one in its place.
  private func open(_ flags: Int32, orCreate creates: Bool) throws(Trouble) -> Int32? {
    while true {
      let file = Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | (creates ? O_CREAT : 0), 0o600)
      guard file >= 0 else {
        if errno == ENOENT && !creates { return nil }
        if errno == EISDIR { throw Trouble(message: "the history \(path) is a folder") }
        throw Trouble(message: "the history \(path) cannot be opened: \(Self.reason)")
      }
      var opened = stat()
      var named = stat()
      while flock(file, LOCK_EX) != 0 && errno == EINTR {}
      guard fstat(file, &opened) == 0, stat(path, &named) == 0 else {
        close(file)
        throw Trouble(message: "the history \(path) cannot be opened: \(Self.reason)")
      }
      guard opened.st_mode & S_IFMT == S_IFREG else {
        close(file)
        throw Trouble(message: "the history \(path) is not a file")
      }
      if opened.st_ino == named.st_ino {
        if opened.st_mode & 0o077 != 0 { fchmod(file, 0o600) }
        return file
      }
      close(file)
    }
  }

  /// Puts a file with only these lines in the place of the long one; a failure leaves the long one.
  private func shorten(to lines: [ArraySlice<UInt8>]) {
    let shorter = path + ".new"
    let file = Glibc.open(shorter, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let isWritten = Self.write(Array(lines.joined(separator: [0x0A])) + [0x0A], to: file)
    close(file)
    if isWritten { rename(shorter, path) } else { unlink(shorter) }
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func read(_ file: Int32, from start: off_t) -> [UInt8] {
    lseek(file, start, SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func line(of entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case 0x0A: line += [0x5C, 0x6E]
      case 0x5C: line += [0x5C, 0x5C]
      default: line.append(byte)
      }
    }
    return line + [0x0A]
  }

  private static func entry(of line: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == 0x6E ? 0x0A : byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
