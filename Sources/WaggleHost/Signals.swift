import Glibc
import WaggleTime

/// Ctrl-C, SIGTERM and SIGHUP, as cancels of a run's tokens.
///
/// The signals are blocked in every thread and one thread waits for them, so that no code of ours
/// runs inside a signal handler. The first stops waits and reads; a change under way gets its answer
/// and `defer` blocks run. The second stops those too; the third ends the process on the spot.
enum Signals {
  /// From now on signals cancel a token; the thread that waits for them does something each second.
  static func cancel(_ token: Token, eachSecond: (@Sendable () -> Void)?) {
    signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watch = Unmanaged.passRetained(Watch(token, signals, eachSecond))
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 256 << 10)
    let failure = pthread_create(&thread, &attributes, Signals.enter, watch.toOpaque())
    pthread_attr_destroy(&attributes)
    if failure != 0 {
      watch.release()
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
  }

  /// Whether whoever started the process wants it to outlive a signal, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// What the waiting thread is given.
  private final class Watch: Sendable {
    let token: Token
    let signals: sigset_t
    let eachSecond: (@Sendable () -> Void)?

    init(_ token: Token, _ signals: sigset_t, _ eachSecond: (@Sendable () -> Void)?) {
      self.token = token
      self.signals = signals
      self.eachSecond = eachSecond
    }

    /// The next signal; nil where a second passed without one.
    func next() -> Int32? {
      var signals = signals
      var second = timespec(tv_sec: 1, tv_nsec: 0)
      guard eachSecond != nil else {
        var number: Int32 = 0
        return sigwait(&signals, &number) == 0 ? number : nil
      }
      let number = sigtimedwait(&signals, nil, &second)
      return number > 0 ? number : nil
    }
  }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { passed in
      guard let passed else { return nil }
      let watch = Unmanaged<Watch>.fromOpaque(passed).takeRetainedValue()
      var count = 0
      while true {
        guard let number = watch.next() else {
          watch.eachSecond?()
          continue
        }
        count += 1
        let reason: Cancellation = number == SIGINT ? .interrupted : .terminated
        switch count {
        case 1: watch.token.cancel(reason)
        case 2: watch.token.force(reason)
        default: _exit(128 + number)
        }
      }
    }
}
