import Synchronization
import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// `for … parallel N`: each round on a strand of its own, with a copy of the frame.
final class ParallelNode: ControlNode {
  private let over: Node
  private let slots: LoopSlots
  private let width: Node
  private let keepsGoing: Bool
  private let isValueTaken: Bool
  private let body: Node
  private let frameSize: Int
  private let site: Site

  init(_ loop: CheckedLoop, over: Node, width: Node, body: Node, frameSize: Int, _ span: Span) {
    self.over = over
    slots = LoopSlots(first: loop.first, second: loop.second, counter: loop.counter)
    self.width = width
    keepsGoing = loop.keepsGoing
    isValueTaken = loop.isValueTaken
    self.body = body
    self.frameSize = frameSize
    site = loop.site
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    try f.checkStack(at: span)
    guard f.machine.parallelDepth < Machine.mostParallel else { throw Raise(.depth, at: span) }
    guard f.run.ports.memory.hasRoom(for: 0) else { throw Raise(.memory, at: span) }
    let rounds = try rounds(f)
    let width = try width.count(f, .width, from: 1)
    try f.admit(elements: rounds.count, at: span)
    let outcome = Outcomes(count: isValueTaken ? rounds.count : 0)
    let link = f.link(to: site)
    let strand = f.machine.strand
    strand.parallel(
      rounds: rounds.count, width: width, token: strand.token, name: { link.text(element: $0) }
    ) { index, strand in
      round(index, of: rounds, on: strand, from: f, into: outcome)
    }
    if let raise = outcome.failure(at: span) { throw raise }
    if isValueTaken {
      let values = outcome.values
      result = .list(try attempt(at: span) { () throws(ValueError) in try List(values) })
    }
    return .on
  }

  private func rounds(_ f: Frame) throws(Raise) -> Rounds {
    guard let range = over as? RangeNode else {
      let value = try over.value(f)
      if case .stream = value { throw Raise(.streamInParallel, at: over.span) }
      return try Rounds(value, slots, at: over.span)
    }
    let (lower, upper) = try range.ends(f)
    guard lower <= upper else { return Rounds(lower, count: 0, slots) }
    let (distance, overflows) = upper.subtractingReportingOverflow(lower)
    guard !overflows, distance < .max else { throw Raise(.memory, at: over.span) }
    return Rounds(lower, count: distance + 1, slots)
  }

  /// Runs a round and says whether more may be started.
  private func round(
    _ index: Int, of rounds: Rounds, on strand: Strand, from parent: Frame, into outcome: Outcomes
  ) -> Bool {
    let machine = Machine(run: parent.run, strand: strand, slots: frameSize + Machine.roundSlots)
    machine.parallelDepth = parent.machine.parallelDepth + 1
    machine.state.pointee.call = parent.state.pointee.call
    let slots = machine.state.pointee.top
    slots.initialize(from: parent.slots, count: frameSize)
    machine.state.pointee.top = slots + frameSize
    let f = machine.frame(slots)
    defer { slots.deinitialize(count: frameSize) }
    rounds.bind(index, f)
    f.count(index, in: self.slots.counter)
    var value = Value.null
    do throws(Raise) {
      if let reason = strand.cancellation { throw Raise(.cancelled(reason), at: span) }
      let flow = try body.deliverCaught(f, &value)
      if isValueTaken, flow == .on { outcome.set(value, at: index) }
      return flow != .leave
    } catch {
      let fault = error.fault ?? Fault(.cancelled(.unwanted), at: [span])
      outcome.fail(fault, at: index, keepsGoing: keepsGoing)
      return keepsGoing && fault.isCatchable
    }
  }
}

extension Machine {
  /// How many slots the functions that a round calls have before a further piece is taken.
  static let roundSlots = 256
}

/// What the rounds of a parallel loop brought in, put down by their strands.
final class Outcomes: Sendable {
  private struct State {
    var values: [Value?]
    var failures: [(round: Int, fault: Fault)] = []
    /// What ends the loop: without `keep-going` its first failure, else what no `catch` sees.
    var first: Fault?
    /// The changes that were under way besides, of which nobody knows what became.
    var unknown: [(round: Int, fault: Fault)] = []
  }

  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(values: Array(repeating: nil, count: count))) }

  func set(_ value: Value, at index: Int) { state.withLock { $0.values[index] = value } }

  func fail(_ fault: Fault, at index: Int, keepsGoing: Bool) {
    state.withLock { state in
      if keepsGoing, fault.isCatchable {
        state.failures.append((index, fault))
      } else if state.first == nil {
        state.first = fault
      } else if fault.isOutcomeUnknown {
        state.unknown.append((index, fault))
      }
    }
  }

  /// The values of the rounds in order, without those that have none.
  var values: [Value] { state.withLock { $0.values.compactMap { $0 } } }

  /// What the loop raises; nil where all rounds went well.
  func failure(at span: Span) -> Raise? {
    state.withLock { state in
      if var fault = state.first {
        fault.also += state.unknown.sorted { $0.round < $1.round }.map(\.fault)
        return Raise(fault)
      }
      guard !state.failures.isEmpty else { return nil }
      return Raise(.several(state.failures.sorted { $0.round < $1.round }), at: span)
    }
  }
}
