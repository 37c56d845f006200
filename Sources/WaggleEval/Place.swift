import WaggleText
import WaggleValues

/// An operand that has an address: a variable of the frame, a top-level one, a constant.
///
/// Reading it costs no call and copies nothing.
struct Place {
  private let constant: UnsafePointer<Value>?
  private let slot: Int
  private let isGlobal: Bool
  /// Keeps the constant alive as long as its address is held.
  private let owner: ConstantNode?

  init(local slot: Int) { (constant, self.slot, isGlobal, owner) = (nil, slot, false, nil) }

  init(global slot: Int) { (constant, self.slot, isGlobal, owner) = (nil, slot, true, nil) }

  init(_ node: ConstantNode) { (constant, slot, isGlobal, owner) = (node.address, 0, false, node) }

  /// Where the value is.
  @inline(__always)
  func address(_ f: Frame) -> UnsafePointer<Value> {
    if let constant { return constant }
    return UnsafePointer((isGlobal ? f.state.pointee.globals : f.slots) + slot)
  }
}

/// A constant.
final class ConstantNode: Node {
  let address: UnsafePointer<Value>

  init(_ value: Value, _ span: Span) {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    pointer.initialize(to: value)
    address = UnsafePointer(pointer)
    super.init(span)
  }

  deinit {
    let pointer = UnsafeMutablePointer(mutating: address)
    pointer.deinitialize(count: 1)
    pointer.deallocate()
  }

  override func value(_ f: Frame) throws(Raise) -> Value { address.pointee }
}

/// A variable of the frame.
final class LocalNode: Node {
  let slot: Int

  init(_ slot: Int, _ span: Span) {
    self.slot = slot
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value { f.slots[slot] }
}

/// A top-level variable, read in a function.
final class GlobalNode: Node {
  let slot: Int

  init(_ slot: Int, _ span: Span) {
    self.slot = slot
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value { f.state.pointee.globals[slot] }
}

extension Node {
  /// The place that the node reads; nil where it has to be evaluated.
  var place: Place? {
    switch self {
    case let node as ConstantNode: Place(node)
    case let node as LocalNode: Place(local: node.slot)
    case let node as GlobalNode: Place(global: node.slot)
    default: nil
    }
  }
}
