import WaggleCheck
import WaggleText
import WaggleValues

/// A function, ready to run.
final class FunctionCode {
  let name: String
  let frameSize: Int
  /// Its parameters; set, as the body is, when every function is known.
  var formals: [Formal]
  /// What it does; set when every function is known, since they may call one another.
  var body: Node { didSet { held = Unmanaged.passUnretained(body) } }
  /// The same, to be run without counting it as held by the call.
  private var held: Unmanaged<Node>

  /// A parameter of a function.
  struct Formal {
    let name: String
    let type: ParameterType
    let preset: Node?
    let isRest: Bool
  }

  init(name: String, frameSize: Int, formals: [Formal], body: Node) {
    self.name = name
    self.frameSize = frameSize
    self.formals = formals
    self.body = body
    held = Unmanaged.passUnretained(body)
  }

  /// Runs the body.
  @inline(__always)
  func run(_ f: Frame) throws(Raise) -> Value {
    var raise: Raise?
    let value = held._withUnsafeGuaranteedRef { body in
      do throws(Raise) {
        return try body.finish(f)
      } catch {
        raise = error
        return Value.null
      }
    }
    if let raise { throw raise }
    return value
  }
}

/// The arguments of a call that are written out, as a chain.
final class ArgumentChain {
  private let slot: Int
  private let node: Node
  private let type: ParameterType
  private let isRest: Bool
  private let next: ArgumentChain?
  private let isChecked: Bool

  init(slot: Int, node: Node, type: ParameterType, isRest: Bool, next: ArgumentChain?) {
    self.slot = slot
    self.node = node
    self.type = type
    self.isRest = isRest
    self.next = next
    isChecked = type != .any
  }

  /// Evaluates them in the caller's frame into the new one, whose slots are all null.
  func fill(_ slots: UnsafeMutablePointer<Value>, _ f: Frame, of code: FunctionCode) throws(Raise) {
    (slots + slot).initialize(to: try node.value(f))
    if isChecked { try check(slots[slot], code) }
    try next?.fill(slots, f, of: code)
  }

  @inline(never)
  private func check(_ value: Value, _ code: FunctionCode) throws(Raise) {
    let formal = code.formals[slot]
    if isRest { return try formal.checkRest(value, of: code.name, at: node.span) }
    guard type.admits(value) else {
      throw Raise(.wrongArgument(formal.name, code.name, type, value), at: node.span)
    }
  }
}

/// A call of a function.
class CallNode: Node {
  let code: FunctionCode
  let site: Site
  private let arguments: ArgumentChain?
  private let frameSize: Int

  init(_ code: FunctionCode, _ arguments: ArgumentChain?, site: Site, _ span: Span) {
    self.code = code
    self.arguments = arguments
    self.site = site
    frameSize = code.frameSize
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    try call(f, spread: { _ in }, preset: { _ in })
  }

  /// Runs the function on a frame of its own, whose first slots the arguments fill.
  ///
  /// In front of the frame lies the record of the call. `spread` fills further slots in the caller's
  /// frame, `preset` the remaining ones in the new one.
  @inline(__always)
  final func call(
    _ f: Frame, spread: (UnsafeMutablePointer<Value>) throws(Raise) -> Void,
    preset: (Frame) throws(Raise) -> Void
  ) throws(Raise) -> Value {
    let state = f.state
    let base = state.pointee.top
    guard state.pointee.limit - base > frameSize else { return try callFurther(f) }
    let slots = base + 1
    state.pointee.top = slots + frameSize
    for slot in 0..<frameSize { (slots + slot).initialize(to: .null) }
    defer {
      for slot in 0..<frameSize { (slots + slot).clear() }
      state.pointee.top = base
    }
    try arguments?.fill(slots, f, of: code)
    try spread(slots)
    let caller = state.pointee.call
    state.pointee.call = CallRecord(
      caller: caller, node: Unmanaged.passUnretained(self), slots: f.slots
    ).stored(at: base)
    defer { state.pointee.call = caller }
    return try enter(Frame(slots: slots, state: state), preset)
  }

  @inline(never)
  private func callFurther(_ f: Frame) throws(Raise) -> Value {
    try f.machine.onFurtherStack(slots: frameSize + 1) { () throws(Raise) in try value(f) }
  }

  @inline(__always)
  private func enter(
    _ f: Frame, _ preset: (Frame) throws(Raise) -> Void
  ) throws(Raise) -> Value {
    f.state.pointee.depth &+= 1
    defer { f.state.pointee.depth &-= 1 }
    if f.state.pointee.depth & 7 == 0 { try f.checkStack(at: span) }
    try f.burn(at: span)
    do throws(Raise) {
      try preset(f)
      return try code.run(f)
    } catch {
      guard error.flow == .giveBack else {
        error.pass(through: span)
        throw error
      }
      return f.state.pointee.takeReturned()
    }
  }
}

