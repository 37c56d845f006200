import WaggleCatalogue
import WaggleCheck
import WaggleText
import WaggleValues
import WaggleWait

/// A condition of a `wait`, as a tree of its parts.
///
/// It has three values: a part that reads a field which the record does not have yet is neither true
/// nor false, and neither is its opposite, so that nothing comes true by an absence. Who asks for
/// the absence itself, by `== null`, `!= null` or `??`, gets an answer.
struct WaitCondition {
  typealias Truth = ConditionPart.Truth

  /// A part that is a whole of parts, or a test that has none.
  indirect enum Form {
    case both(WaitCondition, WaitCondition)
    case either(WaitCondition, WaitCondition)
    case not(WaitCondition)
    case goal(Goal)
    case test(Test)
  }

  /// A part that is asked as a whole.
  struct Test {
    let node: Node
    /// The fields of the subject without which it says nothing, each by its path.
    let fields: [[String]]
    /// Whether asking it changes nothing and asks nobody.
    let isPure: Bool
    /// What it compares; nil for another sort of test.
    let comparison: Compared?
  }

  /// The sides of a comparison.
  struct Compared {
    let left: Side
    let sign: Comparison
    let right: Side
  }

  /// One side of a comparison.
  struct Side {
    let node: Node
    /// The field of the subject that it is; nil for anything else.
    let field: String?
    /// Whether it is the same at each look: it reads nothing of the subject and asks nobody.
    let isFixed: Bool
    /// Whether evaluating it changes nothing and asks nobody.
    let isPure: Bool
  }

  let form: Form
  let span: Span

  /// What it is about what a look showed; the record stands in the subject's slot.
  func truth(of look: Look, _ f: Frame) throws(Raise) -> Truth {
    switch form {
    case .both(let left, let right):
      let first = try left.truth(of: look, f)
      return first == .no ? .no : first.and(try right.truth(of: look, f))
    case .either(let left, let right):
      let first = try left.truth(of: look, f)
      return first == .yes ? .yes : first.or(try right.truth(of: look, f))
    case .not(let part): return try part.truth(of: look, f).opposite
    case .goal(let goal): return Truth(look.meets(goal))
    case .test(let test):
      guard !test.fields.contains(where: look.lacks) else { return .unknown }
      return Truth(try test.node.test(f))
    }
  }

  /// Whether it speaks of `ready`.
  var mentionsReady: Bool {
    switch form {
    case .both(let left, let right), .either(let left, let right):
      left.mentionsReady || right.mentionsReady
    case .not(let part): part.mentionsReady
    case .goal(let goal): goal == .ready
    case .test: false
    }
  }

  /// What it would be in a state, nothing else being known of the subject.
  func truth(in state: String, of lifecycle: TypeEntry.Lifecycle, _ f: Frame) -> Truth {
    switch form {
    case .both(let left, let right):
      return left.truth(in: state, of: lifecycle, f).and(right.truth(in: state, of: lifecycle, f))
    case .either(let left, let right):
      return left.truth(in: state, of: lifecycle, f).or(right.truth(in: state, of: lifecycle, f))
    case .not(let part): return part.truth(in: state, of: lifecycle, f).opposite
    case .goal(.ready): return lifecycle.mayBeReady(in: state) ? .unknown : .no
    case .goal:
      // Where nothing but the state says that something has ended, another state says that it has not.
      let isStateAll = lifecycle.desired == nil && lifecycle.isOver == nil
      return isStateAll && !lifecycle.final.contains(state) ? .no : .unknown
    case .test(let test):
      let field = lifecycle.status
      guard let compared = test.comparison else { return .unknown }
      return compared.truth(where: field, is: .text(state), f) ?? .unknown
    }
  }
}

extension ConditionPart.Truth {
  init(_ value: Bool) { self = value ? .yes : .no }

  var opposite: Self {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  func and(_ other: Self) -> Self {
    if self == .no || other == .no { return .no }
    return self == .yes ? other : self
  }

  func or(_ other: Self) -> Self { opposite.and(other.opposite).opposite }
}

extension WaitCondition.Compared {
  /// What the comparison is where a field has a value; nil where it is about something else.
  fileprivate func truth(
    where field: String, is value: Value, _ f: Frame
  ) -> WaitCondition.Truth? {
    if left.field == field, right.isFixed, let other = try? right.node.value(f) {
      return (try? Value.compare(value, sign, other)).map(WaitCondition.Truth.init)
    }
    if right.field == field, left.isFixed, let other = try? left.node.value(f) {
      return (try? Value.compare(other, sign, value)).map(WaitCondition.Truth.init)
    }
    return nil
  }
}

extension TypeEntry.Lifecycle {
  /// Whether `ready` may hold in a state.
  fileprivate func mayBeReady(in state: String) -> Bool {
    ready.allSatisfy { $0.field != status || $0.value == state }
  }
}

extension Look {
  /// Whether a named condition holds.
  func meets(_ goal: Goal) -> Bool {
    switch goal {
    case .ready: isReady
    case .settled: isSettled
    case .gone: isGone
    }
  }

  /// Whether the record does not have a field that such records may have; all of one that is gone.
  func lacks(_ path: [String]) -> Bool {
    isMissing || record.map { $0.lacks(path[...]) } ?? true
  }
}

extension Record {
  fileprivate func lacks(_ path: ArraySlice<String>) -> Bool {
    guard let name = path.first else { return false }
    switch self[name] {
    case nil: return type?.field(name) != nil
    case .null?: return true
    case .record(let inner)?: return inner.lacks(path.dropFirst())
    default: return false
    }
  }
}
