import WaggleCheck
import WaggleText
import WaggleValues
import WaggleWait

/// A condition, explained: each part with what was seen that decides it.
extension WaitCondition {
  /// The parts, each whole before its parts; nobody is asked and nothing is changed.
  func parts(of look: Look, _ f: Frame, depth: Int = 0) -> [ConditionPart] {
    let below: [ConditionPart] =
      switch form {
      case .both(let left, let right), .either(let left, let right):
        left.parts(of: look, f, depth: depth + 1) + right.parts(of: look, f, depth: depth + 1)
      case .not(let part): part.parts(of: look, f, depth: depth + 1)
      case .goal(.ready): look.readyParts(depth: depth + 1)
      case .goal, .test: []
      }
    let whole = ConditionPart(
      text: f.run.ports.excerpt(span), depth: depth, truth: truthAsSeen(of: look, f),
      seen: seen(of: look, f), wasAsked: isAsked)
    return [whole] + below
  }

  /// Whether a look says what it is, without a call of its own.
  private var isAsked: Bool { if case .test(let test) = form { test.isPure } else { true } }

  /// The truth, without asking anybody; what only a call could say is not known.
  private func truthAsSeen(of look: Look, _ f: Frame) -> Truth {
    switch form {
    case .both(let left, let right):
      return left.truthAsSeen(of: look, f).and(right.truthAsSeen(of: look, f))
    case .either(let left, let right):
      return left.truthAsSeen(of: look, f).or(right.truthAsSeen(of: look, f))
    case .not(let part): return part.truthAsSeen(of: look, f).opposite
    case .goal: return (try? truth(of: look, f)) ?? .unknown
    case .test(let test):
      return test.isPure ? (try? truth(of: look, f)) ?? .unknown : .unknown
    }
  }

  private func seen(of look: Look, _ f: Frame) -> String? {
    switch form {
    case .both, .either, .not, .goal(.ready): return nil
    case .goal(.settled): return look.isSettled ? "it has ended" : look.whereabouts
    case .goal(.gone): return look.isMissing ? "it does not exist" : look.whereabouts
    case .test(let test):
      let missing = test.fields.filter(look.lacks).map { $0.joined(separator: ".") }
      if look.isMissing, !test.fields.isEmpty { return "it does not exist" }
      if let field = missing.first { return "\(field) is not there yet" }
      guard test.isPure else { return "asked with each look" }
      guard let compared = test.comparison else { return nil }
      let sides = [compared.left, compared.right].compactMap { $0.seen(f) }
      return sides.isEmpty ? nil : sides.joined(separator: ", ")
    }
  }
}

extension WaitCondition.Side {
  /// `status is stopped`; nil for what stands there as it is.
  fileprivate func seen(_ f: Frame) -> String? {
    guard !(node is ConstantNode), let value = try? node.value(f) else { return nil }
    return "\(f.run.ports.excerpt(node.span)) is \(value.describedForError)"
  }
}

extension Look {
  /// Where it is, and where it is heading if elsewhere.
  fileprivate var whereabouts: String? {
    guard let (status, heading) = standing else { return nil }
    return "it is `\(status)`" + (heading.map { ", heading for `\($0)`" } ?? "")
  }

  /// The parts of the condition `ready`.
  fileprivate func readyParts(depth: Int) -> [ConditionPart] {
    readiness.map { field, wanted, actual in
      ConditionPart(
        text: "\(field) == \(wanted)", depth: depth,
        truth: isMissing ? .no : actual.map { $0 == wanted ? .yes : .no } ?? .unknown,
        seen: isMissing
          ? "it does not exist" : "\(field) is " + (actual.map { "`\($0)`" } ?? "not there yet"))
    }
  }
}
