import Synchronization
import WaggleCatalogue
import WaggleEval
import WaggleTime
import WaggleValues

/// What the lines of a prompt do to the outside, with what the prompt remembers of it: which value
/// was shown last, whether something was done, which records went by.
final class PromptEffects: Effects {
  /// What happened while a line ran.
  struct Doings {
    /// The last value that was shown, and the number of its statement among those that show one,
    /// counted from 1.
    var shown: (value: Value, number: Int)?
    /// Whether something was changed, waited for or written.
    var acted = false
  }

  private struct State {
    var live: any Effects
    var doings = Doings()
    var seen: SeenRecords
  }

  private let catalogue: Catalogue
  private let state: Mutex<State>

  /// Remembers beside other effects.
  init(_ live: any Effects, catalogue: Catalogue) {
    self.catalogue = catalogue
    state = Mutex(State(live: live, seen: SeenRecords(catalogue)))
  }

  /// Does what follows by other effects; the records of the former ones are forgotten.
  func go(to live: any Effects) {
    state.withLock { $0 = State(live: live, seen: SeenRecords(catalogue)) }
  }

  /// The records that went by.
  var seen: SeenRecords { state.withLock { $0.seen } }

  /// Gives what happened since the last time, and begins anew.
  func takeDoings() -> Doings {
    state.withLock { state in
      defer { state.doings = Doings() }
      return state.doings
    }
  }

  func perform(_ effect: Effect, key: EffectKey, on strand: Strand) throws(Fault) -> Value {
    let live = state.withLock { $0.live }
    let value = try live.perform(effect, key: key, on: strand)
    state.withLock { state in
      switch effect {
      case .call(let call), .follow(let call), .transfer(let call):
        if call.operation.effect != .read { state.doings.acted = true }
        state.seen.note(value)
      case .open(let call): if call.operation.effect != .read { state.doings.acted = true }
      case .list, .item: state.seen.note(value)
      case .wait:
        state.doings.acted = true
        state.seen.note(value)
      case .sleep, .print, .showItem, .log, .limit, .write, .exec, .ask, .confirm:
        state.doings.acted = true
      case .show(let value), .showEnd(let value):
        state.doings.shown = (value, Self.number(in: key.text))
      case .now, .environment, .read: break
      }
    }
    return value
  }

  /// The number at the end of a key: 2 of `line 3/show#2`.
  private static func number(in key: String) -> Int {
    let digits = key.reversed().prefix { $0.isNumber }
    return Int(String(digits.reversed())) ?? 1
  }
}
