/// A thread of script code: the main one, a round of a parallel loop, an element fanned out.
///
/// Everything that takes time parks here, and nothing else blocks, sleeps or reads a clock: that is
/// what lets the virtual clock run the same script in no time, the same on every run. What comes in
/// is a moment, a completion, a token; what goes out is why the park ended. The room knows nothing
/// of calls and scripts.
///
///     let wake = strand.park(until: strand.now.advanced(by: 80_000_000), for: answer)
///     if case .cancelled(let reason) = wake { … }
///
/// A strand is confined to its thread; only its token and its completions are touched from elsewhere.
package final class Strand: @unchecked Sendable {
  /// Whose work this is, as a prefix of effect keys: `step "start"/for#1[17]`; empty for the main one.
  package let key: String
  /// What says when to stop; replaced for the time of a body by `under`.
  package internal(set) var token: Token
  /// What the evaluator keeps for each strand (inline caches, a value stack); nothing else looks.
  package var local: AnyObject?
  let clock: any Clockwork
  let berth: Berth
  /// Counts the draws, so that each gives another number.
  var draws: UInt64 = 0
  /// Fuel that was burnt and not yet turned into virtual time.
  var burnt = 0
  /// What the virtual clock knows of the strand; read and written under its lock alone.
  var parking = Parking()
  private let isVirtual: Bool

  init(key: String, clock: any Clockwork, token: Token, berth: Berth) {
    self.key = key
    self.clock = clock
    self.token = token
    self.berth = berth
    self.isVirtual = clock.isVirtual
  }

  /// The clock and the threads of the run.
  package var strands: any Strands { clock }

  /// The moment now.
  package var now: Instant { clock.now }

  /// The lowest address of the native stack that the strand's code should reach.
  ///
  /// Below it lie 256 KB for what that code calls; a recursion that comes near ends with an error.
  package var stackFloor: UInt { berth.stackFloor }

  /// The bytes of native stack that the strand's thread had above the floor when it began.
  package var stackBytes: Int { berth.stackBytes }

  /// Waits for a moment, for something to happen, or for both, whichever comes first.
  ///
  /// In a tie what happened wins, then the moment asked for, then the token's deadline, then a
  /// cancel. A token that was cancelled before ends the park at once.
  package func park(until: Instant? = nil, for completion: Completion? = nil) -> Wake {
    clock.park(self, until: until, for: completion)
  }

  /// Waits for a stretch of time.
  @discardableResult
  package func sleep(nanoseconds: Int) -> Wake { park(until: now.advanced(by: nanoseconds)) }

  /// Why the strand is to stop, nil while it may go on; cheap enough for every thousandth step.
  package var cancellation: Cancellation? {
    if let reason = token.reason { return reason }
    guard token.deadline != nil else { return nil }
    return token.cancellation(at: now)
  }

  /// Runs a body under another token, such as a `timeout`'s or a shield.
  package func under<R, E: Error>(_ token: Token, _ body: () throws(E) -> R) throws(E) -> R {
    let outer = self.token
    self.token = token
    defer { self.token = outer }
    return try body()
  }

  /// Accounts for work done: on the virtual clock a unit of fuel costs 100 ns, about five times what
  /// it costs on a wall.
  ///
  /// So an endless loop meets its deadline there too, and sooner than a person would wait for it.
  /// The strand may park.
  package func burn(fuel: Int) {
    guard isVirtual else { return }
    burnt &+= fuel
    guard burnt >= 1_000_000 else { return }
    let spent = burnt
    burnt = 0
    sleep(nanoseconds: spent &* 100)
  }

  /// Makes the strand look whether its park has ended; from any thread.
  func wake() { clock.wake(self) }

  /// Why a park that has lasted until now has ended, nil if it has not.
  func verdict(at now: Instant, until: Instant?, for completion: Completion?) -> Wake? {
    if let completion, completion.isComplete { return .completed }
    let deadline = token.deadline
    if let until, until <= now, deadline.map({ until <= $0 }) ?? true { return .time }
    if let deadline, deadline <= now { return .cancelled(.deadline(token: token.deadlineID)) }
    return token.reason.map(Wake.cancelled)
  }

  /// Why a park ends before it begins, nil if it does not: what was cancelled before beats the clock.
  func verdictBefore(at now: Instant, until: Instant?, for completion: Completion?) -> Wake? {
    if let completion, completion.isComplete { return .completed }
    if let reason = token.reason { return .cancelled(reason) }
    return verdict(at: now, until: until, for: nil)
  }

  /// The moment at which a park ends by itself, nil for never.
  func due(until: Instant?) -> Instant? {
    guard let until, let deadline = token.deadline else { return until ?? token.deadline }
    return min(until, deadline)
  }
}
