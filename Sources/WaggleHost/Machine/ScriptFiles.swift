import Glibc
import WaggleEval
import WaggleTime

/// Reads and writes the files that a script names.
struct ScriptFiles: Sendable {
  /// Where relative paths begin; empty for the process's own folder.
  let directory: String
  /// The home folder; nil where the environment has none.
  let home: String?
  let memory: MemoryGauge

  /// The text of a file; throws where there is none, and where it is no text.
  ///
  /// What is no plain file (a pipe, a terminal) is read to its end, unless the strand is stopped.
  func read(_ name: String, on strand: Strand) throws(Fault) -> String {
    let path = try place(of: name, isWriting: false)
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw fault(name, errno, isWriting: false) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw fault(name, errno, isWriting: false) }
    if status.st_mode & S_IFMT == S_IFDIR { throw fault(name, EISDIR, isWriting: false) }
    return try text(of: file, size: max(0, Int(status.st_size)), name, on: strand)
  }

  private func text(
    of file: Int32, size: Int, _ name: String, on strand: Strand
  ) throws(Fault) -> String {
    guard memory.hasRoom(for: size) else { throw Fault(.memory) }
    var arriving = ArrivingText()
    let offset = arriving.begin(size) { room in Self.fill(room, from: file, on: strand) }
    if let offset { throw notText(name, offset) }
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    var next = max(size, 1 << 20)
    while true {
      if let reason = strand.cancellation { throw Fault(.cancelled(reason)) }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { break }
      if count > 0 {
        while arriving.text.utf8.count + count > next {
          guard memory.hasRoom(for: next * 3) else { throw Fault(.memory) }
          next *= 2
        }
        if let offset = arriving.take(chunk[..<count]) { throw notText(name, offset) }
      } else if errno == EAGAIN {
        var wanted = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
        strand.attend(to: &wanted)
      } else if errno != EINTR {
        throw fault(name, errno, isWriting: false)
      }
    }
    guard arriving.isWhole else { throw notText(name, arriving.text.utf8.count) }
    return arriving.text
  }

  /// Reads what fits, up to the end of the file or to whatever else the next reading will meet.
  private static func fill(
    _ room: UnsafeMutableBufferPointer<UInt8>, from file: Int32, on strand: Strand
  ) -> (count: Int, isASCII: Bool) {
    var (filled, bits) = (0, UInt8(0))
    while filled < room.count, strand.cancellation == nil {
      let part = UnsafeMutableBufferPointer(rebasing: room[filled...].prefix(256 << 10))
      let count = Glibc.read(file, part.baseAddress, part.count)
      guard count > 0 else { break }
      for byte in part[..<count] { bits |= byte }
      filled += count
    }
    return (filled, bits < 0x80)
  }

  private func notText(_ name: String, _ offset: Int) -> Fault {
    Fault(.file(FileFault(name, .notText(offset: offset), isWriting: false)))
  }

  /// Makes a text the whole of a file, which never is half written.
  ///
  /// It is written beside the file and takes its place, with its permissions; a link stays one. What
  /// is no plain file, such as /dev/stderr, is written to.
  func write(_ text: String, to name: String) throws(Fault) {
    try write(Array(text.utf8), to: name)
  }

  /// Makes bytes the whole of a file in the same way.
  func write(_ bytes: [UInt8], to name: String) throws(Fault) {
    let path = try resolved(place(of: name, isWriting: true))
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw fault(name, EISDIR, isWriting: true) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw fault(name, errno, isWriting: true) }
      defer { close(file) }
      let failure = DescriptorSink(descriptor: file).write(bytes)
      guard failure == 0 else { throw fault(name, failure, isWriting: true) }
      return
    }
    if exists, access(path, W_OK) != 0 { throw fault(name, errno, isWriting: true) }
    let mode = exists ? status.st_mode & 0o7777 : 0o666 & ~Self.mask
    let failure = FileReplacement(path: path, mode: mode).write(bytes)
    guard failure == 0 else { throw fault(name, failure, isWriting: true) }
  }

  /// The process's mask for new files; read from the system's table, for asking by `umask` would
  /// change it for a moment, for every thread.
  private static let mask: mode_t = {
    let status = Streams.readAll(file: "/proc/self/status") ?? []
    let line = status.split(separator: 0x0A).first { $0.starts(with: Array("Umask:".utf8)) }
    let digits = line.map { String(decoding: $0.dropFirst(6), as: UTF8.self) } ?? ""
    return mode_t(digits.filter(\.isNumber), radix: 8) ?? 0o022
  }()

  /// The file that a link leads to; the path itself where there is no such file.
  private func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  func place(of name: String, isWriting: Bool) throws(Fault) -> String {
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw Fault(.file(FileFault(name, .noPath, isWriting: isWriting)))
    }
    var path = name
    if name.hasPrefix("~/") {
      guard let home, !home.isEmpty else {
        throw Fault(.file(FileFault(name, .noHome, isWriting: isWriting)))
      }
      path = home + name.dropFirst(1)
    }
    return path.hasPrefix("/") || directory.isEmpty ? path : directory + "/" + path
  }

  func fault(_ name: String, _ failure: Int32, isWriting: Bool) -> Fault {
    let problem: FileFault.Problem =
      switch failure {
      case ENOENT: isWriting ? .noFolder : .missing
      case ENOTDIR: isWriting ? .noFolder : .missing
      case EISDIR: .folder
      case EEXIST: .exists
      case EACCES, EPERM, EROFS: .forbidden
      default: .system(failure)
      }
    return Fault(.file(FileFault(name, problem, isWriting: isWriting)))
  }
}
