import WaggleCheck
import WaggleText
import WaggleValues

/// A call of a built-in command; each command is a kind of its own.
class BuiltinNode: Node {
  let name: String
  let input: Node

  init(_ name: String, _ input: Node, _ span: Span) {
    self.name = name
    self.input = input
    super.init(span)
  }

  /// The input as the list it must be.
  final func list(_ f: Frame) throws(Raise) -> List {
    let value = try input.value(f)
    guard case .list(let list) = value else {
      throw Raise(.wrongInput(name, wanted: "a list", value), at: input.span)
    }
    return list
  }

  /// Makes a list of elements that come out of another list.
  final func list(_ elements: [Value]) throws(Raise) -> Value {
    .list(try attempt(at: span) { () throws(ValueError) in try List(elements) })
  }
}

/// The condition or selector of a command, with the slot in which it sees each element.
struct Lens {
  let node: Node
  let subject: Int
  let counter: Int?
  /// Whether evaluating it changes nothing, so that nobody can tell when it is.
  let isPure: Bool

  /// Shows the elements of an input one after the other, for as long as a body wants.
  ///
  /// One that changes something sees its elements only when all of them are there.
  @inline(__always)
  func each(
    of input: Node, _ f: Frame, for command: String,
    _ body: (Node, UnsafePointer<Value>) throws(Raise) -> Bool
  ) throws(Raise) {
    defer { f.takeBack(subject) }
    guard isPure else { return try eachCounted(of: input, f, for: command, body) }
    try input.each(f, for: command) { element throws(Raise) in
      f.lend(element, to: subject)
      return try body(node, element)
    }
  }

  private func eachCounted(
    of input: Node, _ f: Frame, for command: String,
    _ body: (Node, UnsafePointer<Value>) throws(Raise) -> Bool
  ) throws(Raise) {
    let list = ConstantNode(try input.value(f), input.span)
    var index = 0
    try list.each(f, for: command) { element throws(Raise) in
      f.lend(element, to: subject)
      if let counter { f.count(index, in: counter) }
      index &+= 1
      return try body(node, element)
    }
  }

  /// The value of the selector for each element, in order.
  func values(of list: List, _ f: Frame, at span: Span, for command: String) throws(Raise)
    -> [Value]
  {
    var values: [Value] = []
    values.reserveCapacity(list.count)
    try each(of: ConstantNode(.list(list), span), f, for: command) { node, _ throws(Raise) in
      values.append(try node.value(f))
      return true
    }
    return values
  }
}

/// `where`.
final class WhereNode: BuiltinNode {
  private let lens: Lens

  init(_ input: Node, _ lens: Lens, _ span: Span) {
    self.lens = lens
    super.init("where", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var kept: [Value] = []
    try lens.each(of: input, f, for: name) { node, element throws(Raise) in
      if try node.test(f) { kept.append(element.pointee) }
      return true
    }
    return try list(kept)
  }

  override func each(_ f: Frame, for command: String, _ body: Visitor) throws(Raise) {
    guard lens.isPure else { return try super.each(f, for: command, body) }
    try lens.each(of: input, f, for: name) { node, element throws(Raise) in
      guard try node.test(f) else { return true }
      return try body(element)
    }
  }
}

/// `map`.
final class MapNode: BuiltinNode {
  private let lens: Lens

  init(_ input: Node, _ lens: Lens, _ span: Span) {
    self.lens = lens
    super.init("map", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var values: [Value] = []
    try lens.each(of: input, f, for: name) { node, _ throws(Raise) in
      values.append(try node.value(f))
      return true
    }
    return try list(values)
  }

  override func each(_ f: Frame, for command: String, _ body: Visitor) throws(Raise) {
    guard lens.isPure else { return try super.each(f, for: command, body) }
    let place = lens.node.place
    try lens.each(of: input, f, for: name) { node, _ throws(Raise) in
      if let address = place?.peek(f) { return try body(address) }
      var value = try node.value(f)
      return try body(&value)
    }
  }
}

/// `select`: of a record, or of each record of a list.
final class SelectNode: BuiltinNode {
  private let names: [Node]

  init(_ input: Node, names: [Node], _ span: Span) {
    self.names = names
    super.init("select", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var keys: [String] = []
    for name in names {
      guard case .text(let key) = try name.value(f) else { continue }
      keys.append(key)
    }
    let value = try input.value(f)
    guard case .list(let list) = value else { return try selected(value, keys) }
    try f.burn(list.count, at: span)
    var records: [Value] = []
    records.reserveCapacity(list.count)
    for element in list.elements { records.append(try selected(element, keys)) }
    return try self.list(records)
  }

  private func selected(_ value: Value, _ keys: [String]) throws(Raise) -> Value {
    guard case .record(let record) = value else {
      throw Raise(.wrongInput(name, wanted: "a record or a list of records", value), at: input.span)
    }
    return .record(try attempt(at: span) { () throws(ValueError) in try record.selecting(keys) })
  }
}

/// `sort`: stable; null comes last in both directions.
final class SortNode: BuiltinNode {
  private let lens: Lens?
  private let isDescending: Bool

  init(_ input: Node, _ lens: Lens?, isDescending: Bool, _ span: Span) {
    self.lens = lens
    self.isDescending = isDescending
    super.init("sort", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    let keys = try lens?.values(of: list, f, at: input.span, for: name) ?? list.elements
    var failure: ValueError?
    func precedes(_ a: Value, _ b: Value) -> Bool {
      do throws(ValueError) {
        if isDescending, !a.isNull, !b.isNull { return try Value.order(b, a) < 0 }
        return try Value.sortOrder(a, b) < 0
      } catch {
        failure = failure ?? error
        return false
      }
    }
    let order = list.elements.indices.sorted { a, b in
      if precedes(keys[a], keys[b]) { return true }
      return a < b && !precedes(keys[b], keys[a])
    }
    if let failure { throw Raise(.value(failure), at: lens?.node.span ?? input.span) }
    return try self.list(order.map { list.elements[$0] })
  }
}

/// `first` and `last`: one value, null of an empty list, or with a number a list.
final class EndNode: BuiltinNode {
  private let number: Node?
  private let isLast: Bool

  init(_ input: Node, number: Node?, isLast: Bool, _ span: Span) {
    self.number = number
    self.isLast = isLast
    super.init(isLast ? "last" : "first", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let elements = try list(f).elements
    guard let number else { return (isLast ? elements.last : elements.first) ?? .null }
    let count = try number.count(f, .elements, from: 0)
    return try list(Array(isLast ? elements.suffix(count) : elements.prefix(count)))
  }
}

/// `count`: of a list, of what in it meets a condition, of a record's fields.
final class CountNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("count", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    guard let lens else { return .int(try size(of: input.value(f))) }
    var count = 0
    try lens.each(of: input, f, for: name) { node, _ throws(Raise) in
      if try node.test(f) { count += 1 }
      return true
    }
    return .int(count)
  }

  private func size(of value: Value) throws(Raise) -> Int {
    switch value {
    case .list(let list): return list.count
    case .record(let record): return record.count
    default: throw Raise(.wrongInput(name, wanted: "a list or a record", value), at: input.span)
    }
  }
}
