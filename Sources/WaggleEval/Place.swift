import WaggleText
import WaggleValues

/// An operand that has an address: a variable of the frame, a top-level one, a constant, or a field
/// of one of these.
///
/// Reading it costs no call and copies nothing.
struct Place {
  /// What evaluates the operand where it has no address, as a field that was not met before.
  let node: Node
  private let constant: UnsafePointer<Value>?
  private let slot: Int
  private let isGlobal: Bool
  /// The inline cache of the field; negative for the variable or constant itself.
  private var cache = -1

  init(_ node: LocalNode) { (self.node, constant, slot, isGlobal) = (node, nil, node.slot, false) }

  init(_ node: GlobalNode) { (self.node, constant, slot, isGlobal) = (node, nil, node.slot, true) }

  init(_ node: ConstantNode) {
    (self.node, constant, slot, isGlobal) = (node, node.address, 0, false)
  }

  /// A field of what has a place.
  init(_ node: PlaceFieldNode, of base: Place, cache: Int) {
    (self.node, constant, slot, isGlobal) = (node, base.constant, base.slot, base.isGlobal)
    self.cache = cache
  }

  /// Whether it is a field; the field of a field has no place.
  var isField: Bool { cache >= 0 }

  /// Where the variable or the constant is, fields left aside.
  @inline(__always)
  func base(_ f: Frame) -> UnsafePointer<Value> {
    if let constant { return constant }
    return UnsafePointer((isGlobal ? f.state.pointee.globals : f.slots) + slot)
  }

  /// Where the value is; nil where it has to be evaluated.
  @inline(__always)
  func peek(_ f: Frame) -> UnsafePointer<Value>? {
    let base = base(f)
    guard cache >= 0 else { return base }
    guard case .record(let record) = base.pointee else { return nil }
    return record.address(in: f.state.pointee.caches[cache])
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
    case let node as LocalNode: Place(node)
    case let node as GlobalNode: Place(node)
    case let node as PlaceFieldNode: node.ownPlace
    default: nil
    }
  }
}
