/// Why a subject is not where it should be.
package enum WaitReason: Equatable, Sendable {
  /// It may yet get there.
  case notYet
  /// It is in a state that nothing leaves; `because` are its record's own words.
  case ended(state: String, because: String?)
  /// It reports an error and no longer moves.
  case reported(message: String)
  /// It stopped by itself on its way; `because` are its record's own words.
  case halted(state: String, because: String)
  /// It is now heading for another state than the one the condition needs.
  case overtaken(heading: String)
  /// It is past every state in which the condition can come true.
  case passed(state: String)
  /// It no longer exists, or never did.
  case gone(wasThere: Bool)
  /// It has stayed as it is for so many nanoseconds.
  case stuck(nanoseconds: Int)
  /// `fail-if` holds for it.
  case failIf

  /// The code of a wait that fails for it; nil while nothing is lost.
  package var code: WaitFault.Code? {
    switch self {
    case .notYet: nil
    case .ended, .reported, .halted, .failIf: .failed
    case .overtaken, .passed: .overtaken
    case .gone: .gone
    case .stuck: .stuck
    }
  }
}
