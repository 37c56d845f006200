import WaggleCatalogue
import WaggleSyntax
import WaggleText
import WaggleValues

/// Counts the changes that a program surely makes if nothing fails, to hold them against `limit`.
///
/// It counts what is certain and nothing else: a branch counts as its smaller side, a loop only
/// where its rounds are known, a `try`, a condition and a `while` not at all.
struct ChangeCount {
  /// How statements may be left, so that what stands behind them is not certain.
  fileprivate struct Exits: OptionSet {
    let rawValue: Int
    static let next = Exits(rawValue: 1)
    static let leave = Exits(rawValue: 2)
    static let back = Exits(rawValue: 4)
    static let end = Exits(rawValue: 8)
  }

  /// What some code surely does.
  fileprivate struct Sure {
    var changes = 0
    var destroys = 0
    var exits: Exits = []

    /// Goes on with what runs behind this, if it surely does.
    mutating func then(_ other: Sure) {
      guard exits.isEmpty else { return }
      changes = changes.addingReportingOverflow(other.changes).partialValue
      destroys = destroys.addingReportingOverflow(other.destroys).partialValue
      exits = other.exits
    }

    func times(_ count: Int) -> Sure {
      let (changes, overflows) = self.changes.multipliedReportingOverflow(by: count)
      let destroys = self.destroys.multipliedReportingOverflow(by: count).partialValue
      return overflows ? self : Sure(changes: changes, destroys: destroys, exits: exits)
    }

    func smaller(_ other: Sure) -> Sure {
      Sure(
        changes: min(changes, other.changes), destroys: min(destroys, other.destroys),
        exits: exits.union(other.exits))
    }
  }

  /// A limit and what is surely done behind it.
  struct Excess {
    let limit: CallLimit
    let allowed: Int
    let sure: Int
    let span: Span
  }

  private let functions: [FunctionEntry]
  /// The calls of operations that surely make one call each.
  private let singleCalls: Set<Span>
  /// The functions that are being looked at.
  private var entered: Set<Int> = []
  /// What is known of functions: one that is called in many places is looked at once.
  private var known: [Int: Sure] = [:]

  /// How deep calls are followed.
  private static let mostCalls = 200

  init(functions: [FunctionEntry], singleCalls: Set<Span>) {
    self.functions = functions
    self.singleCalls = singleCalls
  }

  /// The limits that the rest of the program surely breaks.
  mutating func excesses(in block: CheckedBlock) -> [Excess] {
    var excesses: [Excess] = []
    for (index, statement) in block.statements.enumerated() {
      guard case .limit(let limit, let number, _) = statement.kind,
        case .constant(.int(let allowed)) = number.kind, allowed >= 0
      else { continue }
      let rest = sure(block.statements[(index + 1)...])
      let count = limit == .changes ? rest.changes : rest.destroys
      if count > allowed {
        excesses.append(Excess(limit: limit, allowed: allowed, sure: count, span: number.span))
      }
    }
    return excesses
  }

  private mutating func sure(_ statements: ArraySlice<CheckedStatement>) -> Sure {
    var sure = Sure()
    for statement in statements { sure.then(self.sure(statement)) }
    return sure
  }

  private mutating func sure(_ block: CheckedBlock) -> Sure { sure(block.statements[...]) }

  private mutating func sure(_ statement: CheckedStatement) -> Sure {
    switch statement.kind {
    case .set(_, let value), .setGlobal(_, let value), .value(let value, _),
      .limit(_, let value, _):
      return sure(value)
    case .giveBack(let value): return value.map { sure($0).ending(.back) } ?? Sure(exits: .back)
    case .leave: return Sure(exits: .leave)
    case .next: return Sure(exits: .next)
    case .exit(let value): return value.map { sure($0).ending(.end) } ?? Sure(exits: .end)
    case .fail(let message): return sure(message).ending(.end)
    case .whileLoop(_, let body, _):
      var exits = sure(body).exits
      exits.subtract([.next, .leave])
      return Sure(exits: exits)
    case .later(let body): return sure(body)
    case .assert(let condition, _): return sure(condition)
    }
  }

