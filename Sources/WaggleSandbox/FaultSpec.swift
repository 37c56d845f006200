import WaggleValues

/// A fault that a world is given: what a real cloud does on a bad day, by name.
package enum FaultSpec: Equatable, Sendable {
  /// Answers and transitions take so many times as long.
  case slow(factor: Double)
  /// A share of the calls is answered by 503, not at all, or by half an answer.
  case flaky(Double)
  /// So many calls of each operation in so many seconds; 429 with `Retry-After` beyond.
  case rateLimit(count: Int, seconds: Int)
  /// A share of the instances that set out never gets there and says why.
  case doomed(Double)
  /// A share of the instances that set out never gets there and says nothing.
  case stuck(Double)
  /// A share of the instances that set out is no longer there when it should run.
  case gone(Double)
  /// A read of an instance that was deployed less than so many seconds ago is answered by 404.
  case late(seconds: Double)
  /// A share of the changes is carried out and not answered.
  case lostReply(Double)
  /// A share of the streams breaks off after a few events.
  case cutStream(Double)
  /// A share of the calls is answered with an error code: after the work was done where a gateway
  /// would find out so late, else before it.
  case error(code: String, Double)
  /// What others own is refused openly, by 403; else it is as if it were not there.
  case forbidden
  /// From one second of the world to another nobody is behind the gateway's proxy: 502, and what
  /// streams breaks off.
  case down(from: Double, until: Double)
  /// The clock of the server is so many milliseconds ahead, or behind where negative: every time
  /// that it tells is.
  case clock(ahead: Int)

  /// The names, in the order in which help lists them.
  package static let names = [
    "slow", "flaky", "rate-limit", "doomed", "stuck", "gone", "late",
    "lost-reply", "cut-stream", "error", "forbidden", "down", "clock",
  ]

  /// Reads the text of `--fault`: a name, or a name and a value.
  ///
  /// Without a value: `slow=10`, `flaky=0.1`, `rate-limit=60/min`, `doomed=0.2`, `stuck=0.1`,
  /// `gone=0.05`, `late=5`, `lost-reply=0.1`, `cut-stream=0.5`, `down=20:80`,
  /// `clock=2h`; `forbidden` takes none, and `error` needs a code: `error=CODE` is
  /// `error=CODE:0.1`.
  package init(parsing text: String) throws(FaultSpecError) {
    let name = String(text.prefix { $0 != "=" })
    let value = text == name ? nil : String(text.dropFirst(name.count + 1))
    switch name {
    case "slow": self = .slow(factor: try Self.number(value ?? "10", 1...1000, text, name))
    case "flaky": self = .flaky(try Self.share(value ?? "0.1", text, name))
    case "rate-limit": self = try Self.rate(value ?? "60/min", text)
    case "doomed": self = .doomed(try Self.share(value ?? "0.2", text, name))
    case "stuck": self = .stuck(try Self.share(value ?? "0.1", text, name))
    case "gone": self = .gone(try Self.share(value ?? "0.05", text, name))
    case "late": self = .late(seconds: try Self.number(value ?? "5", 0...3600, text, name))
    case "lost-reply": self = .lostReply(try Self.share(value ?? "0.1", text, name))
    case "cut-stream": self = .cutStream(try Self.share(value ?? "0.5", text, name))
    case "error": self = try Self.error(value ?? "", text)
    case "forbidden":
      guard value == nil else { throw .value(name, valid: "left out", actual: value ?? "") }
      self = .forbidden
    case "down": self = try Self.down(value ?? "20:80")
    case "clock": self = try Self.clock(value ?? "2h")
    default: throw .unknown(name)
    }
  }

  private static func down(_ value: String) throws(FaultSpecError) -> FaultSpec {
    let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let times = parts.compactMap { try? number($0, 0...86_400, value, "down") }
    guard parts.count == 2, times.count == 2, times[0] < times[1] else {
      throw .value(
        "down", valid: "two times in seconds since the start, such as 20:80", actual: value)
    }
    return .down(from: times[0], until: times[1])
  }

  private static func clock(_ value: String) throws(FaultSpecError) -> FaultSpec {
    guard let ahead = try? Duration(spelling: value),
      abs(ahead.nanoseconds) <= farthestClock * 1_000_000
    else {
      throw .value(
        "clock", valid: "how far it is ahead, such as 2h, or behind, such as -90s, at most 365d",
        actual: value)
    }
    return .clock(ahead: ahead.nanoseconds / 1_000_000)
  }

  /// How far a clock may be off, in milliseconds: a year.
  private static let farthestClock = 365 * 86_400_000

  private static func error(
    _ value: String, _ text: String
  ) throws(FaultSpecError) -> FaultSpec {
    let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let code = parts.first.map(String.init) ?? ""
    guard ErrorCode.status(of: code) != nil else {
      throw .value(
        "error", valid: "one of the API's error codes, such as internal_error or conflict:0.5",
        actual: value)
    }
    let share = parts.count > 1 ? String(parts[1]) : "0.1"
    return .error(code: code, try Self.share(share, text, "error"))
  }

  private static func share(
    _ value: String, _ text: String, _ name: String
  ) throws(FaultSpecError) -> Double {
    try number(value, 0...1, text, name)
  }

  private static func number(
    _ value: String, _ range: ClosedRange<Double>, _ text: String, _ name: String
  ) throws(FaultSpecError) -> Double {
    let isPlain = value.utf8.allSatisfy { $0 == 0x2E || $0 &- 0x30 < 10 }
    guard isPlain, let number = Double(value), range.contains(number) else {
      let (least, most) = (Int(range.lowerBound), Int(range.upperBound))
      throw .value(name, valid: "a number from \(least) to \(most)", actual: value)
    }
    return number
  }

  private static func rate(_ value: String, _ text: String) throws(FaultSpecError) -> FaultSpec {
    let parts = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let units = ["s": 1, "sec": 1, "min": 60, "h": 3600, "d": 86_400]
    guard parts.count == 2, parts[0].utf8.allSatisfy({ $0 &- 0x30 < 10 }),
      let count = Int(parts[0]), (1...1_000_000).contains(count), let seconds = units[parts[1]]
    else {
      throw .value(
        "rate-limit", valid: "calls in a time, such as 60/min, 5/s or 1000/h", actual: value)
    }
    return .rateLimit(count: count, seconds: seconds)
  }
}
