import WaggleCheck
import WaggleFormats
import WaggleText
import WaggleValues

/// Built-in commands.
extension Compiler {
  func builtin(_ builtin: CheckedBuiltin, _ span: Span) -> Node {
    let input = builtin.input.map(node) ?? ConstantNode(.null, span)
    return listed(builtin, input, lens(builtin), span) ?? outside(builtin, input, span)
      ?? plain(builtin, input, span)
  }

  private func lens(_ builtin: CheckedBuiltin) -> Lens? {
    guard let condition = builtin.condition, let subject = builtin.subject else { return nil }
    let isPure = builtin.counter == nil && effects.isPure(condition)
    return Lens(node: node(condition), subject: subject, counter: builtin.counter, isPure: isPure)
  }

  /// Commands that walk a list.
  private func listed(
    _ builtin: CheckedBuiltin, _ input: Node, _ lens: Lens?, _ span: Span
  ) -> Node? {
    let first = builtin.arguments.first.map { node($0.expression) }
    switch builtin.builtin {
    case .where: return lens.map { WhereNode(input, $0, span) } ?? input
    case .map: return lens.map { MapNode(input, $0, span) } ?? input
    case .find: return lens.map { FindNode(input, $0, span) } ?? input
    case .all: return lens.map { QuantifierNode(input, $0, isAll: true, span) } ?? input
    case .any: return lens.map { QuantifierNode(input, $0, isAll: false, span) } ?? input
    case .select:
      return SelectNode(input, names: builtin.arguments.map { node($0.expression) }, span)
    case .sort: return SortNode(input, lens, isDescending: builtin.isDescending, span)
    case .first: return EndNode(input, number: first, isLast: false, span)
    case .last: return EndNode(input, number: first, isLast: true, span)
    case .count: return CountNode(input, lens, span)
    case .sum: return SumNode(input, lens, span)
    case .avg: return AverageNode(input, lens, span)
    case .min: return ExtremeNode(input, lens, isGreatest: false, span)
    case .max: return ExtremeNode(input, lens, isGreatest: true, span)
    case .unique: return UniqueNode(input, lens, span)
    case .group: return GroupNode(input, lens, span)
    case .join: return JoinNode(input, separator: first, span)
    case .match: return CaptureNode(input, first ?? ConstantNode(.null, span), span)
    default: return nil
    }
  }

  /// Commands that are effects, or show and hide.
  private func outside(_ builtin: CheckedBuiltin, _ input: Node, _ span: Span) -> Node? {
    switch builtin.builtin {
    case .fromJSON: FromFormatNode(.json, input, span)
    case .fromNDJSON: FromFormatNode(.ndjson, input, span)
    case .fromCSV: FromFormatNode(.csv, input, span)
    case .fromYAML: FromFormatNode(.yaml, input, span)
    case .toJSON: ToFormatNode(.json, input, span)
    case .toNDJSON: ToFormatNode(.ndjson, input, span)
    case .toCSV: ToFormatNode(.csv, input, span)
    case .toYAML: ToFormatNode(.yaml, input, span)
    case .toTable: ToTableNode(input, span)
    case .secret: SecretNode(input, span)
    case .reveal: RevealNode(input, span)
    case .read: ReadFileNode(input, site: builtin.site, span)
    case .write:
      WriteFileNode(input, path: argument(0, of: builtin, span), site: builtin.site, span)
    case .table: TableNode(input, site: builtin.site, span)
    case .ask:
      AskNode(
        name: argument(0, of: builtin, span), question: argument(1, of: builtin, span),
        site: builtin.site, span)
    case .confirm: ConfirmNode(input, site: builtin.site, span)
    case .now: NowNode(site: builtin.site, span)
    case .age: AgeNode(input, site: builtin.site, span)
    case .sleep: SleepNode(input, site: builtin.site, span)
    case .print, .log:
      WriteNode(
        items(builtin.arguments), isLog: builtin.builtin == .log, site: builtin.site, span)
    default: nil
    }
  }

  private func argument(_ position: Int, of builtin: CheckedBuiltin, _ span: Span) -> Node {
    builtin.arguments.indices.contains(position)
      ? node(builtin.arguments[position].expression) : ConstantNode(.null, span)
  }

  /// Compiles the run of a program.
  func exec(_ call: CheckedExec, _ span: Span) -> Node {
    ExecNode(
      call, program: node(call.program), arguments: items(call.arguments),
      environment: call.environment.map(node), input: call.input.map(node), span)
  }

  /// Commands that make a value of values.
  private func plain(_ builtin: CheckedBuiltin, _ input: Node, _ span: Span) -> Node {
    PlainNode(
      builtin.builtin.rawValue, input, items(builtin.arguments), span,
      work: work(of: builtin.builtin))
  }

  private func work(of builtin: Builtin) -> PlainNode.Work {
    switch builtin {
    case .reverse: { call throws(Raise) in try call.reversed() }
    case .flatten: { call throws(Raise) in try call.flattened() }
    case .chunk: { call throws(Raise) in try call.chunks() }
    case .keys: { call throws(Raise) in try call.keys() }
    case .values: { call throws(Raise) in try call.values() }
    case .get: { call throws(Raise) in try call.found() }
    case .split: { call throws(Raise) in try call.split() }
    case .lines: { call throws(Raise) in try call.lines() }
    case .trim: { call throws(Raise) in try call.trimmed() }
    case .upper: { call throws(Raise) in call.made(try call.text().uppercased()) }
    case .lower: { call throws(Raise) in call.made(try call.text().lowercased()) }
    case .replace: { call throws(Raise) in try call.replaced() }
    case .format: { call throws(Raise) in try call.formatted() }
    case .int: { call throws(Raise) in try call.int() }
    case .float: { call throws(Raise) in try call.float() }
    case .duration: { call throws(Raise) in try call.duration() }
    case .time: { call throws(Raise) in try call.time() }
    default:
      { call throws(Raise) in
        try call.frame.admit(printing: call.input, at: call.node.span)
        return call.input.asText
      }
    }
  }
}
