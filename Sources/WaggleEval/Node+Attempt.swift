import WaggleCheck
import WaggleText
import WaggleTime
import WaggleValues

/// `try { } catch e { }`.
final class TryNode: ControlNode {
  private let body: Node
  private let slot: Int?
  private let handler: Node?

  init(_ body: Node, slot: Int?, handler: Node?, _ span: Span) {
    self.body = body
    self.slot = slot
    self.handler = handler
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    do throws(Raise) {
      return try body.deliver(f, &result)
    } catch {
      guard let fault = error.fault, fault.isCatchable else { throw error }
      if let slot { f.slots[slot] = .record(fault.record(place: f.run.ports.place)) }
      result = .null
      return try handler?.deliver(f, &result) ?? .on
    }
  }
}

/// `retry N every D backoff F { }`.
final class RetryNode: ControlNode {
  private let times: Node
  private let every: Node?
  private let backoff: Node?
  private let counter: Int
  private let body: Node
  private let site: Site

  init(
    times: Node, every: Node?, backoff: Node?, counter: Int, body: Node, site: Site, _ span: Span
  ) {
    self.times = times
    self.every = every
    self.backoff = backoff
    self.counter = counter
    self.body = body
    self.site = site
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    let tries = try times.count(f, .tries, from: 1)
    var pause = try every?.duration(f).nanoseconds ?? 0
    let factor = try backoff?.number(f, .backoff) ?? 1
    for number in 0..<tries {
      f.count(number, in: counter)
      do throws(Raise) {
        return try body.deliver(f, &result)
      } catch {
        guard number + 1 < tries, let fault = error.fault, fault.couldPass else { throw error }
        result = .null
        try f.burn(at: span)
        try rest(pause, after: number, f)
        pause = Int(clamping: Double(pause) * factor)
      }
    }
    return .on
  }

  /// Pauses, a tenth shorter or longer, so that many who retry do not come back all at once.
  private func rest(_ pause: Int, after number: Int, _ f: Frame) throws(Raise) {
    guard pause > 0 else { return }
    let drawn = Int(clamping: Double(pause) * f.machine.strand.draw(in: 0.9..<1.1))
    _ = try f.perform(.sleep(nanoseconds: drawn), site: site, element: number, at: span)
  }
}

/// `timeout D { }`.
final class WithinNode: ControlNode {
  private let limit: Node
  private let body: Node

  init(_ limit: Node, _ body: Node, _ span: Span) {
    self.limit = limit
    self.body = body
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    let limit = try limit.duration(f).nanoseconds
    let strand = f.machine.strand
    let token = strand.token.child(deadline: strand.now.advanced(by: limit))
    do throws(Raise) {
      return try strand.under(token) { () throws(Raise) in try body.deliver(f, &result) }
    } catch {
      throw error.passing(token, limit: limit)
    }
  }
}

/// `step "…" { }`.
final class StepNode: ControlNode {
  private let title: Node
  private let body: Node

  init(_ title: Node, _ body: Node, _ span: Span) {
    self.title = title
    self.body = body
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    let given = try self.title.value(f)
    try f.admit(printing: given, at: self.title.span)
    let title = given.plainText
    let strand = f.machine.strand
    let events = f.run.ports.events
    let start = strand.now
    func end(succeeded: Bool) {
      let took = strand.now.nanoseconds &- start.nanoseconds
      let duration = Duration(nanoseconds: took)
      events(.stepEnded(title: title, succeeded: succeeded, took: duration))
    }
    events(.stepBegan(title: title))
    do throws(Raise) {
      let flow = try body.deliver(f, &result)
      end(succeeded: true)
      return flow
    } catch {
      end(succeeded: error.cause == nil)
      throw error
    }
  }
}

extension Int {
  /// The int nearest to a number that may lie beyond all ints.
  init(clamping number: Double) {
    self = Int(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
  }
}

extension Node {
  /// A duration that is not negative.
  func duration(_ f: Frame) throws(Raise) -> Duration {
    let value = try self.value(f)
    guard case .duration(let duration) = value, duration.nanoseconds >= 0 else {
      throw Raise(.notDuration(value), at: span)
    }
    return duration
  }

  /// An int from a smallest one on.
  func count(_ f: Frame, _ what: Fault.Counted, from least: Int) throws(Raise) -> Int {
    let value = try self.value(f)
    guard case .int(let number) = value, number >= least else {
      throw Raise(.notCount(value, what, from: least), at: span)
    }
    return number
  }

  /// A number from 1 on.
  func number(_ f: Frame, _ what: Fault.Counted) throws(Raise) -> Double {
    let value = try self.value(f)
    switch value {
    case .int(let int) where int >= 1: return Double(int)
    case .float(let double) where double >= 1: return double
    default: throw Raise(.notCount(value, what, from: 1), at: span)
    }
  }
}
