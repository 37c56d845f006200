import WaggleCatalogue
import WaggleTime
import WaggleValues

/// What is behind the lock of a world.
struct WorldState {
  let draws: Draws
  let faults: Faults
  /// In the order of their numbers; removed ones stay, so that numbers are positions.
  var instances: [Instance]
  /// The positions of those that time will change; in no order, for each goes its own way.
  private var moving: Set<Int> = []
  /// What the last list found, for its next page; nil after a change.
  var found: (filter: InstanceFilter, positions: [Int])?
  /// How often each request came, by what it says.
  private var repeats: [UInt64: Int] = [:]
  /// The window of each operation's rate: when it began and how many calls came in it.
  private var windows: [String: (began: Int, count: Int)] = [:]
  /// How often a name was deployed, so that namesakes differ.
  private var namesakes: [String: Int] = [:]

  init(draws: Draws, faults: Faults, instances: [Instance]) {
    self.draws = draws
    self.faults = faults
    self.instances = instances
  }

  mutating func advance(to now: Int) {
    for position in moving { settle(position, to: now) }
  }

  /// Brings one instance up to a moment.
  mutating func settle(_ position: Int, to now: Int) {
    if instances[position].settle(to: now) { changed(position) }
  }

  /// Takes note of an instance that is new, or not what it was.
  mutating func changed(_ position: Int) {
    found = nil
    if instances[position].plan.isEmpty { moving.remove(position) } else { moving.insert(position) }
  }

  var nextDue: Int? { moving.compactMap { instances[$0].plan.first?.at }.min() }

  /// Answers a request; `key` is the credential that counts.
  mutating func handle(
    _ request: WireRequest, _ routes: Routes, key: String, at now: Int
  ) -> World.Answer {
    let luck = Luck(draws: draws, faults: faults, request: request, times: countUp(request))
    let isRead = request.method == "GET"
    let response: WireResponse
    do throws(Refusal) {
      let (operation, ids) = try routes.find(request.method, request.path)
      try authenticate(request, key)
      try admit(operation, at: now)
      try measure(request, operation)
      if luck.isUnavailable { throw .unavailable }
      if luck.isReset { return World.Answer(response: nil, latency: latency(isRead)) }
      let judge = Judge(operation: operation)
      let target = Target(
        operation: operation, ids: try judge.ids(ids), query: try judge.query(request.query))
      let body = operation.body.isEmpty ? Record() : try judge.body(request.body)
      response = luck.answer(operation.success.status, try act(target, body, at: now))
      if !isRead, luck.isReplyLost {
        return World.Answer(response: nil, latency: latency(isRead))
      }
    } catch {
      response = luck.answer(error)
    }
    return World.Answer(response: luck.maybeCut(response), latency: latency(isRead))
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

  private func authenticate(_ request: WireRequest, _ key: String) throws(Refusal) {
    guard let header = request.headers.last(where: { $0.name == "authorization" })?.value else {
      throw .noCredential
    }
    let words = header.split { $0 == " " || $0 == "\t" }
    guard let scheme = words.first else { throw .emptyToken }
    guard scheme.lowercased() == "bearer" else { throw .noCredential }
    guard words.count > 1 else { throw .emptyToken }
    guard words.count == 2, words[1] == key else { throw .wrongToken }
  }

  /// Counts a call in its operation's window; one too many is told when the window ends.
  private mutating func admit(_ operation: Operation, at now: Int) throws(Refusal) {
    guard let rate = faults.rate else { return }
    var window = windows[operation.id] ?? (began: now, count: 0)
    if now - window.began >= rate.milliseconds { window = (began: now, count: 0) }
    window.count += 1
    windows[operation.id] = window
    guard window.count > rate.count else { return }
    throw .rateLimited(retryAfter: retryAfter(window.began + rate.milliseconds, window.count, now))
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

  // MARK: What deploy needs

  /// The draws of a new instance, which go by its name and not by its number.
  mutating func drawsForDeploy(of name: String) -> Draws {
    namesakes[name, default: 0] += 1
    return draws.of("deploy \(namesakes[name] ?? 0) \(name)")
  }
}
