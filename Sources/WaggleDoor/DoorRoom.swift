import NIOCore
import WaggleCatalogue
import WaggleSandbox
import WaggleTime

/// What the connections of a door share: the world, the clock, and who is there.
///
/// Confined to the event loop.
final class DoorRoom {
  let limits: DoorLimits
  let world: World
  private let clock: any Strands
  private var guests: [ObjectIdentifier: DoorConnection] = [:]
  /// What looks round now and then, until the door closes.
  var rounds: RepeatedTask?
  /// What takes the world's letters out; nil for nobody.
  var mail: DoorMail?
  /// What came so far.
  private(set) var calls = ServedCalls()
  private var isClosing = false
  private var dated = (second: Int.min, text: "")
  private var onEmpty: (() -> Void)?

  init(world: World, clock: any Strands, limits: DoorLimits) {
    self.world = world
    self.clock = clock
    self.limits = limits
  }

  /// Lets the world act on a request as of now.
  func open(_ request: WireRequest) -> World.Opening {
    let now = clock.now
    let opening = world.open(request, at: now)
    calls.add(opening.status, at: now)
    return opening
  }

  /// The moment now.
  var now: Instant { clock.now }

  /// The moment now by the world's clock, as answers have it: made once a second.
  var date: String {
    let now = world.clock(at: now)
    let second = now.nanoseconds / 1_000_000_000
    if dated.second != second { dated = (second, HTTPDate.text(now)) }
    return dated.text
  }

  /// Takes a connection in; false where there is no place for it.
  func enter(_ connection: DoorConnection) -> Bool {
    guard !isClosing, guests.count < limits.connections else { return false }
    guests[ObjectIdentifier(connection)] = connection
    return true
  }

  func leave(_ connection: DoorConnection) {
    guests[ObjectIdentifier(connection)] = nil
    if guests.isEmpty { onEmpty?() }
  }

  /// Sends away whoever is late.
  func lookRound() {
    let now = NIODeadline.now()
    for guest in guests.values { guest.closeIfLate(now) }
  }

  /// Takes nobody in any more, lets answers under way be given, and says when all have gone.
  func close(_ done: @escaping () -> Void) {
    isClosing = true
    rounds?.cancel()
    mail?.end()
    onEmpty = done
    for guest in guests.values { guest.finish() }
    if guests.isEmpty { done() }
  }

  /// Ends every connection at once.
  func clear() { for guest in guests.values { guest.abandon() } }
}

extension World.Opening {
  /// The status of what is answered; nil where nothing is, or that is not known yet.
  fileprivate var status: Int? {
    switch self {
    case .answer(let answer): answer.response?.status
    case .stream(let response, _, _): response.status
    case .pending: nil
    }
  }
}
