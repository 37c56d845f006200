import WaggleSyntax
import WaggleText
import WaggleValues

/// Where an expression stands, which decides what its words are.
enum Use {
  /// A lone or left operand: a word is a field of the subject; without one it is an error.
  case operand
  /// The right operand of an operator that calculates, an index: a word is an error.
  case value
  /// The right side of a comparison, a list item, a record value: a word is text.
  case right(Schema)
  /// An argument: a word is text, also where the subject has such a field.
  case argument(Schema)

  /// What is wanted here.
  var schema: Schema {
    switch self {
    case .operand, .value: .any
    case .right(let schema), .argument(let schema): schema
    }
  }

  /// The same for an item of a list, or a value of a record, that stands here.
  func inside(_ schema: Schema) -> Use {
    if case .argument = self { .argument(schema) } else { .right(schema) }
  }
}

extension Checker {
  /// Checks an expression where it stands.
  func check(_ expression: Expression, _ use: Use = .operand) -> Typed {
    let span = expression.span
    switch expression.kind {
    case .null, .bool, .number, .duration: return literal(expression, use)
    case .word(let word): return self.word(word, span, use)
    case .text(let pieces, let quoted): return text(pieces, quoted: quoted, span, use)
    case .variable(let name): return variable(name)
    case .subject:
      guard let subject = subjects.last else {
        report(.noSubject(span))
        return .broken(span)
      }
      looks += 1
      return Typed(.local(subject.slot), subject.schema, span)
    case .field(let base, let name, let optional):
      return field(base, name, optional: optional, span)
    case .index(let base, let index): return self.index(base, index, span)
    case .slice(let base, let lower, let upper): return slice(base, lower, upper, span)
    case .list(let items): return list(items, span, use)
    case .record(let entries): return record(entries, span, use)
    case .group(let body):
      var value = self.body(body, taken: .yes)
      value.expression = CheckedExpression(value.expression.kind, span)
      return value
    case .unary(let sign, let operand): return unary(sign, operand, span)
    case .binary(let left, let sign, let spot, let right):
      return binary(left, sign, spot, right, span)
    case .broken: return .broken(span)
    }
  }

  /// Checks an argument that must be of a schema.
  func wanted(_ expression: Expression, _ schema: Schema, as what: String) -> Typed {
    expect(check(expression, .argument(schema)), schema, as: what)
  }

  /// Checks a number or a duration that must be more than nothing.
  func positive(_ expression: Expression, _ schema: Schema, as what: String) -> Typed {
    let value = wanted(expression, schema, as: what)
    switch value.constant {
    case .int(let number)? where number < 1:
      report(.outOfLimits(what, "at least 1", .int(number), value.span))
    case .duration(let duration)? where duration.nanoseconds <= 0:
      report(.outOfLimits(what, "more than 0s", .duration(duration), value.span))
    default: break
    }
    return value
  }

  /// Checks a number or a duration that must not be less than nothing.
  func notNegative(_ expression: Expression, _ schema: Schema, as what: String) -> Typed {
    let value = wanted(expression, schema, as: what)
    switch value.constant {
    case .int(let number)? where number < 0:
      report(.outOfLimits(what, "at least 0", .int(number), value.span))
    case .float(let number)? where number < 0:
      report(.outOfLimits(what, "at least 0", .float(number), value.span))
    case .duration(let duration)? where duration.nanoseconds < 0:
      report(.outOfLimits(what, "at least 0s", .duration(duration), value.span))
    default: break
    }
    return value
  }

  /// Reports a value that cannot be what is wanted; gives it back, known to be that.
  func expect(_ value: Typed, _ schema: Schema, as what: String) -> Typed {
    guard !value.schema.mayBe(schema) else { return value }
    report(.wrongType(what, wants: schema, has: value.schema, value.constant, value.span))
    return .broken(value.span)
  }

  /// Checks an expression that decides something: a bool or null.
  func condition(_ expression: Expression, of what: String) -> Typed {
    let value = goal(expression) ?? check(expression)
    return decides(value, what)
  }

  /// Reports what is no condition: there is no truthiness.
  func decides(_ value: Typed, _ what: String) -> Typed {
    switch value.schema.family {
    case nil, .bool, .null: return value
    default:
      report(.notACondition(what, value.schema, value.span))
      return .broken(value.span)
    }
  }

