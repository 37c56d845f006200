import WaggleText
import WaggleTime
import WaggleValues

/// A block without statements.
final class NothingNode: StatementNode {}

/// Two statements, or two halves of a block.
final class PairNode: ControlNode {
  private let first: Node
  private let second: Node

  init(_ first: Node, _ second: Node, _ span: Span) {
    self.first = first
    self.second = second
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    let flow = try first.run(f)
    guard flow == .on else { return flow }
    return try second.run(f)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    let flow = try first.run(f)
    guard flow == .on else { return flow }
    return try second.deliver(f, &result)
  }

  override func finish(_ f: Frame) throws(Raise) -> Value {
    guard try first.run(f) == .on else { return f.state.pointee.takeReturned() }
    return try second.finish(f)
  }
}

/// Three statements, which most blocks have at the most.
final class TripleNode: ControlNode {
  private let first: Node
  private let second: Node
  private let third: Node

  init(_ first: Node, _ second: Node, _ third: Node, _ span: Span) {
    self.first = first
    self.second = second
    self.third = third
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    var flow = try first.run(f)
    guard flow == .on else { return flow }
    flow = try second.run(f)
    guard flow == .on else { return flow }
    return try third.run(f)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    var flow = try first.run(f)
    guard flow == .on else { return flow }
    flow = try second.run(f)
    guard flow == .on else { return flow }
    return try third.deliver(f, &result)
  }

  override func finish(_ f: Frame) throws(Raise) -> Value {
    guard try first.run(f) == .on, try second.run(f) == .on else {
      return f.state.pointee.takeReturned()
    }
    return try third.finish(f)
  }
}

/// A block with `defer` blocks in it: those that were reached run at its end, the last one first.
final class ScopeNode: ControlNode {
  private let body: Node

  init(_ body: Node, _ span: Span) {
    self.body = body
    super.init(span)
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    let machine = f.machine
    let height = machine.deferred.count
    do throws(Raise) {
      let flow = try body.deliver(f, &result)
      if let raise = machine.runDeferred(downTo: height, f) { throw raise }
      return flow
    } catch {
      if let raise = machine.runDeferred(downTo: height, f) { error.add(raise) }
      throw error
    }
  }
}

/// `defer { … }`.
final class LaterNode: StatementNode {
  private let body: Node

  init(_ body: Node, _ span: Span) {
    self.body = body
    super.init(span)
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    f.machine.deferred.append(body)
    return .on
  }
}

extension Machine {
  /// How long the `defer` blocks of a block may take together, in nanoseconds.
  private static let grace = 30_000_000_000

  /// Runs the `defer` blocks above a height, the last one first, whatever each of them raises.
  ///
  /// They run under a shield, so that what stopped the block does not keep them from sending; only a
  /// second Ctrl-C or their own time does. Gives the first fault, with the others noted in it.
  func runDeferred(downTo height: Int, _ f: Frame) -> Raise? {
    guard deferred.count > height else { return nil }
    let deadline = strand.now.advanced(by: Machine.grace)
    let shield = strand.token.shield(deadline: deadline)
    let returned = f.state.pointee.returned
    defer { f.state.pointee.returned = returned }
    var first: Raise?
    while deferred.count > height, let body = deferred.popLast() {
      do throws(Raise) {
        _ = try strand.under(shield) { () throws(Raise) in try body.run(f) }
      } catch {
        let raise = error.passing(shield, limit: Machine.grace)
        guard raise.cause != nil else { continue }
        if let first { first.add(raise) } else { first = raise }
      }
    }
    return first
  }
}

extension Raise {
  /// The same fault, as `timeout` where it is the deadline of a token that came.
  func passing(_ token: Token, limit: Int) -> Raise {
    guard case .deadline(token.id) = fault?.cancellation else { return self }
    return replacing(.timeout(nanoseconds: limit))
  }
}
