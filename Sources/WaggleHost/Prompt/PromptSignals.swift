import Glibc
import Synchronization
import WaggleEditor
import WaggleTime

/// What the signals of a terminal mean at the prompt: to the line that is edited, to what runs, or,
/// while a pager has the terminal, nothing.
///
/// Ctrl-C gives up a line; of what runs the first stops waits and reads, the second calls that
/// change something, too, and the third ends the process. Ctrl-Z stops the process at once. Ctrl-\
/// ends nothing: it says why a wait goes on. A terminal that is gone, and SIGTERM, end the prompt when
/// the line is done.
final class PromptSignals: Sendable {
  /// Who has the terminal.
  private enum Owner {
    case editor
    case run(Token, interrupts: Int, seconds: Int)
    case child
  }

  /// The signals that are watched.
  static let watched = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH]

  private struct State {
    var owner = Owner.editor
    var end: Int32?
  }

  private let wake: WakePipe
  private let halt: @Sendable () -> Void
  private let tell: @Sendable (Int) -> Void
  private let explain: @Sendable () -> Void
  private let acknowledge: @Sendable () -> Void
  private let state = Mutex(State())

  /// Makes the meaning of signals.
  ///
  /// - Parameters:
  ///   - wake: What wakes the editor.
  ///   - halt: Stops the process until it is to go on, the screen being left tidy.
  ///   - tell: Told each second for how many of them a line has been running.
  ///   - explain: Tells the person why what runs has not ended.
  ///   - acknowledge: Shows that Ctrl-C was heard, before what runs has ended.
  init(
    wake: WakePipe, halt: @escaping @Sendable () -> Void,
    tell: @escaping @Sendable (Int) -> Void,
    explain: @escaping @Sendable () -> Void = {},
    acknowledge: @escaping @Sendable () -> Void = {}
  ) {
    self.wake = wake
    self.halt = halt
    self.tell = tell
    self.explain = explain
    self.acknowledge = acknowledge
  }

  /// The signal that ends the prompt; nil while it goes on.
  var end: Int32? { state.withLock { $0.end } }

  /// Runs a body that a token stops.
  func during<R>(_ token: Token, _ body: () -> R) -> R {
    let outer = replaceOwner(by: .run(token, interrupts: 0, seconds: 0))
    defer { _ = replaceOwner(by: outer) }
    return body()
  }

  /// Runs a body while another program has the terminal.
  func duringChild<R>(_ body: () -> R) -> R {
    let outer = replaceOwner(by: .child)
    defer { _ = replaceOwner(by: outer) }
    return body()
  }

  /// Counts a second of what runs.
  @Sendable func tick() {
    // Told under the lock: what has ended must not be told of when the next line is edited.
    state.withLock { state in
      guard case .run(let token, let interrupts, let seconds) = state.owner else { return }
      state.owner = .run(token, interrupts: interrupts, seconds: seconds + 1)
      tell(seconds + 1)
    }
  }

  /// Acts on a signal.
  @Sendable func received(_ number: Int32) {
    switch number {
    case SIGINT: interrupt()
    case SIGTSTP:
      switch state.withLock({ $0.owner }) {
      case .editor: wake.post(.suspended)
      case .run: halt()
      case .child: kill(getpid(), SIGSTOP)
      }
    case SIGQUIT:
      if case .run = state.withLock({ $0.owner }) { explain() }
    case SIGWINCH:
      if case .editor = state.withLock({ $0.owner }) { wake.post(.resized) }
    default: stop(number)
    }
  }

  private func replaceOwner(by owner: Owner) -> Owner {
    state.withLock { state in
      defer { state.owner = owner }
      return state.owner
    }
  }

  private func interrupt() {
    // Shown under the lock, as a tick is: what runs cannot end and leave it on the next line.
    let owner = state.withLock { state in
      if case .run(let token, let interrupts, let seconds) = state.owner {
        if interrupts == 0 { acknowledge() }
        state.owner = .run(token, interrupts: interrupts + 1, seconds: seconds)
      }
      return state.owner
    }
    switch owner {
    case .editor: wake.post(.interrupted)
    case .run(let token, 1, _): token.cancel(.interrupted)
    case .run(let token, 2, _): token.force(.interrupted)
    case .run: Signals.end(128 + SIGINT)
    case .child: break
    }
  }

  private func stop(_ number: Int32) {
    let (owner, isSecond) = state.withLock { state in
      let isSecond = state.end != nil
      state.end = state.end ?? number
      return (state.owner, isSecond)
    }
    switch owner {
    case .run(let token, _, _): isSecond ? token.force(.terminated) : token.cancel(.terminated)
    case .editor, .child: break
    }
    wake.post(.ended)
  }
}
