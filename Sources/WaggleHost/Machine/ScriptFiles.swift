import CHost
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
    let bytes = try bytes(of: file, size: Int(status.st_size), name, on: strand)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw Fault(
      .file(FileFault(name, .notText(offset: Self.validLength(bytes)), isWriting: false)))
  }

  private func bytes(
    of file: Int32, size: Int, _ name: String, on strand: Strand
  ) throws(Fault) -> [UInt8] {
    var bytes = try start(of: file, size: size, on: strand)
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    var next = 1 << 20
    while true {
      if let reason = strand.cancellation { throw Fault(.cancelled(reason)) }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        while bytes.count + count >= next {
          guard memory.hasRoom(for: next * 3) else { throw Fault(.memory) }
          next *= 2
        }
        bytes += chunk[..<count]
      } else if errno == EAGAIN {
        var wanted = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
        strand.attend(to: &wanted)
      } else if errno != EINTR {
        throw fault(name, errno, isWriting: false)
      }
    }
  }

  /// Reads as many bytes as the file is said to have, where they are there at once.
  ///
  /// They go into their place, since a large file that grows is copied twice. What is missing is
  /// read after this.
  private func start(
    of file: Int32, size: Int, on strand: Strand
  ) throws(Fault) -> [UInt8] {
    guard size > 0 else { return [] }
    guard size < Int.max / 4, memory.hasRoom(for: size * 2) else { throw Fault(.memory) }
    var cancellation: Cancellation?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size, cancellation == nil {
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[filled...].prefix(4 << 20))
        let count = Glibc.read(file, rest.baseAddress, rest.count)
        guard count > 0 else { return }
        filled += count
        cancellation = strand.cancellation
      }
    }
    if let cancellation { throw Fault(.cancelled(cancellation)) }
    return bytes
  }

  /// How many bytes from the start are UTF-8.
  private static func validLength(_ bytes: [UInt8]) -> Int {
    var length = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      length += UTF8.width(scalar)
    }
    return length
  }

  /// Makes a text the whole of a file, which never is half written.
  ///
  /// It is written beside the file and takes its place, with its permissions; a link stays one. What
  /// is no plain file, such as /dev/stderr, is written to.
  func write(_ text: String, to name: String) throws(Fault) {
    let path = try resolved(place(of: name, isWriting: true))
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw fault(name, EISDIR, isWriting: true) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw fault(name, errno, isWriting: true) }
      defer { close(file) }
      let failure = DescriptorSink(descriptor: file).write(Array(text.utf8))
      guard failure == 0 else { throw fault(name, failure, isWriting: true) }
      return
    }
    if exists, access(path, W_OK) != 0 { throw fault(name, errno, isWriting: true) }
    try replace(path, name, with: text, mode: exists ? status.st_mode & 0o7777 : nil)
  }

  private func replace(
    _ path: String, _ name: String, with text: String, mode: mode_t?
  ) throws(Fault) {
    var template = Array((path + ".waggle-XXXXXX").utf8CString)
    let file = host_temporary(&template)
    guard file >= 0 else { throw fault(name, errno, isWriting: true) }
    let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    var failure = DescriptorSink(descriptor: file).write(Array(text.utf8))
    if failure == 0, fchmod(file, mode ?? (0o666 & ~Self.mask)) != 0 { failure = errno }
    if failure == 0, fsync(file) != 0, errno != EINVAL { failure = errno }
    close(file)
    if failure == 0, rename(temporary ?? "", path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary ?? "")
      throw fault(name, failure, isWriting: true)
    }
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

  private func place(of name: String, isWriting: Bool) throws(Fault) -> String {
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

  private func fault(_ name: String, _ failure: Int32, isWriting: Bool) -> Fault {
    let problem: FileFault.Problem =
      switch failure {
      case ENOENT: isWriting ? .noFolder : .missing
      case ENOTDIR: isWriting ? .noFolder : .missing
      case EISDIR: .folder
      case EACCES, EPERM, EROFS: .forbidden
      default: .system(failure)
      }
    return Fault(.file(FileFault(name, problem, isWriting: isWriting)))
  }
}
