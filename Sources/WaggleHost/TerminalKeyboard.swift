import Glibc

extension Keyboard {
  /// The keyboard of this process's terminal, which edits the line itself.
  static let terminal = Keyboard(
    line: { read($0) },
    hiddenLine: { isStopped in
      guard let shown = hide() else { return .end }
      defer { restore(shown) }
      return read(isStopped)
    })

  private static func read(_ isStopped: () -> Bool) -> Answer {
    var line: [UInt8] = []
    while true {
      if isStopped() { return .stopped }
      var wanted = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, 50) > 0 else { continue }
      var byte: UInt8 = 0
      let count = Glibc.read(0, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return line.isEmpty ? .end : .line(text(line)) }
      if byte == 0x0A { return .line(text(line)) }
      line.append(byte)
    }
  }

  private static func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

  /// Turns off what shows what is typed, and the keys that would end or stop the process before that
  /// is turned on again; gives the state before, nil where there is no terminal.
  private static func hide() -> termios? {
    var state = termios()
    guard tcgetattr(0, &state) == 0 else { return nil }
    var hidden = state
    hidden.c_lflag &= ~tcflag_t(ECHO)
    hidden.c_cc.10 = 0  // VSUSP
    hidden.c_cc.1 = 0  // VQUIT
    guard tcsetattr(0, TCSAFLUSH, &hidden) == 0 else { return nil }
    return state
  }

  /// What was typed ahead is dropped: it may be the rest of a key.
  private static func restore(_ state: termios) {
    var state = state
    _ = tcsetattr(0, TCSAFLUSH, &state)
  }
}
