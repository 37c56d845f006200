import Glibc
import Synchronization

/// Whether this process's terminal shows what is typed.
///
/// It is not to while the live block stands: what is typed would stand beside the block, and a line
/// end would move it. There is one terminal, so this is the process's own.
enum TerminalEcho {
  private static let isOff = Mutex(false)

  /// Turns it off, or on again where this turned it off.
  ///
  /// A terminal that is not ours at the moment is left alone: that of a job in the background, or one
  /// whose keys another program takes as they come, such as a pager.
  @Sendable static func set(_ isShown: Bool) {
    isOff.withLock { isOff in
      guard isOff == isShown, tcgetpgrp(2) == getpgrp() else { return }
      var state = termios()
      guard tcgetattr(2, &state) == 0, state.c_lflag & tcflag_t(ICANON) != 0 else { return }
      guard isShown || state.c_lflag & tcflag_t(ECHO) != 0 else { return }
      state.c_lflag ^= tcflag_t(ECHO)
      if tcsetattr(2, TCSANOW, &state) == 0 { isOff = !isShown }
    }
  }
}
