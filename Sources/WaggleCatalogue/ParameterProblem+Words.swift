/// The wording of everything that a call is refused for before it is sent.
extension ParameterProblem {
  /// The problem as one sentence without a full stop: what must be how, and how it is.
  package var message: String { message(of: nil) }

  /// The sentence; a field says of which element and record it is.
  private func message(of owner: String?) -> String {
    let what = what + (owner.map { " of " + $0 } ?? "")
    return switch cause {
    case .missing: "\(what) must be given"
    case .field(let problem): problem.message(of: what)
    case .disagrees(let alias): "\(what) must be the same as `\(alias)`, which names the same field"
    case .missingOneOf(let names): "\(Self.list(names)) must be given"
    case .unknown(let choices):
      "\(what) must be an option of the operation (\(choices.joined(separator: ", ")))"
    case .kind(let valid, let actual): "\(what) must be \(valid), but is \(actual)"
    case .choice(let values, let actual):
      "\(what) must be one of \(values.joined(separator: ", ")), but is `\(actual)`"
    case .length(let length, let actual):
      "\(what) must be \(Self.characters(length)) long, but has \(Self.count(actual))"
    case .range(let range, let actual):
      "\(what) must be \(Self.numbers(range)), but is \(actual)"
    case .count(let count, let actual):
      "\(what) must have \(Self.items(count)), but has \(actual)"
    case .form(let valid, let actual): "\(what) must be \(valid), but is \(actual)"
    case .null: "\(what) must be given a value or left out, but is null"
    case .pathStep(let text): "\(what) must be an id, but is `\(text)`, which is a step in a path"
    case .everything: "\(what) must be an id, but is `*`; pipe the list of those that are meant"
    case .bodyBytes(let max, let actual):
      "the body must be at most \(max) bytes of JSON, but has \(actual)"
    case .idCount(let wanted, let actual):
      "the path must have \(wanted == 1 ? "1 id" : "\(wanted) ids"), but has \(actual)"
    }
  }

  private var what: String {
    guard let item else { return "`\(parameter)`" }
    return "element \(item + 1) of `\(parameter)`"
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: " or ")
  }

  private static func characters(_ length: ClosedRange<Int>) -> String {
    switch (length.lowerBound, length.upperBound) {
    case (0, let most): "at most \(most) characters"
    case (let fewest, .max): "at least \(count(fewest))"
    case (let fewest, let most): "\(fewest) to \(most) characters"
    }
  }

  private static func count(_ characters: Int) -> String {
    characters == 1 ? "1 character" : "\(characters) characters"
  }

  private static func items(_ count: ClosedRange<Int>) -> String {
    switch (count.lowerBound, count.upperBound) {
    case (0, let most): "at most \(most) elements"
    case (1, 1): "exactly 1 element"
    case (let fewest, let most): "\(fewest) to \(most) elements"
    }
  }

  private static func numbers(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
  }
}
