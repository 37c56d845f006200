import WaggleText
import WaggleValues

/// Which variables an assignment changes: the frame's, or the top-level ones from inside a function.
enum Target {
  case local(Int)
  case global(Int)

  @inline(__always)
  func address(_ f: Frame) -> UnsafeMutablePointer<Value> {
    switch self {
    case .local(let slot): f.slots + slot
    case .global(let slot): f.state.pointee.globals + slot
    }
  }
}

/// `let x = …`, `x = …`.
final class SetNode: StatementNode {
  private let target: Target
  private let node: Node

  init(_ target: Target, _ node: Node, _ span: Span) {
    self.target = target
    self.node = node
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    target.address(f).pointee = try node.value(f)
    return .on
  }
}

/// `let x = …` of a frame's variable, the usual case.
final class SetLocalNode: StatementNode {
  private let slot: Int
  private let node: Node

  init(_ slot: Int, _ node: Node, _ span: Span) {
    self.slot = slot
    self.node = node
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    f.set(slot, to: try node.value(f))
    return .on
  }
}

/// `x = $x + …` in place: the value is moved out of the variable, added to and put back.
///
/// The right side is evaluated first; the compiler has seen that it cannot change the variable.
final class AddToNode: StatementNode {
  private let target: Target
  private let node: Node

  init(_ target: Target, _ node: Node, _ span: Span) {
    self.target = target
    self.node = node
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    let value = try node.value(f)
    let slot = target.address(f)
    if case .int(let x) = slot.pointee, case .int(let y) = value {
      let (sum, overflows) = x.addingReportingOverflow(y)
      if !overflows {
        slot.initialize(to: .int(sum))
        return .on
      }
    }
    try admit(slot.pointee, value, f)
    do throws(ValueError) {
      try Value.add(into: &slot.pointee, value)
    } catch {
      throw Raise(.value(error), at: node.span)
    }
    return .on
  }
}

extension AddToNode {
  /// Asks for the memory of a sum that is made in place.
  @inline(never)
  private func admit(_ whole: Value, _ more: Value, _ f: Frame) throws(Raise) {
    switch (whole, more) {
    case (.list(let x), .list(let y)):
      try f.burn(y.count, at: span)
      let size = MemoryLayout<Value>.stride
      try f.admit(growing: x.count, by: y.count, size: size, at: span)
    default:
      guard let x = whole.revealedText?.utf8.count, let y = more.revealedText?.utf8.count else {
        return
      }
      try f.burn(y >> 6, at: span)
      try f.admit(growing: x, by: y, size: 1, at: span)
    }
  }
}

/// `x = $x + [e]` in place.
final class AppendNode: StatementNode {
  private let target: Target
  private let element: Node

  init(_ target: Target, _ element: Node, _ span: Span) {
    self.target = target
    self.element = element
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    let value = try element.value(f)
    let slot = target.address(f)
    guard case .list = slot.pointee else {
      try refuse(slot.pointee, value)
      return .on
    }
    let taken = slot.move()
    slot.initialize(to: .null)
    guard case .list(var list) = consume taken else { return .on }
    defer { slot.initialize(to: .list(list)) }
    try f.admit(growing: list.count, by: 1, size: MemoryLayout<Value>.stride, at: span)
    do throws(ValueError) { try list.append(value) } catch { throw Raise(.value(error), at: span) }
    return .on
  }

  /// Says what `+` says of something that is no list, and a list.
  private func refuse(_ whole: Value, _ element: Value) throws(Raise) {
    _ = try attempt(at: span) { () throws(ValueError) in
      try Value.add(whole, .list(List([element])))
    }
  }
}

/// `x = "$x…"` in place.
final class ExtendTextNode: StatementNode {
  private let target: Target
  private let parts: [Node]
  /// What makes the text where the variable holds no text.
  private let whole: Node

  init(_ target: Target, _ parts: [Node], whole: Node, _ span: Span) {
    self.target = target
    self.parts = parts
    self.whole = whole
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    let slot = target.address(f)
    guard case .text = slot.pointee else {
      slot.pointee = try whole.value(f)
      return .on
    }
    var builder = TextBuilder()
    for part in parts {
      let value = try part.value(f)
      try f.admit(printing: value, at: span)
      builder.append(value)
    }
    switch builder.finish() {
    case .text(let tail): try extend(slot, by: tail, f)
    case let tail: slot.pointee = try sum(slot.pointee, tail)
    }
    return .on
  }

  private func sum(_ text: Value, _ tail: Value) throws(Raise) -> Value {
    try attempt(at: span) { () throws(ValueError) in try Value.add(text, tail) }
  }

  private func extend(
    _ slot: UnsafeMutablePointer<Value>, by tail: String, _ f: Frame
  ) throws(Raise) {
    let taken = slot.move()
    slot.initialize(to: .null)
    guard case .text(var text) = consume taken else { return }
    defer { slot.initialize(to: .text(text)) }
    let more = tail.utf8.count
    try f.burn(more >> 6, at: span)
    try f.admit(growing: text.utf8.count, by: more, size: 1, at: span)
    text += tail
  }
}
