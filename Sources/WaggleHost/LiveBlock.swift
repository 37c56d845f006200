import WaggleTime
import WaggleValues
import WaggleWait

/// What the bottom of a terminal tells while something runs: a line for each wait while they are few,
/// one line for all where they are many, and without any how long it takes already.
///
/// Strands tell of their waits from any thread, five hundred at the same moment when Ctrl-C ends
/// them: so telling is a few instructions under a lock of its own, and nothing is put into words
/// before it is drawn.
final class LiveBlock: @unchecked Sendable {
  /// Puts waits into a line, each with the nanoseconds since it was told of.
  typealias Wording = @Sendable ([(wait: WaitProgress, later: Int)]) -> String

  /// The most waits that have lines of their own.
  static let mostLines = 4

  private struct Told {
    var wait: WaitProgress
    var at: Int
    let number: Int
  }

  private let lock = Lock()
  private var waits: [String: Told] = [:]
  private var count = 0
  private var wording: Wording = { _ in "" }
  private var seconds: Int?
  private var isStopping = false

  /// Whether there is nothing to tell.
  var isEmpty: Bool { lock.withLock { waits.isEmpty && seconds == nil && !isStopping } }

  /// Takes note of a wait at a moment in nanoseconds; says whether it was the last one and is over.
  func note(_ wait: WaitProgress, at now: Int, _ wording: @escaping Wording) -> Bool {
    lock.withLock {
      guard !wait.isOver else {
        return waits.removeValue(forKey: wait.strand) != nil && waits.isEmpty
      }
      count &+= 1
      self.wording = wording
      let number = waits[wait.strand]?.number ?? count
      waits[wait.strand] = Told(wait: wait, at: now, number: number)
      return false
    }
  }

  /// Takes note of the seconds that something has been running for.
  func runs(for seconds: Int) { lock.withLock { self.seconds = seconds } }

  /// Takes note that what runs was told to stop: nothing else is of interest from then on.
  func stops() { lock.withLock { isStopping = true } }

  /// Forgets everything.
  func clear() {
    lock.withLock {
      waits = [:]
      seconds = nil
      isStopping = false
    }
  }

  /// The lines at a moment in nanoseconds.
  func lines(at now: Int) -> [String] {
    if lock.withLock({ isStopping }) { return [Self.stopping] }
    let (told, word, seconds) = lock.withLock { (Array(self.waits.values), wording, self.seconds) }
    if told.isEmpty { return seconds.map { [Self.running(for: $0)] } ?? [] }
    let waits = told.sorted { $0.number < $1.number }.map { ($0.wait, now &- $0.at) }
    return waits.count > Self.mostLines ? [word(waits)] : waits.map { word([$0]) }
  }

  private static let stopping = "stopping · Ctrl-C again waits for no answer"

  private static func running(for seconds: Int) -> String {
    "running \(Duration(nanoseconds: seconds &* 1_000_000_000).text) · Ctrl-C stops"
  }
}
