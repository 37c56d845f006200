import WaggleCheck
import WaggleValues

extension CheckedExpression {
  /// Whether its value is what a stream came to whose reply was printed as it grew: `follow $task`,
  /// `timeout 1m { agents invoke $agent hi --stream }`.
  var isFollowed: Bool {
    switch kind {
    case .operation(let call):
      if case .constant(.bool(let isOn))? = call.follows?.kind { isOn } else { false }
    case .choose(let branches, let otherwise):
      branches.allSatisfy(\.block.isFollowed) && otherwise?.isFollowed ?? true
    case .attempt(let body, _, _), .within(_, let body, _), .step(_, let body): body.isFollowed
    case .again(let retry): retry.body.isFollowed
    default: false
    }
  }
}

extension CheckedBlock {
  /// Whether its last value is such a one.
  fileprivate var isFollowed: Bool {
    if case .value(let value, _)? = statements.last?.kind { value.isFollowed } else { false }
  }
}
