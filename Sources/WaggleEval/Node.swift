import WaggleText
import WaggleValues

/// A piece of a program, ready to run: what the compiler makes of the checked tree.
///
/// There are four ways to run one, and each kind of node has the ones that are its own; the others
/// are made of `value`.
class Node {
  let span: Span

  init(_ span: Span) { self.span = span }

  /// Evaluates it.
  func value(_ f: Frame) throws(Raise) -> Value { .null }

  /// Evaluates it as a condition: a bool, or null for false.
  func test(_ f: Frame) throws(Raise) -> Bool {
    switch try value(f) {
    case .bool(let bool): return bool
    case .null: return false
    case let other: throw Raise(.notCondition(other), at: span)
    }
  }

  /// Runs it for what it does alone.
  func run(_ f: Frame) throws(Raise) -> Flow {
    _ = try value(f)
    return .on
  }

  /// Walks the elements of the list that it gives, for a command that must have a list.
  ///
  /// A command that only passes elements on does so without making a list of its own.
  func each(_ f: Frame, for command: String, _ body: Visitor) throws(Raise) {
    try walk(try value(f), f, for: command, body)
  }

  /// Walks the elements of its value, which must be a list.
  final func walk(
    _ value: Value, _ f: Frame, for command: String, _ body: Visitor
  ) throws(Raise) {
    guard case .list(let list) = value else {
      throw Raise(.wrongInput(command, wanted: "a list", value), at: span)
    }
    try f.burn(list.count, at: span)
    try list.elements.withUnsafeBufferPointer { elements throws(Raise) in
      guard var element = elements.baseAddress else { return }
      for _ in 0..<elements.count {
        guard try body(element) else { return }
        element += 1
      }
    }
  }

  /// Runs it as the last statement of a function: gives what the function gives, by `return` or not.
  func finish(_ f: Frame) throws(Raise) -> Value { try value(f) }

  /// Runs it as a statement whose value is taken; the result is given as null.
  func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    result = try value(f)
    return .on
  }
}

/// A node without a value, which only `run` runs.
class StatementNode: Node {
  override func run(_ f: Frame) throws(Raise) -> Flow { .on }

  final override func value(_ f: Frame) throws(Raise) -> Value {
    _ = try run(f)
    return .null
  }

  final override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    try run(f)
  }
}

extension Node {
  /// What `each` hands every element to; it says whether more are wanted.
  typealias Visitor = (UnsafePointer<Value>) throws(Raise) -> Bool
}

/// A node that `break`, `continue` and `return` may leave.
class ControlNode: Node {
  final override func value(_ f: Frame) throws(Raise) -> Value {
    var result = Value.null
    let flow = try deliver(f, &result)
    guard flow == .on else { throw Raise(flow) }
    return result
  }

  override func run(_ f: Frame) throws(Raise) -> Flow {
    var result = Value.null
    return try deliver(f, &result)
  }

  override func finish(_ f: Frame) throws(Raise) -> Value {
    var result = Value.null
    guard try deliver(f, &result) == .giveBack else { return result }
    return f.state.pointee.takeReturned()
  }

  override func deliver(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow { .on }
}

extension Node {
  /// Runs a body of a loop or a function: what leaves it from inside an expression is a flow again.
  @inline(__always)
  final func runCaught(_ f: Frame) throws(Raise) -> Flow {
    do throws(Raise) {
      return try run(f)
    } catch {
      guard error.flow != .on else { throw error }
      return error.flow
    }
  }

  /// The same for a body whose value is taken.
  @inline(__always)
  final func deliverCaught(_ f: Frame, _ result: inout Value) throws(Raise) -> Flow {
    do throws(Raise) {
      return try deliver(f, &result)
    } catch {
      guard error.flow != .on else { throw error }
      return error.flow
    }
  }

  /// Evaluates it and turns what values refuse into a fault at a place.
  @inline(__always)
  final func attempt<R>(
    at span: Span, _ body: () throws(ValueError) -> R
  ) throws(Raise) -> R {
    do throws(ValueError) { return try body() } catch { throw Raise(.value(error), at: span) }
  }
}
