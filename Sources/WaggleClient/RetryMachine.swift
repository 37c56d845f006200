package import WaggleCatalogue
package import WaggleTime

/// Decides whether a call that failed is made again, and when: a retry without its calls, its clock
/// and its chance.
///
/// What comes in is each failure with its moment; what goes out is a pause or the fault that stands.
/// The pauses grow twofold and are drawn from zero on ("full jitter"), so that many who failed
/// together do not come back together; a `Retry-After` is kept to and the draw goes on top. The
/// table of failures and the operation say what may be repeated, `Call.mayRepeat`.
///
///     var retry = RetryMachine(call, at: now, deadline: strand.token.deadline)
///     retry.failed(fault, at: now, jitter: 0.5)        // .park(until: …)
package struct RetryMachine {
  /// What to do after a failure.
  package enum Action {
    /// Do nothing until then, then send the call again.
    case park(until: Instant)
    /// The call has failed.
    case fail(CallFault)
  }

  /// How often a call is tried in all; tries that were refused for their number do not count.
  package static let mostTries = 5
  /// The same for a failure that hardly ever passes.
  package static let fewTries = 2
  /// How long after its first failure a call may be tried again: 2 minutes.
  package static let patience = 120_000_000_000
  /// What the first pause is drawn below; the others grow twofold.
  package static let firstPause = 500_000_000
  /// What no pause is drawn above.
  package static let longestPause = 20_000_000_000

  private let call: Call
  private let begun: Instant
  private let deadline: Instant?
  private var firstFailure: Instant?
  private var count = 0
  private var counted = 0
  private var wasLeftOpen = false

  /// Begins with a call, the moment of its first try, and that at which the script gives up.
  package init(_ call: Call, at now: Instant, deadline: Instant?) {
    self.call = call
    self.deadline = deadline
    begun = now
  }

  /// A try failed; the jitter is drawn from 0..<1 where it is needed.
  package mutating func failed(
    _ fault: CallFault, at now: Instant, jitter: @autoclosure () -> Double
  ) -> Action {
    count += 1
    if fault.status != 429 { counted += 1 }
    if fault.isOutcomeUnknown { wasLeftOpen = true }
    let first = firstFailure ?? now
    firstFailure = first
    let most = call.mayRepeatOnce(after: fault) ? Self.fewTries : Self.mostTries
    guard counted < most, call.mayRepeat(after: fault) else {
      return .fail(final(fault, at: now))
    }
    let pause = rest(after: fault, jitter: jitter())
    let next = now.advanced(by: pause)
    let last = min(first.advanced(by: Self.patience), deadline ?? Instant(nanoseconds: .max))
    return next < last
      ? .park(until: next) : .fail(final(fault, at: now, next: pause))
  }

  /// The tries that failed so far.
  package var tries: Int { count }

  /// Whether a try may have been carried out though no answer said so.
  package var isOutcomeUnknown: Bool { wasLeftOpen }

  private func rest(after fault: CallFault, jitter: Double) -> Int {
    let doublings = min(count - 1, 16)
    let most = min(Self.firstPause << doublings, Self.longestPause)
    guard let asked = fault.retryAfter else { return Self.drawn(below: most, jitter) }
    return asked &+ Self.drawn(below: Self.firstPause, jitter)
  }

  /// A part of a pause, in whole milliseconds, for somebody may read it.
  private static func drawn(below most: Int, _ jitter: Double) -> Int {
    Int(Double(most) * min(max(jitter, 0), 1)) / 1_000_000 * 1_000_000
  }

  /// The fault that stands, with all that is known of the tries before it.
  private func final(_ fault: CallFault, at now: Instant, next: Int? = nil) -> CallFault {
    var fault = fault
    if wasLeftOpen {
      fault.isOutcomeUnknown = true
      fault.look = call.look
    }
    if count > 1 || next != nil {
      fault.tries = CallTries(
        count: count, nanoseconds: now.nanoseconds &- begun.nanoseconds, next: next)
    }
    return fault
  }
}
