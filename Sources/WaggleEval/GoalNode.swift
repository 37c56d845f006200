import WaggleCheck
import WaggleText
import WaggleWait

/// `ready settled gone` inside of a test, about what the look of the innermost wait showed.
final class GoalNode: TestNode {
  private let goal: Goal

  init(_ goal: Goal, _ span: Span) {
    self.goal = goal
    super.init(span)
  }

  override func test(_ f: Frame) throws(Raise) -> Bool { f.machine.look?.meets(goal) ?? false }
}
