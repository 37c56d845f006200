import Glibc
import Synchronization
import WaggleTime

/// Ctrl-C, SIGTERM and SIGHUP, as cancels of a run's tokens.
///
/// The signals are blocked in every thread and one thread waits for them, so that no code of ours
/// runs inside a signal handler. The first stops waits and reads; a change under way gets its answer
/// and `defer` blocks run. The second stops those too; the third ends the process on the spot.
enum Signals {
  /// From now on signals cancel a token; the thread that waits for them does something each second,
  /// and shows that the first one was heard, since an answer that is awaited may take long.
  ///
  /// Where there is something to explain, Ctrl-\ asks for it and ends nothing; where the screen is to
  /// be left tidy, Ctrl-Z is told of, too.
  static func cancel(
    _ token: Token, eachSecond: (@Sendable () -> Void)?,
    acknowledge: (@Sendable () -> Void)? = nil, explain: (@Sendable () -> Void)? = nil,
    halt: (@Sendable () -> Void)? = nil
  ) {
    let count = Mutex(0)
    let ends = [SIGINT, SIGTERM, SIGHUP]
    let others = (explain == nil ? [] : [SIGQUIT]) + (halt == nil ? [] : [SIGTSTP])
    watch(ends + others, eachSecond: eachSecond) { number in
      if number == SIGQUIT { return explain?() ?? () }
      if number == SIGTSTP { return halt?() ?? () }
      let reason: Cancellation = number == SIGINT ? .interrupted : .terminated
      let place = count.withLock { count in
        count += 1
        return count
      }
      switch place {
      case 1:
        acknowledge?()
        token.cancel(reason)
      case 2: token.force(reason)
      default: end(128 + number)
      }
    }
  }

  /// Ends the process on the spot, leaving its terminal as it was found.
  static func end(_ status: Int32) -> Never {
    TerminalEcho.set(true)
    _exit(status)
  }

  /// Stops the process as Ctrl-Z does where nobody watches it: not where nobody could continue it.
  static func suspend() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(SIGTSTP)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// From now on a thread of its own is told of these signals, which do nothing else; it may do
  /// something each second besides.
  static func watch(
    _ numbers: [Int32], eachSecond: (@Sendable () -> Void)?,
    _ tell: @escaping @Sendable (Int32) -> Void
  ) {
    signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers where !isIgnored(number) { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watch = Unmanaged.passRetained(Watch(signals, eachSecond, tell))
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

  /// Writes without the signal that a pipe whose reader has gone would send to this thread.
  static func withoutBrokenPipe(_ write: () -> Int) -> Int {
    var broken = sigset_t()
    var before = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, &before)
    let count = write()
    let failure = errno
    if count < 0, failure == EPIPE {
      var now = timespec()
      _ = sigtimedwait(&broken, nil, &now)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = failure
    return count
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
    let signals: sigset_t
    let eachSecond: (@Sendable () -> Void)?
    let tell: @Sendable (Int32) -> Void

    init(
      _ signals: sigset_t, _ eachSecond: (@Sendable () -> Void)?,
      _ tell: @escaping @Sendable (Int32) -> Void
    ) {
      self.signals = signals
      self.eachSecond = eachSecond
      self.tell = tell
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
      while true {
        if let number = watch.next() { watch.tell(number) } else { watch.eachSecond?() }
      }
    }
}
