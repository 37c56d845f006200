import Glibc
import WaggleEval
import WaggleTime

/// Files of which nobody knows that they are text.
extension ScriptFiles {
  /// The bytes of a file, and a few more than `most` of one that has more.
  func bytes(of name: String, most: Int, on strand: Strand) throws(Fault) -> [UInt8] {
    let path = try place(of: name, isWriting: false)
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw fault(name, errno, isWriting: false) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw fault(name, errno, isWriting: false) }
    if status.st_mode & S_IFMT == S_IFDIR { throw fault(name, EISDIR, isWriting: false) }
    let size = max(0, Int(status.st_size))
    guard memory.hasRoom(for: min(size, most) * 2) else { throw Fault(.memory) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, most))
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while bytes.count <= most {
      if let reason = strand.cancellation { throw Fault(.cancelled(reason)) }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno == EAGAIN {
        var wanted = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
        strand.attend(to: &wanted)
      } else if errno != EINTR {
        throw fault(name, errno, isWriting: false)
      }
    }
    return bytes
  }

  /// Refuses a name that a file has: a name that somebody else chose overwrites nothing.
  func refuseExisting(_ name: String) throws(Fault) {
    let path = try place(of: name, isWriting: true)
    var status = stat()
    if lstat(path, &status) == 0 { throw fault(name, EEXIST, isWriting: true) }
  }
}
