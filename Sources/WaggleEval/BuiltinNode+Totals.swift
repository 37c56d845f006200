import WaggleText
import WaggleValues

/// A sum on its way: an int or a float without a call for as long as nothing else comes.
private struct Total {
  private enum State {
    case nothing
    case int(Int)
    case float(Double)
    case other(Value)
  }

  private var state = State.nothing

  init() {}

  init(_ value: Value) {
    state =
      switch value {
      case .int(let int): .int(int)
      case .float(let double): .float(double)
      default: .other(value)
      }
  }

  var isEmpty: Bool { if case .nothing = state { true } else { false } }

  var value: Value {
    switch state {
    case .nothing: .int(0)
    case .int(let int): .int(int)
    case .float(let double): .float(double)
    case .other(let value): value
    }
  }

  /// Adds a number to a number of its own kind, or a float to an int; false where that is not so
  /// or the sum has no such form, and nothing was added.
  @inline(__always)
  mutating func takes(_ value: UnsafePointer<Value>) -> Bool {
    switch (state, value.pointee) {
    case (.int(let sum), .int(let int)):
      let (next, overflows) = sum.addingReportingOverflow(int)
      if !overflows { state = .int(next) }
      return !overflows
    case (.float(let sum), .float(let double)): return takes(sum + double)
    case (.float(let sum), .int(let int)): return takes(sum + Double(int))
    case (.int(let sum), .float(let double)): return takes(Double(sum) + double)
    default: return false
    }
  }

  @inline(__always)
  private mutating func takes(_ sum: Double) -> Bool {
    guard sum.isFinite else { return false }
    state = .float(sum)
    return true
  }
}

extension Duration {
  fileprivate static let zero = Duration(nanoseconds: 0)
}

/// `sum`; 0 of an empty list.
final class SumNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("sum", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var total = Total()
    if let lens {
      try lens.each(of: input, f, for: name) { node, _ throws(Raise) in
        var value = try node.value(f)
        try add(&value, to: &total)
        return true
      }
    } else {
      try input.each(f, for: name) { element throws(Raise) in
        try add(element, to: &total)
        return true
      }
    }
    return total.value
  }

  @inline(__always)
  private func add(_ value: UnsafePointer<Value>, to total: inout Total) throws(Raise) {
    if total.takes(value) { return }
    try addSlowly(value.pointee, to: &total)
  }

  /// Adds what comes first, what is no plain number, or what cannot be added.
  @inline(never)
  private func addSlowly(_ value: Value, to total: inout Total) throws(Raise) {
    switch value.kind {
    case .int, .float, .duration: break
    default: throw Raise(.notSummable(value, name), at: spot)
    }
    let start: Value = total.isEmpty && value.kind == .duration ? .duration(.zero) : total.value
    let sum = try attempt(at: spot) { () throws(ValueError) in try Value.add(start, value) }
    total = Total(sum)
  }

  private var spot: Span { lens?.node.span ?? input.span }
}

/// `avg`; null of an empty list.
final class AverageNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("avg", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    let values = try lens?.values(of: list, f, at: input.span, for: name) ?? list.elements
    guard var sum = values.first else { return .null }
    let spot = lens?.node.span ?? input.span
    for value in values {
      switch value.kind {
      case .int, .float, .duration: continue
      default: throw Raise(.notSummable(value, name), at: spot)
      }
    }
    return try attempt(at: spot) { () throws(ValueError) in
      for value in values.dropFirst() { sum = try Value.add(sum, value) }
      return try Value.calculate(sum, .divide, .int(values.count))
    }
  }
}

/// `min` and `max`: null counts for nothing, and is what remains of an empty list.
final class ExtremeNode: BuiltinNode {
  private let lens: Lens?
  private let isGreatest: Bool

  init(_ input: Node, _ lens: Lens?, isGreatest: Bool, _ span: Span) {
    self.lens = lens
    self.isGreatest = isGreatest
    super.init(isGreatest ? "max" : "min", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    let keys = try lens?.values(of: list, f, at: input.span, for: name) ?? list.elements
    var best: Int?
    for (index, key) in keys.enumerated() where !key.isNull {
      guard let held = best else {
        best = index
        continue
      }
      let order = try attempt(at: lens?.node.span ?? input.span) { () throws(ValueError) in
        try Value.order(key, keys[held])
      }
      if isGreatest ? order > 0 : order < 0 { best = index }
    }
    return best.map { list.elements[$0] } ?? .null
  }
}

/// `group`: a record of lists, in the order in which the groups were first met.
final class GroupNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("group", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    let values = try lens?.values(of: list, f, at: input.span, for: name) ?? list.elements
    var order: [(name: String, key: ValueKey)] = []
    var groups: [ValueKey: [Value]] = [:]
    var takers: [String: ValueKey] = [:]
    for (element, value) in zip(list.elements, values) {
      let key = ValueKey(value)
      if groups[key] == nil {
        let name = try name(of: value)
        if let taker = takers.updateValue(key, forKey: name) {
          throw Raise(.groupsAlike(taker.value, value, name), at: lens?.node.span ?? input.span)
        }
        order.append((name, key))
      }
      groups[key, default: []].append(element)
    }
    var record = Record()
    for (name, key) in order {
      let group = try self.list(groups[key] ?? [])
      try attempt(at: span) { () throws(ValueError) in try record.set(name, group) }
    }
    return .record(record)
  }

  private func name(of value: Value) throws(Raise) -> String {
    switch value {
    case .null: return "null"
    case .secret: throw Raise(.secretGroup, at: lens?.node.span ?? input.span)
    case .stream: throw Raise(.value(.streamText), at: lens?.node.span ?? input.span)
    default: return value.plainText
    }
  }
}

/// `join`: one text of all elements, each as it prints, with a text between.
final class JoinNode: BuiltinNode {
  private let separator: Node?

  init(_ input: Node, separator: Node?, _ span: Span) {
    self.separator = separator
    super.init("join", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let elements = try list(f).elements
    let separator = try separator?.value(f) ?? .text("")
    guard separator.revealedText != nil else {
      throw Raise(.wrongInput("join", wanted: "a text to put between", separator), at: span)
    }
    try f.burn(elements.count, at: span)
    let gap = separator.textSize
    var builder = TextBuilder()
    for (index, element) in elements.enumerated() {
      if index > 0 { builder.append(separator) }
      try f.admit(printing: element, at: span)
      try f.admit(growing: builder.byteCount, by: element.textSize + gap, size: 1, at: span)
      builder.append(element)
    }
    return builder.finish()
  }
}

extension Value {
  /// The bytes of a text; 0 of anything else.
  fileprivate var textSize: Int { revealedText?.utf8.count ?? 0 }
}
