import WaggleCheck
import WaggleText
import WaggleValues

/// `while C { }`.
final class WhileNode: ControlNode {
  private let condition: Node
  private let body: Node
  private let counter: Int

  init(_ condition: Node, _ body: Node, counter: Int, _ span: Span) {
    self.condition = condition
    self.body = body
    self.counter = counter
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    var round = 0
    while true {
      f.count(round, in: counter)
      guard try condition.test(f) else { return .on }
      try f.burn(at: span)
      switch try body.runCaught(f) {
      case .on, .next: round &+= 1
      case .leave: return .on
      case .giveBack: return .giveBack
      }
    }
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow { try run(f) }
}

/// Where a `for` puts what it walks.
struct LoopSlots {
  /// The variable of the element, or of a record's key.
  let first: Int
  /// The variable of the index, or of a record's value.
  let second: Int?
  /// The hidden slot that counts the rounds.
  let counter: Int
}

/// `for`, one round after the other.
final class LoopNode: ControlNode {
  private let over: Node
  private let slots: LoopSlots
  private let keepsGoing: Bool
  private let isValueTaken: Bool
  private let body: Node
  private let site: Site

  init(
    over: Node, slots: LoopSlots, keepsGoing: Bool, isValueTaken: Bool, body: Node, site: Site,
    _ span: Span
  ) {
    self.over = over
    self.slots = slots
    self.keepsGoing = keepsGoing
    self.isValueTaken = isValueTaken
    self.body = body
    self.site = site
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    var harvest = Harvest(collects: false, keepsGoing: keepsGoing)
    return try walk(f, &harvest)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    var harvest = Harvest(collects: isValueTaken, keepsGoing: keepsGoing)
    let flow = try walk(f, &harvest)
    if flow == .on, isValueTaken {
      let values = harvest.values
      result = .list(try attempt(at: span) { () throws(ValueError) in try List(values) })
    }
    return flow
  }

  private func walk(_ f: Frame, _ harvest: inout Harvest) throws(Raise) -> Flow {
    var flow = Flow.on
    if let range = over as? RangeNode {
      let (lower, upper) = try range.ends(f)
      if lower <= upper { flow = try walk(lower, through: upper, f, &harvest) }
    } else {
      flow = try walk(try over.value(f), f, &harvest)
    }
    if let cause = harvest.failure { throw Raise(cause, at: span) }
    return flow == .leave ? .on : flow
  }

  private func walk(
    _ lower: Int, through upper: Int, _ f: Frame, _ harvest: inout Harvest
  ) throws(Raise) -> Flow {
    var number = lower
    var index = 0
    while true {
      f.set(slots.first, to: .int(number))
      if let second = slots.second { f.set(second, to: .int(index)) }
      let flow = try round(index, f, &harvest)
      if flow != .on { return flow }
      guard number < upper else { return .on }
      number &+= 1
      index &+= 1
    }
  }

  private func walk(
    _ value: Value, _ f: Frame, _ harvest: inout Harvest
  ) throws(Raise) -> Flow {
    if case .stream(let stream) = value { return try walk(stream, f, &harvest) }
    let rounds = try Rounds(value, slots, at: over.span)
    for index in 0..<rounds.count {
      rounds.bind(index, f)
      let flow = try round(index, f, &harvest)
      if flow != .on { return flow }
    }
    return .on
  }

  private func walk(
    _ stream: Stream, _ f: Frame, _ harvest: inout Harvest
  ) throws(Raise) -> Flow {
    let walk = try StreamWalk(stream, site: site, f, at: over.span)
    defer { walk.end() }
    var index = 0
    while let item = try walk.item(index, f) {
      f.slots[slots.first] = item
      if let second = slots.second { f.set(second, to: .int(index)) }
      let flow = try round(index, f, &harvest)
      if flow != .on { return flow }
      index &+= 1
    }
    return .on
  }

  /// Runs a round; `on` and `next` both go on, so that only `on` comes back for them.
  @inline(__always)
  private func round(
    _ index: Int, _ f: Frame, _ harvest: inout Harvest
  ) throws(Raise) -> Flow {
    f.count(index, in: slots.counter)
    try f.burn(at: span)
    let flow: Flow
    if harvest.isPlain {
      flow = try body.runCaught(f)
    } else {
      flow = try gather(index, f, &harvest)
    }
    return flow == .next ? .on : flow
  }

  private func gather(
    _ index: Int, _ f: Frame, _ harvest: inout Harvest
  ) throws(Raise) -> Flow {
    var value = Value.null
    do throws(Raise) {
      let flow = try body.deliverCaught(f, &value)
      if flow == .on { try harvest.add(value, f, at: span) }
      return flow
    } catch {
      guard keepsGoing, let fault = error.fault, fault.isCatchable else { throw error }
      harvest.failures.append((index, fault))
      return .on
    }
  }
}

/// What a loop brings in: its rounds' values, and with `keep-going` their faults.
struct Harvest {
  private let collects: Bool
  /// Whether nothing is brought in.
  let isPlain: Bool
  private(set) var values: [Value] = []
  var failures: [(round: Int, fault: Fault)] = []

  init(collects: Bool, keepsGoing: Bool) {
    self.collects = collects
    isPlain = !collects && !keepsGoing
  }

  mutating func add(_ value: Value, _ f: Frame, at span: Span) throws(Raise) {
    guard collects else { return }
    try f.admit(growing: values.count, by: 1, size: MemoryLayout<Value>.stride, at: span)
    values.append(value)
  }

  /// All failures as one; nil without any.
  var failure: Fault.Cause? { failures.isEmpty ? nil : .several(failures) }
}

/// The rounds of a `for` over a value that exists as a whole.
struct Rounds {
  private enum Source {
    case list(List)
    case record(Record)
    case range(lower: Int)
  }

  private let source: Source
  private let slots: LoopSlots
  let count: Int

  init(_ value: Value, _ slots: LoopSlots, at span: Span) throws(Raise) {
    self.slots = slots
    switch value {
    case .list(let list):
      source = .list(list)
      count = list.count
    case .record(let record):
      guard slots.second != nil else { throw Raise(.recordNeedsTwoNames, at: span) }
      source = .record(record)
      count = record.count
    default: throw Raise(.notWalkable(value), at: span)
    }
  }

  /// The rounds over a range, which is not empty and whose length is an int.
  init(_ lower: Int, count: Int, _ slots: LoopSlots) {
    self.slots = slots
    source = .range(lower: lower)
    self.count = count
  }

  /// Sets the variables of a round.
  @inline(__always)
  func bind(_ index: Int, _ f: Frame) {
    switch source {
    case .list(let list):
      f.slots[slots.first] = list.elements[index]
      if let second = slots.second { f.slots[second] = .int(index) }
    case .record(let record):
      let (key, value) = record[index]
      f.slots[slots.first] = .text(key)
      if let second = slots.second { f.slots[second] = value }
    case .range(let lower):
      f.set(slots.first, to: .int(lower &+ index))
      if let second = slots.second { f.set(second, to: .int(index)) }
    }
  }
}
