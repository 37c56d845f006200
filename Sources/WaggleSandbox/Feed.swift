/// What a stream of events says, asked with the world's state at hand.
protocol Feed: Sendable {
  /// What comes next, as of a moment.
  mutating func next(in state: inout WorldState, at now: Int) -> FeedStep
}

/// What a feed has to say.
enum FeedStep {
  /// One event, as it goes out.
  case event([UInt8])
  /// Nothing before this moment, which lies ahead.
  case waitUntil(Int)
  /// Nothing more at all.
  case ended
}

extension FeedStep {
  /// An event of the given name; nil for one that says in its data what it is.
  static func event(_ name: String?, _ json: [UInt8]) -> FeedStep {
    var bytes: [UInt8] = []
    if let name { bytes += "event: \(name)\n".utf8 }
    bytes += "data: ".utf8
    bytes += json
    bytes += "\n\n".utf8
    return .event(bytes)
  }

  /// The wait of a feed in which something is due, or in which another request may say something.
  static func wait(for due: Int?, at now: Int) -> FeedStep {
    .waitUntil(max(min(due ?? Int.max, now + 500), now + 1))
  }
}
