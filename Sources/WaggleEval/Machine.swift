import Synchronization
import WaggleCheck
import WaggleTime
import WaggleValues
import WaggleWait

/// A strand's own part of the evaluator: its value stack, its caches, its `defer` blocks.
final class Machine {
  let run: Run
  private(set) var strand: Strand
  let state: UnsafeMutablePointer<StrandState>
  /// The `defer` blocks that were reached and have not run.
  var deferred: [Node] = []
  /// In how many parallel loops, one within the other, the strand is a round.
  var parallelDepth = 0
  /// What the judge of the innermost `wait` looks at.
  var look: Look?
  private let caches: UnsafeMutablePointer<FieldCache>
  private let cacheCount: Int
  private let stack: UnsafeMutablePointer<Value>
  /// A further piece of stack that was needed before.
  private var spare: (base: UnsafeMutablePointer<Value>, count: Int)?

  init(run: Run, strand: Strand, slots count: Int) {
    self.run = run
    self.strand = strand
    cacheCount = run.cacheCount
    caches = .allocate(capacity: max(cacheCount, 1))
    caches.initialize(repeating: FieldCache(), count: cacheCount)
    stack = .allocate(capacity: count)
    state = .allocate(capacity: 1)
    state.initialize(
      to: StrandState(
        top: stack, limit: stack + count, stackFloor: strand.stackFloor, caches: caches,
        globals: run.globals, machine: Unmanaged.passUnretained(self)))
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
    caches.deinitialize(count: cacheCount)
    caches.deallocate()
    stack.deallocate()
    spare?.base.deallocate()
  }

  /// The frame of the slots that begin somewhere.
  func frame(_ slots: UnsafeMutablePointer<Value>) -> Frame { Frame(slots: slots, state: state) }

  /// Goes on with a further piece of stack that has room for so many slots, for the time of a body.
  func onFurtherStack<R>(
    slots count: Int, _ body: () throws(Raise) -> R
  ) throws(Raise) -> R {
    let (top, limit) = (state.pointee.top, state.pointee.limit)
    let piece = takePiece(slots: count)
    state.pointee.top = piece.base
    state.pointee.limit = piece.base + piece.count
    defer {
      state.pointee.top = top
      state.pointee.limit = limit
      keepPiece(piece)
    }
    return try body()
  }

  private func takePiece(slots count: Int) -> (base: UnsafeMutablePointer<Value>, count: Int) {
    if let spare, spare.count >= count {
      self.spare = nil
      return spare
    }
    let roomy = max(count &* 4, Machine.furtherSlots)
    return (.allocate(capacity: roomy), roomy)
  }

  private func keepPiece(_ piece: (base: UnsafeMutablePointer<Value>, count: Int)) {
    guard spare == nil else { return piece.base.deallocate() }
    spare = piece
  }

  /// How deep parallel loops may nest: a function that starts two rounds of itself would else take
  /// every thread there is before the stack of one ends.
  static let mostParallel = 32
  /// How many slots a further piece has at least.
  private static let furtherSlots = 16_384
}

/// What all strands of a run have in common.
final class Run: @unchecked Sendable {
  let effects: any Effects
  let ports: Interpreter.Ports
  let globals: UnsafeMutablePointer<Value>
  let cacheCount: Int
  let runID: String

  init(
    effects: any Effects, ports: Interpreter.Ports, runID: String,
    globals: UnsafeMutablePointer<Value>, cacheCount: Int
  ) {
    self.effects = effects
    self.ports = ports
    self.runID = runID
    self.globals = globals
    self.cacheCount = cacheCount
  }
}
