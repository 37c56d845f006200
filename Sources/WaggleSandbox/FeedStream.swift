import WaggleTime

/// A feed of a world as the stream that a client reads; it may break off where the fault says so.
final class FeedStream: WorldStream, @unchecked Sendable {
  private let lock = Lock()
  private let world: World
  private var feed: (any Feed)?
  /// After how many events it breaks off, in the middle of the next one; nil for never.
  private var eventsLeft: Int?
  private var isCut = false

  init(_ feed: any Feed, of world: World, cutAfter events: Int?) {
    self.feed = feed
    self.world = world
    eventsLeft = events
  }

  func next(at now: Instant) -> WorldStreamStep {
    lock.withLock {
      if isCut { return .cut }
      guard var open = feed else { return .ended }
      let step = world.ask(&open, at: now)
      feed = open
      switch step {
      case .event(let bytes): return .bytes(cut(bytes))
      case .waitUntil(let time): return .waitUntil(world.moment(time))
      case .ended:
        feed = nil
        return .ended
      case nil:
        isCut = true
        return .cut
      }
    }
  }

  /// The event, or its first half where it is one too many.
  private func cut(_ bytes: [UInt8]) -> [UInt8] {
    guard let left = eventsLeft else { return bytes }
    eventsLeft = left - 1
    guard left <= 0 else { return bytes }
    isCut = true
    return Array(bytes.prefix(max(bytes.count / 2, 1)))
  }

  func close() { lock.withLock { feed = nil } }
}
