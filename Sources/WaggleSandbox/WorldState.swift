import WaggleCatalogue
import WaggleTime
import WaggleValues

/// What is behind the lock of a world.
struct WorldState {
  let draws: Draws
  let faults: Faults
  /// The credentials that count, and whose they are.
  var owners: [String: Owner]
  var fleet: Fleet
  /// What owners set on agents, by the position of their instance.
  var agents: [Int: AgentSettings] = [:]
  var files: FileShelf
  /// What was done to screens, by the id of their instance.
  var screens: [String: Screen] = [:]
  var runtime = RuntimeDesk()
  var sessions = SessionBook()
  var channels = Channels()
  var webhooks: Webhooks
  var keys = KeyBook()
  /// When it began.
  private let start: Int
  /// How often each request came, by what it says.
  private var repeats: [UInt64: Int] = [:]
  /// The window of each key's and operation's rate: when it began and how many calls came in it.
  private var windows: [String: (began: Int, count: Int)] = [:]

  init(draws: Draws, faults: Faults, owners: [String: Owner], fleet: Fleet, start: Int) {
    self.draws = draws
    self.faults = faults
    self.owners = owners
    self.fleet = fleet
    self.start = start
    files = FileShelf(draws: draws.of("files"))
    webhooks = Webhooks(draws: draws.of("webhooks"))
  }

  mutating func advance(to now: Int) {
    fleet.advance(to: now)
    settleChannels(to: now)
  }

  /// Whether nobody is there.
  func isDown(at now: Int) -> Bool { faults.outage.contains(now - start) }

  /// When something next happens by itself.
  var nextDue: Int? { [fleet.nextDue, channels.nextDue].compactMap { $0 }.min() }

  /// Answers a request; a feed says what follows the head of the answer.
  mutating func handle(_ request: WireRequest, _ routes: Routes, at now: Int) -> World.Answer {
    let luck = Luck(draws: draws, faults: faults, request: request, times: countUp(request))
    let isRead = request.method == "GET"
    var latency = latency(isRead)
    let response: WireResponse
    do throws(Refusal) {
      if request.path.hasPrefix(FileShelf.root) {
        return try transfer(request, luck, latency, at: now)
      }
      if isDown(at: now) { return World.Answer(response: Luck.nobodyThere, latency: latency) }
      let target = try admit(request, routes, at: now)
      if luck.isUnavailable { throw .unavailable }
      if luck.isReset { return World.Answer(response: nil, latency: latency) }
      if let error = luck.error, !ErrorCode.comesAfterWork(error.code) { throw error }
      var outcome = try actOnce(target, at: now)
      if let error = luck.error { throw error }
      if let wait = outcome.wait {
        guard case .over(let end) = try wait.step(in: &self, at: now) else {
          let status = target.operation.success.status
          return World.Answer(
            response: nil, latency: latency,
            pending: .init(wait: wait, luck: luck, status: status))
        }
        outcome = end
      }
      if let milliseconds = outcome.milliseconds { latency = milliseconds * 1_000_000 }
      response = luck.answer(outcome, target.operation.success.status)
      if !isRead, luck.isReplyLost { return World.Answer(response: nil, latency: latency) }
      if let feed = outcome.feed {
        return World.Answer(
          response: response, latency: latency, feed: feed, eventsBeforeCut: luck.eventsBeforeCut)
      }
    } catch {
      response = luck.answer(error)
    }
    return World.Answer(response: luck.maybeCut(response), latency: latency)
  }

  /// Judges a request in the contract's order, up to where the work begins.
  private mutating func admit(
    _ request: WireRequest, _ routes: Routes, at now: Int
  ) throws(Refusal) -> Target {
    let (operation, ids) = try routes.find(request.method, request.path)
    let caller = try authenticate(request)
    try admit(operation, of: caller, at: now)
    try measure(request, operation)
    return try Judge(operation: operation).target(request, ids, of: caller)
  }

  /// How often a request that says the same came before.
  private mutating func countUp(_ request: WireRequest) -> Int {
    let identity = Luck.identity(request)
    defer { repeats[identity, default: 0] += 1 }
    return repeats[identity] ?? 0
  }

  /// 80 ms for a read, 150 ms for a change.
  private func latency(_ isRead: Bool) -> Int {
    Int((isRead ? 80_000_000 : 150_000_000) * faults.slowness)
  }

  // MARK: Checks before the body

  private func authenticate(_ request: WireRequest) throws(Refusal) -> Owner {
    guard let header = request.headers.last(where: { $0.name == "authorization" })?.value else {
      throw .noCredential
    }
    let words = header.split { $0 == " " || $0 == "\t" }
    guard let scheme = words.first else { throw .emptyToken }
    guard scheme.lowercased() == "bearer" else { throw .noCredential }
    guard words.count > 1 else { throw .emptyToken }
    guard words.count == 2, let owner = owners[String(words[1])] else { throw .wrongToken }
    return owner
  }

  /// Counts a call in the window of its key and operation; one too many is told when the window
  /// ends.
  private mutating func admit(
    _ operation: Operation, of caller: Owner, at now: Int
  ) throws(Refusal) {
    guard let rate = faults.rate else { return }
    let counted = "\(caller.rawValue) \(operation.id)"
    var window = windows[counted] ?? (began: now, count: 0)
    if now - window.began >= rate.milliseconds { window = (began: now, count: 0) }
    window.count += 1
    windows[counted] = window
    guard window.count > rate.count else { return }
    throw .rateLimited(
      retryAfter: retryAfter(window.began + rate.milliseconds, window.count, now), at: now)
  }

  /// Both forms of the header in turn, since the contract leaves open which one a gateway sends.
  private func retryAfter(_ end: Int, _ count: Int, _ now: Int) -> String {
    let seconds = max((end - now + 999) / 1000, 1)
    guard count % 2 == 0 else { return String(seconds) }
    return HTTPDate.text(Instant(nanoseconds: (end + 999) / 1000 * 1_000_000_000))
  }

  private func measure(_ request: WireRequest, _ operation: Operation) throws(Refusal) {
    let max = operation.maxBodyBytes ?? 65_536
    if request.body.count > max { throw .tooLarge(max: max) }
  }
}
