import WaggleText
import WaggleValues

/// `[a, b, ...c]`.
final class ListNode: Node {
  /// An item, or a list whose elements are items.
  struct Item {
    let node: Node
    let isSpread: Bool
  }

  private let items: [Item]

  init(_ items: [Item], _ span: Span) {
    self.items = items
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let elements = try items.elements(f)
    return .list(try attempt(at: span) { () throws(ValueError) in try List(elements) })
  }
}

extension [ListNode.Item] {
  /// The values of the items in order, those of spread lists among them.
  func elements(_ f: Frame) throws(Raise) -> [Value] {
    var elements: [Value] = []
    elements.reserveCapacity(count)
    for item in self {
      let value = try item.node.value(f)
      guard item.isSpread else {
        elements.append(value)
        continue
      }
      guard case .list(let list) = value else {
        throw Raise(.notSpreadable(value, into: .list), at: item.node.span)
      }
      try f.admit(elements: elements.count + list.count, at: item.node.span)
      elements += list.elements
    }
    return elements
  }
}

/// `{a: 1, ...b}`.
final class RecordNode: Node {
  /// A field, or a record whose fields are added.
  struct Entry {
    let key: String?
    let node: Node
  }

  private let entries: [Entry]
  /// The shape, where the keys are known before the run and no two are the same.
  private let shape: Shape?

  init(_ entries: [Entry], _ span: Span) {
    self.entries = entries
    let keys = entries.compactMap(\.key)
    let isPlain = keys.count == entries.count && Set(keys).count == keys.count
    shape = isPlain ? Shape.plain.appending(keys) : nil
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    guard let shape else { return .record(try merged(f)) }
    var values: [Value] = []
    values.reserveCapacity(entries.count)
    for entry in entries {
      let value = try entry.node.value(f)
      guard value.depth < Value.maxDepth else {
        throw Raise(.value(.notHeld(value)), at: entry.node.span)
      }
      values.append(value)
    }
    return .record(Record(shape: shape, values: values))
  }

  private func merged(_ f: Frame) throws(Raise) -> Record {
    var record = Record()
    for entry in entries {
      let value = try entry.node.value(f)
      if let key = entry.key {
        try attempt(at: entry.node.span) { () throws(ValueError) in try record.set(key, value) }
        continue
      }
      guard case .record(let other) = value else {
        throw Raise(.notSpreadable(value, into: .record), at: entry.node.span)
      }
      record = try attempt(at: entry.node.span) { () throws(ValueError) in
        try record.merging(other)
      }
    }
    return record
  }
}

/// A text made of parts.
final class TextNode: Node {
  let parts: [Node]

  init(_ parts: [Node], _ span: Span) {
    self.parts = parts
    super.init(span)
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    var builder = TextBuilder()
    for part in parts {
      let value = try part.value(f)
      try f.admit(printing: value, at: span)
      builder.append(value)
    }
    return builder.finish()
  }
}

/// `a..b` as a value: the list of its numbers.
final class RangeNode: Node {
  private let lower: Node
  private let upper: Node

  init(_ lower: Node, _ upper: Node, _ span: Span) {
    self.lower = lower
    self.upper = upper
    super.init(span)
  }

  /// The two ends, both included; the upper one may be the smaller.
  func ends(_ f: Frame) throws(Raise) -> (lower: Int, upper: Int) {
    (try end(lower, f), try end(upper, f))
  }

  private func end(_ node: Node, _ f: Frame) throws(Raise) -> Int {
    let value = try node.value(f)
    guard case .int(let int) = value else { throw Raise(.notRangeEnd(value), at: node.span) }
    return int
  }

  override func value(_ f: Frame) throws(Raise) -> Value {
    let (lower, upper) = try ends(f)
    guard lower <= upper else { return .list(List()) }
    let (distance, overflows) = upper.subtractingReportingOverflow(lower)
    guard !overflows else { throw Raise(.memory, at: span) }
    try f.admit(elements: distance, at: span)
    let numbers = (0...distance).map { Value.int(lower + $0) }
    return .list(try attempt(at: span) { () throws(ValueError) in try List(numbers) })
  }
}
