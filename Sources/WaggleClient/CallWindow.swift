import WaggleTime

/// Counts the calls of the last stretch of time, in sixty slices and the one that has begun.
///
/// Whatever moment a server counts from, the calls of a stretch as long as its own are among those
/// counted here; so memory does not grow with the rate, and a slice is the margin for answers that
/// come sooner than others.
struct CallWindow {
  private static let slices = 60
  private let slice: Int
  private var counts = [Int](repeating: 0, count: slices + 1)
  private var head = 0
  private(set) var total = 0

  /// Counts over a stretch of so many nanoseconds.
  init(nanoseconds: Int) { slice = max(nanoseconds / Self.slices, 1) }

  /// Counts a call.
  mutating func add(at now: Instant) {
    move(to: now)
    counts[head % counts.count] += 1
    total += 1
  }

  /// Lets go of what is too long ago.
  mutating func move(to now: Instant) {
    let next = max(now.nanoseconds / slice, 0)
    guard next > head else { return }
    for gone in (head + 1)...min(next, head + counts.count) {
      total -= counts[gone % counts.count]
      counts[gone % counts.count] = 0
    }
    head = next
  }

  /// When the calls counted will be fewer than that many.
  func moment(ofFewerThan most: Int) -> Instant {
    var left = total
    var oldest = max(head - Self.slices, 0)
    while left >= most, oldest < head {
      left -= counts[oldest % counts.count]
      oldest += 1
    }
    let passed = left < most ? oldest : head + 1
    return Instant(nanoseconds: (passed + Self.slices) &* slice)
  }
}
