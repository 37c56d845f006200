import WaggleTime
import WaggleValues
import WaggleWait

/// What the bottom of a terminal tells while something runs: where the open waits stand, and without
/// any how long it takes already.
///
/// Strands tell of their waits from any thread, five hundred at the same moment when Ctrl-C ends
/// them: so telling is a few instructions under a lock of its own, and nothing is put into words
/// before it is drawn.
final class LiveBlock: @unchecked Sendable {
  /// Puts waits into words.
  struct Wording: Sendable {
    /// The lines of the block, of waits each some nanoseconds after it was told of.
    let lines: @Sendable ([(wait: WaitProgress, later: Int)]) -> [String]
    /// The line that they leave when all are over; nil for none.
    let summary: @Sendable ([WaitProgress]) -> String?
  }

  private struct Told {
    var wait: WaitProgress
    var at: Int
    let number: Int
  }

  private let lock = Lock()
  private var waits: [String: Told] = [:]
  private var over: [WaitProgress] = []
  private var count = 0
  private var wording: Wording?
  private var seconds: Int?
  private var isStopping = false

  /// Whether there is nothing to tell.
  var isEmpty: Bool { lock.withLock { waits.isEmpty && seconds == nil && !isStopping } }

  /// Takes note of a wait at a moment in nanoseconds; gives all that are over where it was the last
  /// one that was open.
  func note(_ wait: WaitProgress, at now: Int, _ wording: Wording) -> [WaitProgress]? {
    lock.withLock {
      guard !wait.isOver else {
        guard waits.removeValue(forKey: wait.strand) != nil else { return nil }
        over.append(wait)
        defer { if waits.isEmpty { over = [] } }
        return waits.isEmpty ? over : nil
      }
      count &+= 1
      self.wording = wording
      let number = waits[wait.strand]?.number ?? count
      waits[wait.strand] = Told(wait: wait, at: now, number: number)
      return nil
    }
  }

  /// Takes note of the seconds that something has been running for.
  func runs(for seconds: Int) { lock.withLock { self.seconds = seconds } }

  /// Takes note that what runs was told to stop: nothing else is of interest from then on.
  func stops() { lock.withLock { isStopping = true } }

  /// Whether it was told to stop; said once.
  func tellsStop() -> Bool {
    lock.withLock {
      defer { isStopping = false }
      return isStopping
    }
  }

  /// Forgets everything.
  func clear() {
    lock.withLock {
      waits = [:]
      over = []
      seconds = nil
      isStopping = false
    }
  }

  /// The lines at a moment in nanoseconds.
  func lines(at now: Int) -> [String] {
    if lock.withLock({ isStopping }) { return [Self.stopping] }
    let (told, wording, seconds) = lock.withLock {
      (Array(self.waits.values), self.wording, self.seconds)
    }
    guard !told.isEmpty, let wording else { return seconds.map { [Self.running(for: $0)] } ?? [] }
    return wording.lines(
      told.sorted { $0.number < $1.number }.map { ($0.wait, now &- $0.at) })
  }

  /// What is said of a run that was told to stop and has not.
  static let stopping = "stopping · Ctrl-C again waits for no answer"

  private static func running(for seconds: Int) -> String {
    "running \(Duration(nanoseconds: seconds &* 1_000_000_000).text) · Ctrl-C stops"
  }
}
