package import WaggleTime

/// An answer that is not there yet, since an agent is at work on it.
///
/// It owns no clock, as a `WorldStream` does not: who carries it asks at the moments that it names.
package final class PendingReply: Sendable {
  /// How an answer stands.
  package enum Step: Sendable {
    /// Nothing before this moment, which lies ahead.
    case waitUntil(Instant)
    /// The answer, to be given at once.
    case answer(World.Answer)
  }

  private let wait: InvokeWait
  private let luck: Luck
  private let status: Int
  private let world: World

  init(_ pending: World.Answer.Pending, of world: World) {
    wait = pending.wait
    luck = pending.luck
    status = pending.status
    self.world = world
  }

  /// How it stands as of now.
  package func next(at now: Instant) -> Step {
    world.withState { step(in: &$0, at: now) }
  }

  /// What it will come to if nobody does anything meanwhile, and how long that takes.
  func foretold(at now: Instant) -> World.Answer {
    var future = world.withState { $0 }
    var moment = now
    while case .waitUntil(let next) = step(in: &future, at: moment) { moment = next }
    guard case .answer(let answer) = step(in: &future, at: moment) else {
      return World.Answer(response: nil, latency: 0)
    }
    let latency = moment.milliseconds - now.milliseconds
    return World.Answer(response: answer.response, latency: latency * 1_000_000)
  }

  private func step(in state: inout WorldState, at now: Instant) -> Step {
    let now = world.milliseconds(at: now)
    if state.isDown(at: now) { return .answer(World.Answer(response: nil, latency: 0)) }
    do throws(Refusal) {
      switch try wait.step(in: &state, at: now) {
      case .waitUntil(let time): return .waitUntil(world.moment(time))
      case .over(let outcome):
        let response = luck.isReplyLost ? nil : luck.maybeCut(luck.answer(outcome, status))
        return .answer(World.Answer(response: response, latency: 0))
      }
    } catch {
      return .answer(World.Answer(response: luck.maybeCut(luck.answer(error)), latency: 0))
    }
  }
}
