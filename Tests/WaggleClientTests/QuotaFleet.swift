import WaggleCatalogue
import WaggleClient
import WaggleTime
import WaggleValues
import WaggleWait

/// A fleet whose instances are ready at given moments, behind a quota that a token bucket keeps.
///
/// Each answer takes 80 ms and tells what was when the call was sent.
final class QuotaFleet: Gateway {
  /// What came in.
  struct Count: Sendable {
    var calls = 0
    var refused = 0
    var pages = 0
  }

  fileprivate struct State {
    var count = Count()
    var tokens: Double
    var filledAt = 0
    var lags: [Int] = []
  }

  private let ready: [Int]
  private let pending: [Value]
  private let running: [Value]
  private let places: [String: Int]
  private let perSecond: Double
  private let burst: Double
  private let isDown: @Sendable (_ ms: Int) -> Bool
  private let isListed: @Sendable (_ place: Int) -> Bool
  private let listedAt: @Sendable (_ ms: Int) -> Int
  private let state: Guarded<State>

  /// Makes a fleet; `ready` are the milliseconds at which its instances are, `listedAt` is the
  /// moment that a page shows.
  init(
    ready: [Int], perSecond: Double, burst: Double,
    isDown: @escaping @Sendable (_ ms: Int) -> Bool = { _ in false },
    isListed: @escaping @Sendable (_ place: Int) -> Bool = { _ in true },
    listedAt: @escaping @Sendable (_ ms: Int) -> Int = { $0 }
  ) {
    self.ready = ready
    self.perSecond = perSecond
    self.burst = burst
    self.isDown = isDown
    self.isListed = isListed
    self.listedAt = listedAt
    pending = ready.indices.map { Self.record($0, "provisioning") }
    running = ready.indices.map { Self.record($0, "running") }
    places = Dictionary(uniqueKeysWithValues: ready.indices.map { ("i\($0)", $0) })
    state = Guarded(State(tokens: burst))
  }

  /// Instances that become ready evenly over a stretch of seconds, in an order that no page has.
  static func ready(_ count: Int, over seconds: ClosedRange<Int>) -> [Int] {
    let stretch = (seconds.upperBound - seconds.lowerBound) * 1000
    return (0..<count).map { place in
      seconds.lowerBound * 1000 + (place * 7919) % count * stretch / max(count - 1, 1)
    }
  }

  var ids: [String] { ready.indices.map { "i\($0)" } }

  var count: Count { state.withLock { $0.count } }

  /// How long after they were ready instances were seen to be, in milliseconds, the least first.
  var lags: [Int] { state.withLock { $0.lags.sorted() } }

  /// The same for those seen since this was asked last.
  func takeLags() -> [Int] {
    state.withLock { state in
      defer { state.lags = [] }
      return state.lags.sorted()
    }
  }

  /// The condition `status == running`, which notes when it first holds.
  func judge(on strand: Strand) -> (Look) throws -> Verdict {
    { look in
      guard case .text("running")? = look.record?["status"] else { return .notYet }
      if let place = self.places[look.id] {
        let lag = strand.now.nanoseconds / 1_000_000 - self.ready[place]
        self.state.withLock { $0.lags.append(lag) }
      }
      return .reached
    }
  }

  func send(_ call: Call, on strand: Strand) throws(CallFault) -> Reply {
    let ms = strand.now.nanoseconds / 1_000_000
    let refusal = state.withLock { $0.admit(at: ms, perSecond: perSecond, burst: burst) }
    let reply = answer(call, at: ms)
    if case .cancelled(let reason) = strand.sleep(nanoseconds: 80_000_000) {
      throw CallFault(
        .cancelled(reason), operation: call.operation.id, code: "cancelled", message: "cancelled")
    }
    if isDown(ms) {
      throw CallFault(
        .unreachable, operation: call.operation.id, code: "connection_refused",
        message: "nobody is there")
    }
    if let refusal { throw .refused(429, call, "rate_limited", retryAfter: refusal) }
    guard let reply else { throw .refused(404, call, "agent_not_found") }
    return reply
  }

  /// No call of these tests gives a stream.
  func open(_ call: Call, on strand: Strand) throws(CallFault) -> any ReplyStream {
    throw .refused(404, call, "route_not_found")
  }

  private func answer(_ call: Call, at ms: Int) -> Reply? {
    guard let id = call.path.first else { return page(of: call, at: ms) }
    return places[id].map { Reply(status: 200, data: record(at: $0, ms)) }
  }

  private func page(of call: Call, at ms: Int) -> Reply {
    state.withLock { $0.count.pages += 1 }
    var page = 0
    for case (name: "page", value: .int(let number)) in call.query { page = number }
    let shown = listedAt(ms)
    var status: String?
    for case (name: "status", value: .text(let text)) in call.query { status = text }
    let listed = ready.indices.filter { place in
      isListed(place)
        && status.map { $0 == (shown >= ready[place] ? "running" : "provisioning") } ?? true
    }
    let rows = listed.dropFirst(page * 200).prefix(200).map { record(at: $0, shown) }
    return Reply(
      status: 200, data: .list((try? List(Array(rows))) ?? List()), total: listed.count)
  }

  private func record(at place: Int, _ ms: Int) -> Value {
    ms >= ready[place] ? running[place] : pending[place]
  }

  private static func record(_ place: Int, _ status: String) -> Value {
    let record = try? Record([
      ("id", .text("i\(place)")), ("name", .text("bee \(place)")), ("status", .text(status)),
      ("desiredStatus", .text("running")),
    ])
    return record.map(Value.record) ?? .null
  }
}

extension QuotaFleet.State {
  /// Counts a call; gives for how many nanoseconds it is refused, nil where it is not.
  fileprivate mutating func admit(at ms: Int, perSecond: Double, burst: Double) -> Int? {
    count.calls += 1
    tokens = min(burst, tokens + Double(ms - filledAt) / 1000 * perSecond)
    filledAt = ms
    guard tokens < 1 else {
      tokens -= 1
      return nil
    }
    count.refused += 1
    return max(Int(((1 - tokens) / perSecond).rounded(.up)), 1) * 1_000_000_000
  }
}
