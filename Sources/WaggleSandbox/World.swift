package import WaggleCatalogue
package import WaggleTime
import WaggleValues

/// A cloud of instances that exists only in this process: requests come in as bytes, answers go
/// out.
///
/// It has no socket, no clock and no threads: who asks says what time it is, and what was due until
/// then has happened. Everything is drawn from the seed by what it is for, never by the order in
/// which parallel requests arrive. What came over the wire is judged here from the catalogue's data
/// alone. It refuses to know who asks and how long they wait for the answer; it only says how long
/// that takes. Where the contract is silent it follows the house's defaults, which stand at the
/// places that decide: `Judge`, `Routes`, `Offers`, `Instance`.
///
///     let world = World(seed: 1, instances: 24, faults: [], start: strand.now)
///     let answer = world.handle(request, at: strand.now)
///
/// The checks come in the contract's order: route, credential, rate, size, JSON, schema, existence,
/// state, work.
package final class World: @unchecked Sendable {
  /// What a request comes to.
  package struct Answer: Sendable {
    /// The answer; nil where the connection is lost.
    ///
    /// A body shorter than its `content-length` is one that was cut.
    package let response: WireResponse?
    /// How long it takes, in nanoseconds.
    package let latency: Int
    /// What follows the head of the answer; nil where it is there as a whole.
    var feed: (any Feed)?
    /// After how many events a stream breaks off; nil for never.
    var eventsBeforeCut: Int?
    /// What the answer waits for; nil where it is there.
    var pending: Pending?

    /// What an answer is made of that is not there yet.
    struct Pending: Sendable {
      let wait: InvokeWait
      let luck: Luck
      let status: Int
    }
  }

  /// What a request comes to.
  package enum Opening: Sendable {
    /// An answer that is there as a whole: a refusal, or a lost connection.
    case answer(Answer)
    /// The head of an answer without its body, which the stream gives; the latency is the head's.
    case stream(WireResponse, latency: Int, any WorldStream)
    /// An answer that is to come.
    case pending(PendingReply)
  }

  /// The key of the owner of its fleet, made from its seed; only good here.
  package let key: String
  /// The key of somebody else, who owns three other instances.
  package let otherKey: String
  /// How many instances a world has when nothing is said.
  package static let usualCount = 24

  private let routes: Routes
  /// How many milliseconds its clock is ahead.
  private let clockAhead: Int
  private let lock = Lock()
  private var state: WorldState

  /// Makes a world.
  ///
  /// - Parameters:
  ///   - seed: What everything in it is drawn from.
  ///   - instances: How many instances it begins with.
  ///   - faults: What goes wrong in it; of two of a kind the last one counts.
  ///   - start: The moment at which it begins.
  ///   - catalogue: The operations that it has.
  package init(
    seed: UInt64, instances: Int = World.usualCount, faults: [FaultSpec] = [], start: Instant,
    catalogue: Catalogue = .beeOS
  ) {
    let draws = Draws(seed: seed)
    key = "oag_" + (0..<4).map { draws.digits("key", $0) }.joined()
    otherKey = "oag_" + (0..<4).map { draws.digits("other key", $0) }.joined()
    routes = Routes(catalogue)
    let faults = Faults(faults)
    clockAhead = faults.clockAhead
    let start = start.milliseconds + clockAhead
    state = WorldState(
      draws: draws, faults: faults, owners: [key: .caller, otherKey: .other],
      fleet: Fleet.make(count: instances, draws: draws, at: start), start: start)
  }

  /// Answers a request as it is at a moment.
  ///
  /// A moment slightly before the last one, as parallel strands on the wall clock may bring, does
  /// no harm: what has happened stays. Of a stream it gives what there is by then, and of an answer
  /// that is to come what it will be if nobody does anything meanwhile.
  package func handle(_ request: WireRequest, at now: Instant) -> Answer {
    switch open(request, at: now) {
    case .answer(let answer): return answer
    case .pending(let reply): return reply.foretold(at: now)
    case .stream(let head, let latency, let stream):
      return Self.whole(head, latency, stream, at: now)
    }
  }

  /// What a stream has to say by a moment, as an answer.
  static func whole(
    _ head: WireResponse, _ latency: Int, _ stream: any WorldStream, at now: Instant
  ) -> Answer {
    var response = head
    while case .bytes(let bytes) = stream.next(at: now) { response.body += bytes }
    return Answer(response: response, latency: latency)
  }

  /// Answers a request whose answer may be a stream, or still to come.
  ///
  /// What streams is decided as a server would, from the route and the `accept` of the request.
  package func open(_ request: WireRequest, at now: Instant) -> Opening {
    let answer = withState { $0.handle(request, routes, at: milliseconds(at: now)) }
    if let pending = answer.pending { return .pending(PendingReply(pending, of: self)) }
    guard let feed = answer.feed, let head = answer.response else { return .answer(answer) }
    let stream = FeedStream(feed, of: self, cutAfter: answer.eventsBeforeCut)
    return .stream(head, latency: answer.latency, stream)
  }

  /// Makes the addresses that give and take the bytes of files begin at a server's own.
  ///
  /// Until then they begin at a host that no name server knows, and only this process can follow
  /// them.
  package func stand(at address: String) { lock.withLock { state.files.base = address } }

  /// The most bytes of a body that are worth reading; one more, and it is refused anyway.
  package static func mostBytes(at path: String) -> Int {
    path.hasPrefix(FileShelf.root) ? FileShelf.mostBytes : 1 << 20
  }

  /// What a feed says next; nil where the connection breaks off.
  func ask(_ feed: inout any Feed, at now: Instant) -> FeedStep? {
    let now = milliseconds(at: now)
    return withState { $0.isDown(at: now) ? nil : feed.next(in: &$0, at: now) }
  }

  /// What its clock shows at a moment: what the `Date` of an answer says.
  package func clock(at now: Instant) -> Instant {
    now.advanced(by: clockAhead * 1_000_000)
  }

  /// The time in which the world thinks, as milliseconds since 1970 by its own clock.
  func milliseconds(at now: Instant) -> Int { now.milliseconds + clockAhead }

  /// The moment of everybody else at which its clock shows so many milliseconds since 1970.
  func moment(_ time: Int) -> Instant { Instant(nanoseconds: (time - clockAhead) * 1_000_000) }

  /// Lets somebody at the state.
  func withState<T>(_ work: (inout WorldState) -> T) -> T { lock.withLock { work(&state) } }

  /// Lets everything happen that is due until a moment.
  package func advance(to now: Instant) { withState { $0.advance(to: milliseconds(at: now)) } }

  /// When something next happens by itself; nil while nothing is under way.
  ///
  /// In the past for what was due since the last `advance` and nobody has looked at.
  package var nextDue: Instant? {
    withState { $0.nextDue }.map(moment)
  }
}

extension Instant {
  /// Milliseconds since 1970, rounded down: the world counts no finer.
  var milliseconds: Int {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return rest < 0 ? whole - 1 : whole
  }
}
