/// How long to pause between looks: 250 ms at first, half as long again each time, 5 s at most.
struct Pace {
  /// The first pause, in nanoseconds.
  static let first = 250_000_000
  /// The longest pause, in nanoseconds.
  static let longest = 5_000_000_000

  /// The shortest pause that `every` may ask for: a question without calls must not take all time.
  static let shortest = 1_000_000

  private let every: Int?
  private var pause = Pace.first

  /// Keeps a fixed pace, or the usual one for nil.
  init(every: Int?) { self.every = every.map { max($0, Pace.shortest) } }

  /// The next pause, in nanoseconds; the jitter, drawn from 0..<1, makes it 20 % shorter or longer.
  mutating func next(jitter: Double) -> Int {
    if let every { return every }
    let drawn = Int(Double(pause) * (0.8 + 0.4 * min(max(jitter, 0), 1)))
    pause = min(pause / 2 * 3, Pace.longest)
    return drawn
  }
}
