/// The faults of a world, each with its strength; without a fault its share is 0.
struct Faults: Sendable {
  var slowness = 1.0
  var flaky = 0.0
  var doomed = 0.0
  var stuck = 0.0
  var gone = 0.0
  /// How many milliseconds an instance is unknown after its deployment.
  var lateness = 0
  var lostReply = 0.0
  var cutStream = 0.0
  /// The code that calls are answered with, and the share of them.
  var error = (code: "", share: 0.0)
  /// Whether what others own is refused by 403 rather than unknown.
  var isForbidding = false
  var rate: (count: Int, milliseconds: Int)?
  /// When nobody is there, in milliseconds since the world began.
  var outage = 0..<0
  /// How many milliseconds the server's clock is ahead of everybody else's.
  var clockAhead = 0

  init(_ specs: [FaultSpec]) {
    for spec in specs {
      switch spec {
      case .slow(let factor): slowness = factor
      case .flaky(let share): flaky = share
      case .rateLimit(let count, let seconds): rate = (count, seconds * 1000)
      case .doomed(let share): doomed = share
      case .stuck(let share): stuck = share
      case .gone(let share): gone = share
      case .late(let seconds): lateness = Int(seconds * 1000)
      case .lostReply(let share): lostReply = share
      case .cutStream(let share): cutStream = share
      case .error(let code, let share): error = (code, share)
      case .forbidden: isForbidding = true
      case .down(let from, let until): outage = Int(from * 1000)..<Int(until * 1000)
      case .clock(let ahead): clockAhead = ahead
      }
    }
  }
}
