import Synchronization
import WaggleCatalogue
import WaggleEval
import WaggleTime

/// Asks before something is destroyed in a profile that is marked as production.
///
/// At the prompt somebody answers for each call, or for all that a line makes. A script cannot be
/// asked: it destroys with `--yes`, or not at all.
final class DestroyApproval: Sendable {
  private let profile: String
  /// What asks; nil where nobody is asked.
  private let questions: Questions?
  private let isGiven: Mutex<Bool>

  /// Makes what asks in the name of a profile.
  init(profile: String, questions: Questions?) {
    self.profile = profile
    self.questions = questions
    isGiven = Mutex(false)
  }

  /// Forgets that everything was approved of: that held for one line.
  func lineBegins() { isGiven.withLock { $0 = false } }

  /// Lets a call pass that destroys nothing or was approved of; throws for another.
  @Sendable func approve(_ call: Call, on strand: Strand) throws(CallFault) {
    guard call.operation.effect == .destroy else { return }
    guard let questions else { throw .unconfirmed(call, profile) }
    // Held while somebody answers: of several strands one asks at a time.
    try isGiven.withLock { (isGiven) throws(CallFault) in
      if isGiven { return }
      switch try answer(call, questions, on: strand) {
      case .all: isGiven = true
      case .yes: break
      case .no: throw .declined(call)
      }
    }
  }

  private enum Answer { case yes, no, all }

  private func answer(
    _ call: Call, _ questions: Questions, on strand: Strand
  ) throws(CallFault) -> Answer {
    while true {
      let line: String
      do throws(Fault) {
        line = try questions.line(
          after: "`\(call.spoken)` in production (`\(profile)`)? [y/N, a for all of this line] ",
          on: strand)
      } catch {
        guard let reason = strand.cancellation else { throw .declined(call) }
        throw .cancelled(call, reason, wasSent: false)
      }
      switch line.lowercased() {
      case "y", "yes": return .yes
      case "a", "all": return .all
      case "", "n", "no": return .no
      default: continue
      }
    }
  }
}

extension Host {
  /// What asks before something is destroyed; nil where the profile is not marked, or `--yes` given.
  func approval(for profile: Profile, _ options: Options, asks: Bool) -> DestroyApproval? {
    guard profile.isProduction, !options.isConfirmed else { return nil }
    return DestroyApproval(
      profile: profile.name, questions: asks ? questions(for: options) : nil)
  }
}

extension CallFault {
  fileprivate static func unconfirmed(_ call: Call, _ profile: String) -> CallFault {
    CallFault(
      .heldBack, operation: call.operation.id, code: "unconfirmed",
      message: "`\(call.spoken)` was not sent: the profile `\(profile)` is marked as production,"
        + " where destroying needs `--yes`")
  }

  fileprivate static func declined(_ call: Call) -> CallFault {
    CallFault(
      .heldBack, operation: call.operation.id, code: "unconfirmed",
      message: "`\(call.spoken)` was not sent: nobody said yes")
  }
}
