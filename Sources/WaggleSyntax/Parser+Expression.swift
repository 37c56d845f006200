import WaggleText

// Expressions: operators by how tightly they bind.

extension BinaryOperator {
  /// How tightly it binds; `not` stands at 3, so it takes comparisons and what binds tighter.
  var tightness: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .matchesNot,
      .isIn, .contains:
      4
    case .orElse: 5
    case .range: 6
    case .plus, .minus: 7
    case .times, .divide, .floorDivide, .remainder: 8
    }
  }

  /// Whether it compares its operands.
  var isComparison: Bool { tightness == 4 }

  /// Whether one of its kind stands alone, because `a < b < c` would not mean what it says.
  var isAlone: Bool { isComparison || tightness == 6 }
}

extension Parser {
  private static let notTightness = 3
  static let sumTightness = 7
  /// How many operators in a row are a level: they nest to the left only, and take less stack.
  private static let operatorsOfLevel = 4

  /// An expression of operators that bind at least this tightly.
  mutating func expression(_ least: Int = 1) throws(Reported) -> Expression {
    let saved = depth
    var left = try operandOrNot(least)
    var count = 0
    while let (sign, token) = try peekOperator(), sign.tightness >= least {
      take(token)
      depth = saved + count / Self.operatorsOfLevel
      try enter(token.lower)
      count += 1
      try expectSpace(behind: token, sign)
      lexer.skipLines()
      let right = try expression(sign.tightness + 1)
      let place = left.span.joined(with: right.span)
      left = Expression(.binary(left, sign, span(token), right), place)
      if sign.isAlone { try rejectChain(sign) }
    }
    depth = saved
    return left
  }

  private mutating func rejectChain(_ first: BinaryOperator) throws(Reported) {
    guard let (sign, token) = try peekOperator(), sign.tightness == first.tightness else { return }
    throw fail(.chained(first.rawValue, sign.rawValue, at: span(token)), at: token)
  }

  private mutating func operandOrNot(_ least: Int) throws(Reported) -> Expression {
    let token = peek(.expression)
    guard word(token, is: "not"), !isTouched(token) else { return try operand() }
    guard least <= Self.notTightness else {
      throw fail(.notNeedsParentheses(at: span(token)), at: token)
    }
    take(token)
    try enter(token.lower)
    let operand = try expression(Self.notTightness)
    depth -= 1
    return Expression(.unary(.not, operand), span(token).joined(with: operand.span))
  }

  /// The operator that stands here; nil where the expression ends.
  private mutating func peekOperator() throws(Reported) -> (BinaryOperator, Token)? {
    let token = peek()
    if lexer.matches("..", at: token.lower), !lexer.matches("...", at: token.lower) {
      let range = Token(
        kind: .range, lower: token.lower, upper: token.lower + 2, touches: token.touches)
      return (.range, range)
    }
    if token.kind == .doublePipe {
      throw fail(.foreignOperator("||", "write `or`", at: span(token)), at: token)
    }
    guard token.kind == .word else { return nil }
    if let sign = binaryOperator(token) { return (sign, token) }
    try rejectForeignOperator(token)
    return nil
  }

  /// The operator that a word is.
  func binaryOperator(_ token: Token) -> BinaryOperator? {
    guard token.kind == .word, token.upper - token.lower <= 8 else { return nil }
    return BinaryOperator(rawValue: text(token))
  }

  private mutating func rejectForeignOperator(_ token: Token) throws(Reported) {
    let text = lexer.text(token.lower, min(token.upper, token.lower + 16))
    if let advice = foreignOperator(text) {
      throw fail(.foreignOperator(text, advice, at: span(token)), at: token)
    }
    try rejectOption(token)
    guard let first = text.utf8.first, "+-*/%?=!<>&^~".utf8.contains(first) else { return }
    let signs = text.prefix { "+-*/%?=!<>&^~".contains($0) }
    throw fail(.operatorNeedsSpace(String(signs), at: span(token)), at: token)
  }

  private mutating func foreignOperator(_ text: String) -> String? {
    switch text {
    case "=": "write `==` to compare; `x = …` at the start of a line changes a variable"
    case "===": "write `==`"
    case "!==", "<>": "write `!=`"
    case "&&", "&": "write `and`"
    case "^", "**": "there is no power operator"
    case "is": "write `==`"
    case "not": "write `not x in […]`"
    case "+=", "-=", "*=", "/=", "++", "--": "write `x = $x + 1`"
    default: nil
    }
  }

  private mutating func expectSpace(behind token: Token, _ sign: BinaryOperator) throws(Reported) {
    guard sign != .range else { return }
    let next = peek()
    guard next.touches, next.kind != .end, next.kind != .line else { return }
    throw fail(.operatorNeedsSpace(sign.rawValue, at: span(token)), at: token)
  }
}
