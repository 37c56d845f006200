import Glibc

extension Keyboard {
  /// The keyboard of this process's terminal, which edits the line itself.
  static let terminal = Keyboard { isStopped in
    var line: [UInt8] = []
    while true {
      if isStopped() { return .stopped }
      var wanted = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, 50) > 0 else { continue }
      var byte: UInt8 = 0
      let count = read(0, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return line.isEmpty ? .end : .line(Self.text(line)) }
      if byte == 0x0A { return .line(Self.text(line)) }
      line.append(byte)
    }
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }
}