extension CallRecord {
  /// Puts the record in a place of the value stack that no value lies in.
  @inline(__always)
  fileprivate func stored(at place: UnsafeMutablePointer<Value>) -> UnsafePointer<CallRecord> {
    UnsafePointer(
      UnsafeMutableRawPointer(place).initializeMemory(as: CallRecord.self, to: self))
  }
}

extension Frame {
  /// Refuses to go on where little is left of the native stack.
  ///
  /// Asked at every eighth call, for below the floor is room for more than that, and at every
  /// parallel loop, whose first round may be on the same stack with calls counted anew.
  @inline(never)
  func checkStack(at span: Span) throws(Raise) {
    var mark = 0
    let here = withUnsafePointer(to: &mark) { UInt(bitPattern: $0) }
    if here <= state.pointee.stackFloor { throw Raise(.depth, at: span) }
  }
}

/// A call with presets to evaluate, or with lists and records that are spread into its arguments.
final class OpenCallNode: CallNode {
  private let given: Set<Int>
  private let further: Node?
  private let named: Node?

  init(
    _ code: FunctionCode, _ arguments: ArgumentChain?, given: Set<Int>, further: Node?,
    named: Node?, site: Site, _ span: Span
  ) {
    self.given = given
    self.further = further
    self.named = named
    super.init(code, arguments, site: site, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var given = given
    return try call(
      f,
      spread: { slots throws(Raise) in
        try spreadFurther(slots, f, &given)
        try spreadNamed(slots, f, &given)
      },
      preset: { frame throws(Raise) in try preset(frame, given: given) })
  }

  private func preset(_ f: Frame, given: Set<Int>) throws(Raise) {
    for (slot, formal) in code.formals.enumerated() where !given.contains(slot) {
      if formal.isRest {
        f.slots[slot] = .list(List())
      } else if let preset = formal.preset {
        f.slots[slot] = try preset.value(f)
      } else {
        throw Raise(.missingArgument(formal.name, code.name), at: span)
      }
    }
  }

  private func spreadFurther(
    _ slots: UnsafeMutablePointer<Value>, _ f: Frame, _ given: inout Set<Int>
  ) throws(Raise) {
    guard let further else { return }
    let value = try further.value(f)
    guard case .list(let list) = value else {
      throw Raise(.notSpreadable(value, into: .arguments), at: further.span)
    }
    var rest = list.elements[...]
    for (slot, formal) in code.formals.enumerated() where !given.contains(slot) {
      if formal.isRest {
        try set(slots, slot, .list(List().appending(rest, at: further.span)), at: further.span)
        rest = []
      } else if let first = rest.popFirst() {
        try set(slots, slot, first, at: further.span)
      } else {
        break
      }
      given.insert(slot)
    }
    guard rest.isEmpty else {
      throw Raise(.tooManyArguments(code.name, extra: rest.count), at: further.span)
    }
  }

  private func spreadNamed(
    _ slots: UnsafeMutablePointer<Value>, _ f: Frame, _ given: inout Set<Int>
  ) throws(Raise) {
    guard let named else { return }
    let value = try named.value(f)
    guard case .record(let record) = value else {
      throw Raise(.notSpreadable(value, into: .options), at: named.span)
    }
    for (key, value) in record {
      guard let slot = code.formals.firstIndex(where: { $0.name == key && !$0.isRest }) else {
        let names = code.formals.map(\.name)
        throw Raise(.unknownArgument(key, code.name, names: names), at: named.span)
      }
      guard given.insert(slot).inserted else {
        throw Raise(.repeatedArgument(key, code.name), at: named.span)
      }
      try set(slots, slot, value, at: named.span)
    }
  }

  private func set(
    _ slots: UnsafeMutablePointer<Value>, _ slot: Int, _ value: Value, at span: Span
  ) throws(Raise) {
    let formal = code.formals[slot]
    if formal.isRest {
      try formal.checkRest(value, of: code.name, at: span)
    } else if !formal.type.admits(value) {
      throw Raise(.wrongArgument(formal.name, code.name, formal.type, value), at: span)
    }
    slots[slot] = value
  }
}

extension FunctionCode.Formal {
  /// Checks each element of a rest.
  func checkRest(_ value: Value, of function: String, at span: Span) throws(Raise) {
    guard case .list(let list) = value else { return }
    for element in list.elements where !type.admits(element) {
      throw Raise(.wrongArgument(name, function, type, element), at: span)
    }
  }
}

extension List {
  /// The list with further elements, within the bounds.
  fileprivate func appending(
    _ elements: ArraySlice<Value>, at span: Span
  ) throws(Raise) -> List {
    do throws(ValueError) {
      return try List(self.elements + elements)
    } catch {
      throw Raise(.value(error), at: span)
    }
  }
}
