import WaggleCatalogue
import WaggleCheck
import WaggleSyntax
import WaggleText
import WaggleValues

/// Makes nodes of a checked program: everything that can be decided before the run is decided here.
struct Compiler {
  let program: CheckedProgram
  let functions: [FunctionCode]
  /// How many slots the frame has whose code is compiled.
  var frameSize: Int
  /// Whether the code is that of a function.
  var isInFunction = false
  let effects: ChangeAnalysis

  init(_ program: CheckedProgram) {
    self.program = program
    frameSize = program.frameSize
    effects = ChangeAnalysis(program)
    functions = program.functions.map { function in
      FunctionCode(
        name: function.name, frameSize: function.frameSize,
        formals: function.formals.map {
          FunctionCode.Formal(name: $0.name, type: $0.type, preset: nil, isRest: $0.isRest)
        },
        body: NothingNode(function.span))
    }
  }

  /// Compiles the program, its functions first.
  func compile() -> Code {
    for (function, code) in zip(program.functions, functions) {
      var inner = self
      inner.frameSize = function.frameSize
      inner.isInFunction = true
      code.formals = function.formals.map {
        FunctionCode.Formal(
          name: $0.name, type: $0.type, preset: $0.preset.map(inner.node), isRest: $0.isRest)
      }
      code.body = inner.block(function.body)
    }
    let parameters = program.parameters.map {
      Code.Parameter(
        name: $0.name, type: $0.type, preset: $0.preset.map(node), slot: $0.slot, span: $0.span)
    }
    return Code(parameters: parameters, main: block(program.main))
  }

  /// Whether evaluating an expression leaves what an assignment changes as it is.
  func keeps(_ target: Target, _ expression: CheckedExpression) -> Bool {
    effects.keeps(target, expression, isInFunction: isInFunction)
  }
}

/// Blocks and statements.
extension Compiler {
  /// Compiles a block.
  func block(_ block: CheckedBlock) -> Node {
    let nodes = block.statements.map(statement)
    let body = sequence(nodes[...], block.span)
    return block.hasDefer && !block.isFence ? ScopeNode(body, block.span) : body
  }

  /// Puts statements in a row, as a tree that is no deeper than it must be.
  private func sequence(_ nodes: ArraySlice<Node>, _ span: Span) -> Node {
    let start = nodes.startIndex
    switch nodes.count {
    case 0: return NothingNode(span)
    case 1: return nodes[start]
    case 2: return PairNode(nodes[start], nodes[start + 1], span)
    case 3: return TripleNode(nodes[start], nodes[start + 1], nodes[start + 2], span)
    default:
      let middle = start + nodes.count / 2
      return PairNode(
        sequence(nodes[..<middle], span), sequence(nodes[middle...], span), span)
    }
  }

  private func statement(_ statement: CheckedStatement) -> Node {
    let span = statement.span
    switch statement.kind {
    case .set(let slot, let expression): return assignment(.local(slot), expression, span)
    case .setGlobal(let slot, let expression): return assignment(.global(slot), expression, span)
    case .giveBack(let expression): return ReturnNode(expression.map(node), span)
    case .leave: return LeaveNode(.leave, span)
    case .next: return LeaveNode(.next, span)
    case .exit(let status): return ExitNode(status.map(node), span)
    case .fail(let message): return FailNode(node(message), span)
    case .whileLoop(let condition, let body, let counter):
      return WhileNode(node(condition), block(body), counter: counter, span)
    case .later(let body): return LaterNode(block(body), span)
    case .assert(let condition, let message):
      return AssertNode(node(condition), message: message.map(node), span)
    case .limit(let limit, let number, let site):
      return LimitNode(limit, node(number), site: site, span)
    case .value(let expression, let shown):
      guard let shown else { return node(expression) }
      return ShowNode(
        node(expression), isFollowed: expression.isFollowed, site: shown, span)
    }
  }

  /// Compiles an assignment, in place where the new value begins with the old one.
  private func assignment(
    _ target: Target, _ expression: CheckedExpression, _ span: Span
  ) -> Node {
    switch expression.kind {
    case .binary(let left, .plus, let right) where target.isRead(by: left) && keeps(target, right):
      if case .list(let items) = right.kind, items.count == 1, case .value(let item) = items[0] {
        return AppendNode(target, node(item), expression.span)
      }
      return AddToNode(target, node(right), expression.span)
    case .text(let parts):
      guard let first = parts.first, target.isRead(by: first),
        parts.dropFirst().allSatisfy({ keeps(target, $0) })
      else { break }
      let tail = parts.dropFirst().map(node)
      return ExtendTextNode(target, tail, whole: node(expression), expression.span)
    default: break
    }
    if case .local(let slot) = target { return SetLocalNode(slot, node(expression), span) }
    return SetNode(target, node(expression), span)
  }
}

extension Target {
  /// Whether an expression is the variable itself.
  func isRead(by expression: CheckedExpression) -> Bool {
    switch (self, expression.kind) {
    case (.local(let slot), .local(let read)): slot == read
    case (.global(let slot), .global(let read)): slot == read
    default: false
    }
  }
}
