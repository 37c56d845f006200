import WaggleText
import WaggleTime
import WaggleValues

/// The variables of what runs, and the strand it runs on: two pointers, handed from node to node.
struct Frame {
  let slots: UnsafeMutablePointer<Value>
  let state: UnsafeMutablePointer<StrandState>

  /// The strand's machine.
  var machine: Machine { state.pointee.machine.takeUnretainedValue() }

  /// What the whole run has in common.
  var run: Run { machine.run }

  /// Takes a unit of fuel; now and then looks whether the strand is to stop.
  @inline(__always)
  func burn(at span: Span) throws(Raise) {
    state.pointee.fuel &-= 1
    if state.pointee.fuel <= 0 { try refuel(at: span) }
  }

  @inline(never)
  private func refuel(at span: Span) throws(Raise) {
    let strand = machine.strand
    strand.burn(fuel: StrandState.tank &- state.pointee.fuel)
    state.pointee.fuel = StrandState.tank
    state.pointee.refills &+= 1
    if state.pointee.refills & StrandState.refillsBetweenLooks == 0,
      !run.ports.memory.hasRoom(for: 0)
    {
      throw Raise(.memory, at: span)
    }
    if let reason = strand.cancellation { throw Raise(.cancelled(reason), at: span) }
  }

  /// Takes fuel for many elements at once.
  func burn(_ amount: Int, at span: Span) throws(Raise) {
    state.pointee.fuel &-= amount
    if state.pointee.fuel <= 0 { try refuel(at: span) }
  }

  /// Lets a slot show a value that somebody else holds, without counting it as held.
  ///
  /// Nobody may read the slot once the holder has let go: another `lend` must follow before that, or
  /// `takeBack`. Nothing may be assigned to the slot meanwhile; slots of subjects never are.
  @inline(__always)
  func lend(_ value: UnsafePointer<Value>, to slot: Int) {
    UnsafeMutableRawPointer(slots + slot)
      .copyMemory(from: value, byteCount: MemoryLayout<Value>.size)
  }

  /// Ends what `lend` began.
  @inline(__always)
  func takeBack(_ slot: Int) { (slots + slot).initialize(to: .null) }

  /// Sets a variable; cheaper than an assignment where it holds nothing that is counted.
  @inline(__always)
  func set(_ slot: Int, to value: consuming Value) {
    switch slots[slot] {
    case .int, .null, .bool, .float: (slots + slot).initialize(to: value)
    default: slots[slot] = value
    }
  }

  /// Sets a slot that holds an int or null, and nothing that is counted, ever.
  @inline(__always)
  func count(_ number: Int, in slot: Int) { (slots + slot).initialize(to: .int(number)) }
}

/// What the nodes need of a strand at every step; kept outside of classes, whose fields are guarded.
struct StrandState {
  /// Where the next frame begins.
  var top: UnsafeMutablePointer<Value>
  /// Where the piece of the value stack ends.
  var limit: UnsafeMutablePointer<Value>
  /// What may be burnt before the strand looks around.
  var fuel = StrandState.tank
  /// How often it was burnt.
  var refills = 0
  /// The lowest address that the native stack should reach.
  let stackFloor: UInt
  /// The inline caches, one for each field node.
  let caches: UnsafeMutablePointer<FieldCache>
  /// The main frame.
  var globals: UnsafeMutablePointer<Value>
  /// The call that runs; nil at the top level.
  var call: UnsafePointer<CallRecord>?
  /// How many calls are under way.
  var depth = 0
  /// The value of the `return` that is on its way.
  var returned: Value = .null
  /// The machine that this state is of.
  let machine: Unmanaged<Machine>

  /// Takes the value of the `return` that has arrived.
  @inline(__always)
  mutating func takeReturned() -> Value {
    let value = returned
    returned = .null
    return value
  }

  /// How much fuel there is between two looks.
  static let tank = 1_024
  /// How many refills there are between two looks at the memory, less one: a look is a system call.
  static let refillsBetweenLooks = 15
}

/// A call under way, in front of its frame: what its effects' keys begin with.
///
/// It takes the place of one value.
struct CallRecord {
  let caller: UnsafePointer<CallRecord>?
  let node: Unmanaged<CallNode>
  let slots: UnsafeMutablePointer<Value>
}

extension UnsafeMutablePointer<Value> {
  /// Ends the life of a value; nothing where it holds nothing that is counted.
  @inline(__always)
  func clear() {
    switch pointee {
    case .int, .null, .bool, .float: return
    default: deinitialize(count: 1)
    }
  }
}