  private func variable(_ name: Name) -> Typed {
    let span = name.span
    probe(name.text, .variable(variableNames))
    if name.text == "env" {
      report(.environmentAlone(span))
      return .broken(span)
    }
    if name.text == "_" { return lastResult(span) }
    guard let (variable, isGlobal) = find(name.text) else {
      if lacksNames { return .broken(span) }
      report(
        .unknownVariable(
          name, suggestion: NearestName.of(name.text, among: variableNames),
          minus: differenceMeant(by: name)))
      return .broken(span)
    }
    variable.isRead = true
    if isGlobal {
      function?.reads.append(variable)
      return Typed(.global(variable.slot), variable.schema, span)
    }
    return Typed(.local(variable.slot), variable.schema, span)
  }

  /// For `$n-1` where there is an `$n`: `n` and `1`.
  private func differenceMeant(by name: Name) -> (String, String)? {
    let parts = name.text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, find(String(parts[0])) != nil else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  /// `$_`: the last result, at the prompt.
  func lastResult(_ span: Span, isPipe: Bool = false) -> Typed {
    guard let session, session.hadResult else {
      report(.noLastResult(span, isPrompt: session != nil))
      return .broken(span)
    }
    resultUses.append(Session.ResultUse(span: span, isPipe: isPipe))
    let isInFunction = frame !== main
    return Typed(
      isInFunction ? .global(Session.lastResult) : .local(Session.lastResult),
      isInFunction ? .any : session.resultSchema, span)
  }

  private func text(_ pieces: [TextPiece], quoted: Bool, _ span: Span, _ use: Use) -> Typed {
    if pieces.isEmpty { return spelled("", span, use, isWord: false) }
    if pieces.count == 1, case .literal(let text) = pieces.first {
      return spelled(text, span, use, isWord: false)
    }
    var schema = Schema.text
    let parts = pieces.map { piece -> CheckedExpression in
      switch piece {
      case .literal(let text): return CheckedExpression(.constant(.text(text)), span)
      case .fill(let expression):
        let value = check(expression)
        if case .secret = value.schema { schema = .secret }
        return value.expression
      }
    }
    return Typed(.text(parts), schema, span)
  }

  private func list(_ items: [ListItem], _ span: Span, _ use: Use) -> Typed {
    var element: Schema?
    let wanted = use.schema.element
    let checked = items.map { item -> CheckedItem in
      switch item {
      case .value(let expression):
        let value = check(expression, use.inside(wanted))
        element = element?.joined(with: value.schema) ?? value.schema
        return .value(value.expression)
      case .spread(let expression):
        let value = expect(check(expression), .list(.any), as: "`...` in a list")
        element = element?.joined(with: value.schema.element) ?? value.schema.element
        return .spread(value.expression)
      }
    }
    return folded(list: checked, .list(element ?? .any), span)
  }

  /// A list of constants is a constant.
  private func folded(list items: [CheckedItem], _ schema: Schema, _ span: Span) -> Typed {
    var values: [Value] = []
    for item in items {
      guard case .value(let expression) = item, case .constant(let value) = expression.kind,
        !value.kind.isNested
      else { return Typed(.list(items), schema, span) }
      values.append(value)
    }
    guard let list = try? List(values) else { return Typed(.list(items), schema, span) }
    return Typed(.constant(.list(list)), schema, span)
  }

  private func record(_ entries: [RecordEntry], _ span: Span, _ use: Use) -> Typed {
    var fields: [(name: String, schema: Schema)]? = []
    var seen: [String: Span] = [:]
    let checked = entries.map { entry -> CheckedEntry in
      switch entry {
      case .value(let name, let expression):
        if let first = seen.updateValue(name.span, forKey: name.text) {
          report(.secondKey(name, first: first))
        }
        let value = check(expression, use.inside(use.schema.known(name.text)))
        fields?.append((name.text, value.schema))
        return .value(name.text, value.expression)
      case .spread(let expression):
        let value = expect(check(expression), .record(nil), as: "`...` in a record")
        fields = nil
        return .spread(value.expression)
      }
    }
    return Typed(.record(checked), .record(fields), span)
  }
}

extension Expression {
  /// Whether it could not be read, which was reported.
  var isBroken: Bool { if case .broken = kind { true } else { false } }
}

extension Kind {
  /// Whether values of this kind hold others, whose depth the run must bound.
  fileprivate var isNested: Bool { self == .list || self == .record }
}

extension Schema {
  /// What is known of a field, without asking whether it exists.
  func known(_ name: String) -> Schema {
    switch self {
    case .typed(let type): type.field(name)?.schema ?? .any
    case .record(let fields): fields?.first { $0.name == name }?.schema ?? .any
    default: .any
    }
  }

  /// What is known of each field of a record.
  var anyField: Schema {
    guard case .record(let fields?) = self, let first = fields.first else { return .any }
    return fields.dropFirst().reduce(first.schema) { $0.joined(with: $1.schema) }
  }
}