  private mutating func sure(_ expression: CheckedExpression) -> Sure {
    switch expression.kind {
    case .constant, .local, .global, .environment, .goal: return Sure()
    case .field(let base, _, _, _), .not(let base), .negate(let base), .slice(let base, _, _):
      return sure(base)
    case .index(let base, let index): return sure([base, index])
    case .binary(let left, let sign, let right):
      return sign == .and || sign == .or || sign == .orElse ? sure(left) : sure([left, right])
    case .list(let items): return sure(items.map(\.expression))
    case .record(let entries): return sure(entries.map(\.expression))
    case .text(let parts): return sure(parts)
    case .builtin(let call):
      return sure([call.input].compactMap { $0 } + call.arguments.map(\.expression))
    case .call(let call): return self.call(call)
    case .operation(let call): return operation(call, expression.span)
    case .wait(let wait): return wait.input.map { sure($0) } ?? Sure()
    case .exec(let call):
      return sure(
        [call.input, call.environment, call.program].compactMap { $0 }
          + call.arguments.map(\.expression))
    case .choose, .loop, .attempt, .again, .within, .step: return control(expression)
    }
  }

  private mutating func sure(_ expressions: [CheckedExpression]) -> Sure {
    var sure = Sure()
    for expression in expressions { sure.then(self.sure(expression)) }
    return sure
  }

  private mutating func control(_ expression: CheckedExpression) -> Sure {
    switch expression.kind {
    case .choose(let branches, let otherwise):
      var sure = branches.first.map { self.sure($0.condition) } ?? Sure()
      var least = otherwise.map { self.sure($0) } ?? Sure()
      for branch in branches { least = least.smaller(self.sure(branch.block)) }
      sure.then(least)
      return sure
    case .loop(let loop): return self.loop(loop)
    case .attempt(let body, _, let handler):
      let exits = sure(body).exits.union(handler.map { sure($0).exits } ?? [])
      return Sure(exits: exits)
    case .again(let retry): return sure(retry.body)
    case .within(_, let body, _), .step(_, let body): return sure(body)
    default: return Sure()
    }
  }

  private mutating func loop(_ loop: CheckedLoop) -> Sure {
    var sure = self.sure(loop.over)
    var body = self.sure(loop.body)
    let rounds = loop.over.knownCount ?? 0
    let isWhole = body.exits.isSubset(of: .next)
    body.exits.subtract([.next, .leave])
    sure.then(body.times(isWhole ? rounds : min(rounds, 1)))
    return sure
  }

  private mutating func call(_ call: CheckedCall) -> Sure {
    var sure = self.sure(call.arguments.compactMap { $0 })
    sure.then(self.sure(function: call.function))
    return sure
  }

  /// What a call of a function surely does; nothing, and nothing behind it, where it calls itself
  /// or goes too deep.
  private mutating func sure(function index: Int) -> Sure {
    if let sure = known[index] { return sure }
    guard functions.indices.contains(index), let function = functions[index].checked else {
      return Sure()
    }
    guard entered.count < Self.mostCalls, entered.insert(index).inserted else {
      return Sure(exits: .end)
    }
    defer { entered.remove(index) }
    var sure = self.sure(function.body)
    sure.exits.remove(.back)
    known[index] = sure
    return sure
  }

  private mutating func operation(_ call: CheckedOperation, _ span: Span) -> Sure {
    var sure = self.sure(call.places + call.options.map(\.value))
    guard call.operation.effect != .read else { return sure }
    let count = singleCalls.contains(span) ? 1 : call.places.compactMap(\.knownCount).first ?? 0
    sure.then(
      Sure(changes: count, destroys: call.operation.effect == .destroy ? count : 0))
    return sure
  }
}

extension ChangeCount.Sure {
  fileprivate func ending(_ exit: ChangeCount.Exits) -> ChangeCount.Sure {
    var sure = self
    sure.then(ChangeCount.Sure(exits: exit))
    return sure
  }
}

extension CheckedExpression {
  /// How many elements it has, where that is known: a constant list, a range between numbers.
  fileprivate var knownCount: Int? {
    switch kind {
    case .constant(.list(let list)): return list.elements.count
    case .list(let items):
      let values = items.filter { if case .value = $0 { true } else { false } }
      return values.count == items.count ? items.count : nil
    case .binary(let lower, .range, let upper):
      guard case .constant(.int(let a)) = lower.kind, case .constant(.int(let b)) = upper.kind
      else {
        return nil
      }
      let (count, overflows) = b.subtractingReportingOverflow(a)
      return b < a ? 0 : overflows || count == .max ? nil : count + 1
    default: return nil
    }
  }
}

extension CheckedItem {
  fileprivate var expression: CheckedExpression {
    switch self {
    case .value(let value), .spread(let value): value
    }
  }
}

extension CheckedEntry {
  fileprivate var expression: CheckedExpression {
    switch self {
    case .value(_, let value), .spread(let value): value
    }
  }
}
