import WaggleSyntax
import WaggleValues

/// Finds conditions about a subject that can never come true, such as
/// `status == running and status == stopped`.
///
/// Every combination of what the fields with known values may hold is tried: each known value, each
/// text that the condition compares the field with, something else, and null. What is not such a
/// comparison may be true or false. So what is called impossible is impossible, and much that is
/// impossible is not found.
struct ConditionJudge {
  /// The subject's slot, and what is known of it.
  private let slot: Slot
  private let schema: Schema
  /// What the fields of the subject hold.
  private var world: [String: Value] = [:]

  /// The most combinations that are tried.
  private static let most = 256
  /// What stands for all values that are not known; no text of the API holds a NUL.
  private static let other = Value.text("\u{0}")

  init(slot: Slot, schema: Schema) {
    self.slot = slot
    self.schema = schema
  }

  /// What a condition may turn out to be; null counts as false.
  private struct Outcomes: OptionSet {
    let rawValue: Int
    static let yes = Outcomes(rawValue: 1)
    static let no = Outcomes(rawValue: 2)
    static let unknown: Outcomes = [.yes, .no]

    init(rawValue: Int) { self.rawValue = rawValue }
    init(_ value: Bool) { self = value ? .yes : .no }

    var flipped: Outcomes {
      let no: Outcomes = contains(.yes) ? .no : []
      return contains(.no) ? no.union(.yes) : no
    }
  }

  /// Whether a condition can come true, as far as can be seen.
  mutating func canComeTrue(_ condition: CheckedExpression) -> Bool {
    canComeTrue(condition, when: nil)
  }

  /// The ends that a condition passes over although it is about ends: it names two of them or more
  /// and comes true there, but neither it nor what makes the wait fail says anything of these.
  mutating func endsLeftOut(
    _ ends: [String], of field: String, by condition: CheckedExpression,
    failIf: CheckedExpression?
  ) -> [String] {
    let named = constants(comparedWith: field, in: condition)
    let met = ends.filter { end in
      named.contains { $0.isSame(as: .text(end)) } && canComeTrue(condition, when: (field, end))
    }
    guard met.count > 1 else { return [] }
    return ends.filter { end in
      !named.contains { $0.isSame(as: .text(end)) } && !canComeTrue(condition, when: (field, end))
        && !(failIf.map { canComeTrue($0, when: (field, end)) } ?? false)
    }
  }

  /// Whether a condition can come true, with one field at a value or with all at any.
  private mutating func canComeTrue(
    _ condition: CheckedExpression, when fixed: (field: String, value: String)?
  ) -> Bool {
    var fields: [(name: String, values: [Value])] = []
    collect(condition, into: &fields)
    if let fixed {
      fields.removeAll { $0.name == fixed.field }
      world[fixed.field] = .text(fixed.value)
    }
    defer { world = [:] }
    var combinations = 1
    for field in fields where combinations <= Self.most { combinations *= field.values.count + 2 }
    guard combinations <= Self.most else { return true }
    return tries(condition, fields[...])
  }

  private mutating func tries(
    _ condition: CheckedExpression, _ fields: ArraySlice<(name: String, values: [Value])>
  ) -> Bool {
    guard let field = fields.first else { return outcomes(condition).contains(.yes) }
    for value in field.values + [Self.other, .null] {
      world[field.name] = value
      if tries(condition, fields.dropFirst()) { return true }
    }
    return false
  }

  // MARK: The fields

  /// Notes the fields with known values, and the texts that they are compared with.
  private func collect(
    _ expression: CheckedExpression, into fields: inout [(name: String, values: [Value])]
  ) {
    switch expression.kind {
    case .not(let operand): collect(operand, into: &fields)
    case .binary(let left, let sign, let right):
      for (field, other) in [(left, right), (right, left)] {
        guard sign != .and, sign != .or, let name = fieldName(field),
          case .choice(let known, _) = schema.known(name)
        else { continue }
        note(name, known.map { .text($0) } + other.constants, in: &fields)
      }
      collect(left, into: &fields)
      collect(right, into: &fields)
    default: break
    }
  }

  /// The constants that a field is held against.
  private func constants(
    comparedWith field: String, in expression: CheckedExpression
  ) -> [Value] {
    switch expression.kind {
    case .not(let operand): return constants(comparedWith: field, in: operand)
    case .binary(let left, let sign, let right) where sign == .and || sign == .or:
      return [left, right].flatMap { constants(comparedWith: field, in: $0) }
    case .binary(let left, _, let right):
      return (fieldName(left) == field ? right.constants : [])
        + (fieldName(right) == field ? left.constants : [])
    default: return []
    }
  }

  private func note(
    _ name: String, _ values: [Value], in fields: inout [(name: String, values: [Value])]
  ) {
    let place = fields.firstIndex { $0.name == name } ?? fields.count
    if place == fields.count { fields.append((name, [])) }
    guard fields[place].values.count <= Self.most else { return }
    for value in values.prefix(Self.most + 1)
    where !value.isNull && !fields[place].values.contains(where: { $0.isSame(as: value) }) {
      fields[place].values.append(value)
    }
  }

  private func fieldName(_ expression: CheckedExpression) -> String? {
    guard case .field(let base, let name, _, _) = expression.kind, case .local(slot) = base.kind
    else { return nil }
    return name
  }

  // MARK: The condition

  private func outcomes(_ expression: CheckedExpression) -> Outcomes {
    switch expression.kind {
    case .constant(.bool(let value)): return Outcomes(value)
    case .constant(.null): return .no
    case .not(let operand): return outcomes(operand).flipped
    case .binary(let left, .and, let right):
      let (a, b) = (outcomes(left), outcomes(right))
      return a.intersection(b).intersection(.yes).union(a.union(b).intersection(.no))
    case .binary(let left, .or, let right):
      let (a, b) = (outcomes(left), outcomes(right))
      return a.union(b).intersection(.yes).union(a.intersection(b).intersection(.no))
    case .binary(let left, let sign, let right): return comparison(left, sign, right)
    default: return .unknown
    }
  }

  private func comparison(
    _ left: CheckedExpression, _ sign: BinaryOperator, _ right: CheckedExpression
  ) -> Outcomes {
    guard let a = value(of: left) else { return .unknown }
    if sign == .isIn {
      guard case .constant(.list(let list)) = right.kind else { return .unknown }
      return Outcomes(list.elements.contains { $0.isSame(as: a) })
    }
    guard let b = value(of: right), sign == .equal || sign == .unequal else { return .unknown }
    // Two values that are not known may be the same or not.
    if a.isSame(as: Self.other), b.isSame(as: Self.other) { return .unknown }
    return Outcomes((a.isSame(as: b)) == (sign == .equal))
  }

  /// The value of a constant text or null, or of a field in the world at hand.
  private func value(of expression: CheckedExpression) -> Value? {
    switch expression.kind {
    case .constant(.text(let text)): .text(text)
    case .constant(.null): .null
    default: fieldName(expression).flatMap { world[$0] }
    }
  }
}

extension Value {
  /// Whether both are null, or the same text.
  fileprivate func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.text(let one), .text(let other)): one == other
    default: false
    }
  }
}

extension CheckedExpression {
  /// A constant, or those in a constant list.
  fileprivate var constants: [Value] {
    switch kind {
    case .constant(.list(let list)): list.elements
    case .constant(let value): [value]
    default: []
    }
  }
}
