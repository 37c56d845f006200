import WaggleText
import WaggleValues

/// `if`, `else`; a chain of `else if` is choices in choices.
final class ChoiceNode: ControlNode {
  private let condition: Node
  private let block: Node
  private let otherwise: Node?

  init(_ condition: Node, _ block: Node, otherwise: Node?, _ span: Span) {
    self.condition = condition
    self.block = block
    self.otherwise = otherwise
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    if try condition.test(f) { return try block.run(f) }
    guard let otherwise else { return .on }
    return try otherwise.run(f)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    if try condition.test(f) { return try block.deliver(f, &result) }
    guard let otherwise else { return .on }
    return try otherwise.deliver(f, &result)
  }

  override func finish(_ f: Frame) throws(Raise) -> Value {
    if try condition.test(f) { return try block.finish(f) }
    return try otherwise?.finish(f) ?? .null
  }
}

/// `break` and `continue`.
final class LeaveNode: ControlNode {
  private let flow: Flow

  init(_ flow: Flow, _ span: Span) {
    self.flow = flow
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow { flow }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow { flow }
}

/// `return`.
final class ReturnNode: ControlNode {
  private let node: Node?

  init(_ node: Node?, _ span: Span) {
    self.node = node
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    f.state.pointee.returned = try node?.value(f) ?? .null
    return .giveBack
  }

  override func finish(_ f: Frame) throws(Raise) -> Value { try node?.value(f) ?? .null }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow { try run(f) }
}

/// `fail "…"`.
final class FailNode: Node {
  private let message: Node

  init(_ message: Node, _ span: Span) {
    self.message = message
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let text = try message.value(f)
    try f.admit(printing: text, at: message.span)
    throw Raise(.fail(text.plainText), at: span)
  }
}

/// `assert C, "…"`.
final class AssertNode: Node {
  private let condition: Node
  private let message: Node?

  init(_ condition: Node, message: Node?, _ span: Span) {
    self.condition = condition
    self.message = message
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    if try condition.test(f) { return .null }
    let text = try message?.value(f) ?? .text("")
    try f.admit(printing: text, at: span)
    throw Raise(.assert(text.plainText), at: condition.span)
  }
}

/// `exit N`.
final class ExitNode: Node {
  private let status: Node?

  init(_ status: Node?, _ span: Span) {
    self.status = status
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    guard let status else { throw Raise(.exit(0), at: span) }
    let value = try status.value(f)
    guard case .int(let number) = value, (0...255).contains(number) else {
      throw Raise(.notExitStatus(value), at: status.span)
    }
    throw Raise(.exit(number), at: span)
  }
}
