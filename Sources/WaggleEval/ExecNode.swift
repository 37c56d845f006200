import WaggleCheck
import WaggleText
import WaggleValues

/// `exec`: a program with its arguments.
final class ExecNode: Node {
  private let program: Node
  private let arguments: [ListNode.Item]
  private let environment: Node?
  private let input: Node?
  private let isTaken: Bool
  private let site: Site

  init(
    _ call: CheckedExec, program: Node, arguments: [ListNode.Item], environment: Node?,
    input: Node?, _ span: Span
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    isTaken = call.isTaken
    site = call.site
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let input = try input.map { (node) throws(Raise) in try text(ofInput: node, f) }
    let variables =
      try environment.map { (node) throws(Raise) in try self.variables(node, f) } ?? []
    let program = try Self.argument(program.value(f), at: program.span)
    var arguments: [String] = []
    for value in try self.arguments.elements(f) {
      arguments.append(try Self.argument(value, at: span))
    }
    let execution = Execution(
      program: program, arguments: arguments, environment: variables, input: input,
      isTaken: isTaken)
    let result = try f.perform(.exec(execution), site: site, at: span)
    guard isTaken else { return .null }
    try f.admit(printing: result, at: span)
    return result
  }

  private func text(ofInput node: Node, _ f: Frame) throws(Raise) -> String {
    let value = try node.value(f)
    switch value {
    case .text(let text): return text
    case .secret: throw Raise(.secretInput, at: node.span)
    default: throw Raise(.wrongInput("exec", wanted: "a text", value), at: node.span)
    }
  }

  /// A value as an argument: what prints as one word does.
  private static func argument(_ value: Value, at span: Span) throws(Raise) -> String {
    switch value {
    case .secret: throw Raise(.secretArgument, at: span)
    case .null, .list, .record, .stream: throw Raise(.notArgument(value), at: span)
    default:
      let text = value.plainText
      guard !text.utf8.contains(0) else {
        throw Raise(.notValid("an argument of a program", "a text without zeros", value), at: span)
      }
      return text
    }
  }

  private func variables(
    _ node: Node, _ f: Frame
  ) throws(Raise) -> [(name: String, value: String)] {
    let value = try node.value(f)
    guard case .record(let record) = value else {
      throw Raise(.notValid("`--env`", "a record", value), at: node.span)
    }
    var variables: [(name: String, value: String)] = []
    for (name, value) in record {
      guard Self.isName(name) else { throw Raise(.notVariableName(name), at: node.span) }
      guard let text = value.asText.revealedText, ![.null, .list, .record].contains(value.kind),
        !text.utf8.contains(0)
      else { throw Raise(.notVariable(name, value), at: node.span) }
      variables.append((name, text))
    }
    return variables
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }
  }
}
