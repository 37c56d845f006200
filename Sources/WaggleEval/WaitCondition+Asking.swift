import WaggleText
import WaggleValues
import WaggleWait

/// The condition of a `wait` without a subject, asked part by part: so it can be told what each of
/// them was seen to be.
extension WaitCondition {
  /// Asks the parts that decide it, and notes each, a whole before its parts.
  func ask(
    _ f: Frame, depth: Int = 0, noting parts: inout [ConditionPart]
  ) throws(Raise) -> Bool {
    let place = parts.count
    func note(_ truth: Truth, _ seen: String?) {
      let text = f.run.ports.excerpt(span)
      parts.insert(
        ConditionPart(text: text, depth: depth, truth: truth, seen: seen), at: place)
    }
    let holds: Bool
    var seen: String?
    switch form {
    case .both(let left, let right):
      holds = try ask(left, right, goesOn: true, f, depth, &parts)
    case .either(let left, let right):
      holds = try ask(left, right, goesOn: false, f, depth, &parts)
    case .not(let part): holds = try !part.ask(f, depth: depth + 1, noting: &parts)
    case .goal(let goal): holds = f.machine.look?.meets(goal) ?? false
    case .test(let test): (holds, seen) = try self.test(test, f)
    }
    note(Truth(holds), seen)
    return holds
  }

  /// Asks two parts, the second one only where the first does not decide.
  private func ask(
    _ left: WaitCondition, _ right: WaitCondition, goesOn: Bool, _ f: Frame, _ depth: Int,
    _ parts: inout [ConditionPart]
  ) throws(Raise) -> Bool {
    let first = try left.ask(f, depth: depth + 1, noting: &parts)
    guard first == goesOn else {
      parts.append(
        ConditionPart(
          text: f.run.ports.excerpt(right.span), depth: depth + 1, truth: .unknown,
          seen: "not asked: the part before it decides", wasAsked: false))
      return first
    }
    return try right.ask(f, depth: depth + 1, noting: &parts)
  }

  private func test(_ test: Test, _ f: Frame) throws(Raise) -> (Bool, String?) {
    guard let compared = test.comparison else { return (try test.node.test(f), nil) }
    let (left, right) = (try compared.left.node.value(f), try compared.right.node.value(f))
    let holds = try test.node.attempt(at: span) { () throws(ValueError) in
      try Value.compare(left, compared.sign, right)
    }
    let seen = [(compared.left.node, left), (compared.right.node, right)].compactMap {
      node, value in
      node is ConstantNode
        ? nil : "\(f.run.ports.excerpt(node.span)) is \(value.describedForError)"
    }
    return (holds, seen.isEmpty ? nil : seen.joined(separator: ", "))
  }
}
