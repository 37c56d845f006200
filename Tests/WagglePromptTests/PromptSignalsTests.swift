import Glibc
import Synchronization
import Testing
import WaggleEditor
import WaggleTime

@testable import WaggleHost

@Suite("what signals mean at the prompt")
struct PromptSignalsTests {
  private let wake: WakePipe
  private let signals: PromptSignals
  private let told = Told()

  /// What the host was told.
  private final class Told: Sendable {
    let halts = Mutex(0)
    let seconds = Mutex<[Int]>([])
    let words = Mutex("")
  }

  init() throws {
    let wake = try #require(WakePipe())
    let told = told
    self.wake = wake
    signals = PromptSignals(
      wake: wake, halt: { told.halts.withLock { $0 += 1 } },
      tell: { second in told.seconds.withLock { $0.append(second) } },
      explain: { told.words.withLock { $0 += "why" } })
  }

  private func cancellation(of token: Token) -> Cancellation? {
    token.cancellation(at: Instant(nanoseconds: 0))
  }

  @Test("while a line is edited they go to the editor")
  func editing() {
    for number in [SIGINT, SIGTSTP, SIGWINCH] { signals.received(number) }
    #expect(wake.take() == [.interrupted, .suspended, .resized])
    #expect(signals.end == nil)
    signals.received(SIGHUP)
    #expect(wake.take() == [.ended])
    #expect(signals.end == SIGHUP)
  }

  @Test("of what runs the first Ctrl-C stops what may stop, the second everything")
  func running() {
    let token = Token()
    let shield = token.shield()
    signals.during(token) {
      signals.received(SIGINT)
      #expect(cancellation(of: token) == .interrupted)
      #expect(cancellation(of: shield) == nil)
      signals.received(SIGINT)
      #expect(cancellation(of: shield) == .interrupted)
      signals.received(SIGTSTP)
      signals.received(SIGWINCH)
    }
    #expect(wake.take() == [])
    #expect(told.halts.withLock { $0 } == 1)
  }

  @Test("a terminal that goes away while a line runs stops the line and then the prompt")
  func hangUp() {
    let token = Token()
    signals.during(token) { signals.received(SIGHUP) }
    #expect(cancellation(of: token) == .terminated)
    #expect(wake.take() == [.ended])
    #expect(signals.end == SIGHUP)
  }

  @Test("Ctrl-\\ ends nothing and asks why what runs does")
  func quit() {
    let token = Token()
    signals.received(SIGQUIT)
    #expect(told.words.withLock { $0 } == "")
    signals.during(token) { signals.received(SIGQUIT) }
    #expect(told.words.withLock { $0 } == "why")
    #expect(cancellation(of: token) == nil && signals.end == nil && wake.take() == [])
  }

  @Test("a pager has Ctrl-C for itself")
  func pager() {
    let token = Token()
    signals.during(token) {
      signals.duringChild { signals.received(SIGINT) }
      #expect(cancellation(of: token) == nil)
    }
    #expect(wake.take() == [])
  }

  @Test("seconds are counted while a line runs")
  func seconds() {
    signals.tick()
    signals.during(Token()) {
      signals.tick()
      signals.tick()
    }
    signals.during(Token()) { signals.tick() }
    #expect(told.seconds.withLock { $0 } == [1, 2, 1])
  }
}
