import WaggleText
import WaggleValues

/// `sum`; 0 of an empty list.
final class SumNode: BuiltinNode {
  private let lens: Lens?

  init(_ input: Node, _ lens: Lens?, _ span: Span) {
    self.lens = lens
    super.init("sum", input, span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let list = try list(f)
    var total: Value?
    if let lens {
      try lens.each(of: list, f, at: span) { node, _, _ throws(Raise) in
        try add(try node.value(f), to: &total)
        return true
      }
    } else {
      try f.burn(list.count, at: span)
      for element in list.elements { try add(element, to: &total) }
    }
    return total ?? .int(0)
  }

  @inline(__always)
  private func add(_ value: Value, to total: inout Value?) throws(Raise) {
    guard let sum = total else {
      guard value.isSummable else { throw Raise(.notSummable(value), at: spot) }
      total = value
      return
    }
    do throws(ValueError) {
      total = try Value.add(sum, value)
    } catch {
      throw Raise(.value(error), at: spot)
    }
  }

  private var spot: Span { lens?.node.span ?? input.span }
}

extension Value {
  /// Whether it can begin a sum.
  fileprivate var isSummable: Bool {
    switch self {
    case .int, .float, .number, .duration: true
    default: false
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
    let keys = try lens?.values(of: list, f, at: span) ?? list.elements
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
    let values = try lens?.values(of: list, f, at: span) ?? list.elements
    var names: [String] = []
    var groups: [String: [Value]] = [:]
    for (element, value) in zip(list.elements, values) {
      let name = try name(of: value)
      if groups[name] == nil { names.append(name) }
      groups[name, default: []].append(element)
    }
    var record = Record()
    for name in names {
      let group = try self.list(groups[name] ?? [])
      try attempt(at: span) { () throws(ValueError) in try record.set(name, group) }
    }
    return .record(record)
  }

  private func name(of value: Value) throws(Raise) -> String {
    switch value {
    case .null: return "null"
    case .secret: throw Raise(.secretGroup, at: lens?.node.span ?? input.span)
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
    var builder = TextBuilder()
    for (index, element) in elements.enumerated() {
      if index > 0 { builder.append(separator) }
      builder.append(element)
    }
    return builder.finish()
  }
}
