import WaggleSyntax
import WaggleText
import WaggleValues

extension Checker {
  /// Checks `not x` and `-x`.
  func unary(_ sign: UnaryOperator, _ operand: Expression, _ span: Span) -> Typed {
    if sign == .not {
      let value = condition(operand, of: "not")
      return Typed(.not(value.expression), .bool, span)
    }
    switch operand.kind {
    case .number(let text) where !text.hasPrefix("-"):
      return literal(Expression(.number("-" + text), span), .operand)
    case .duration(let text) where !text.hasPrefix("-"):
      return literal(Expression(.duration("-" + text), span), .operand)
    default: break
    }
    let value = check(operand)
    switch value.schema.family {
    case nil, .number, .duration: return Typed(.negate(value.expression), value.schema, span)
    default:
      report(.cannotNegate(value.schema, span))
      return .broken(span)
    }
  }

  /// Checks an operator with two operands.
  func binary(
    _ left: Expression, _ sign: BinaryOperator, _ spot: Span, _ right: Expression, _ span: Span
  ) -> Typed {
    switch sign {
    case .and, .or:
      let a = condition(left, of: sign.rawValue)
      let b = condition(right, of: sign.rawValue)
      return Typed(.binary(a.expression, sign, b.expression), .bool, span)
    case .orElse:
      let a = check(left)
      let b = check(right, .right(.any))
      return Typed(
        .binary(a.expression, sign, b.expression), a.schema.joined(with: b.schema), span)
    case .range:
      let a = expect(check(left), .int, as: "a bound of `..`")
      let b = expect(check(right, .value), .int, as: "a bound of `..`")
      return Typed(.binary(a.expression, sign, b.expression), .list(.int), span)
    case .plus, .minus, .times, .divide, .floorDivide, .remainder:
      let a = check(left)
      let b = check(right, .value)
      guard let schema = arithmetic(a.schema, sign, b.schema) else {
        report(.cannotCompute(sign.rawValue, a.schema, b.schema, spot))
        return .broken(span)
      }
      return Typed(.binary(a.expression, sign, b.expression), schema, span)
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .matchesNot,
      .isIn, .contains:
      return comparison(left, sign, spot, right, span)
    }
  }

  /// What an operator gives; nil for operands that it does not take.
  private func arithmetic(_ a: Schema, _ sign: BinaryOperator, _ b: Schema) -> Schema? {
    guard let left = a.family, let right = b.family else { return .any }
    switch (left, sign, right) {
    case (.number, _, .number): return numeric(a, sign, b)
    case (.text, .plus, .text): return .text
    case (.text, .plus, .secret), (.secret, .plus, .text), (.secret, .plus, .secret):
      return .secret
    case (.list, .plus, .list): return .list(a.element.joined(with: b.element))
    case (.record, .plus, .record): return .record(nil)
    case (.duration, .plus, .duration), (.duration, .minus, .duration),
      (.duration, .times, .number), (.number, .times, .duration), (.duration, .divide, .number),
      (.duration, .floorDivide, .number), (.duration, .remainder, .duration):
      return .duration
    case (.duration, .divide, .duration): return .number
    case (.duration, .floorDivide, .duration): return .int
    case (.time, .minus, .time): return .duration
    case (.time, .plus, .duration), (.time, .minus, .duration), (.duration, .plus, .time):
      return .time
    default: return nil
    }
  }

  private func numeric(_ a: Schema, _ sign: BinaryOperator, _ b: Schema) -> Schema {
    switch (a, b) {
    case (.int, .int): sign == .divide ? .number : .int
    case (.float, _), (_, .float): .float
    default: .number
    }
  }

  private func comparison(
    _ left: Expression, _ sign: BinaryOperator, _ spot: Span, _ right: Expression, _ span: Span
  ) -> Typed {
    var a = check(left)
    let b = check(right, .right(wanted(beside: a.schema, sign)))
    if left.isLiteral, b.schema.wantsSpelling || (sign == .isIn && b.schema.element.wantsSpelling) {
      a = check(left, .right(sign == .isIn ? b.schema.element : b.schema))
    }
    guard mayCompare(a.schema, sign, b.schema) else {
      report(.cannotCompare(sign.rawValue, a.schema, b.schema, spot, left: a.span, right: b.span))
      return .broken(span)
    }
    return Typed(.binary(a.expression, sign, b.expression), .bool, span)
  }

  /// What the right side of a comparison is wanted to be.
  private func wanted(beside left: Schema, _ sign: BinaryOperator) -> Schema {
    switch sign {
    case .isIn: .list(left)
    case .contains: left.isList ? left.element : left
    case .matches, .matchesNot: .text
    default: left
    }
  }

  /// False only where values of both can surely not be compared.
  private func mayCompare(_ a: Schema, _ sign: BinaryOperator, _ b: Schema) -> Bool {
    guard let left = a.family, let right = b.family, left != .null, right != .null else {
      return true
    }
    if left == .stream || right == .stream { return false }
    switch sign {
    case .isIn: return right == .list ? a.mayBe(b.element) : isAlike(left, right) && left == .text
    case .contains: return left == .list ? b.mayBe(a.element) : left == .text && right == .text
    case .matches, .matchesNot: return left == .text && right == .text
    case .equal, .unequal: return isAlike(left, right)
    default: return isAlike(left, right) && left != .bool && left != .list && left != .record
    }
  }

  private func isAlike(_ a: Family, _ b: Family) -> Bool {
    switch (a, b) {
    case (.time, .text), (.text, .time), (.secret, .text), (.text, .secret): true
    default: a == b
    }
  }
}

extension Expression {
  /// Whether this is a literal whose spelling may be wanted.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .number, .duration, .bool: true
    case .text(_, quoted: true): true
    default: false
    }
  }
}
