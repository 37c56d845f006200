/// A value as what it is grouped by: equal values have equal keys, `1` and `1.0` too.
///
/// Other than `==` it takes any two kinds: they differ, a time and a text as well.
package struct ValueKey: Hashable, Sendable {
  /// The value.
  package let value: Value

  /// Makes the key of a value.
  package init(_ value: Value) { self.value = value }

  /// Whether the values are the same data.
  package static func == (a: ValueKey, b: ValueKey) -> Bool { Value.isSame(a.value, b.value) }

  /// Feeds the value so that the same data hashes alike.
  package func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher) }

  private static func hash(_ value: Value, into hasher: inout Hasher) {
    switch value {
    case .null: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    case .duration(let duration): hasher.combine(duration)
    case .time(let time): hasher.combine(time.moment)
    case .list(let list):
      hasher.combine(list.count)
      for element in list.elements { hash(element, into: &hasher) }
    case .record(let record): hasher.combine(hash(of: record))
    default:
      if let real = value.real { return real.hash(into: &hasher) }
      if let text = value.revealedText { hasher.combine(sameTextAs: text) }
    }
  }

  /// Fields are summed, since their order does not matter.
  private static func hash(of record: Record) -> Int {
    var sum = record.count
    for (key, value) in record {
      var hasher = Hasher()
      hasher.combine(sameTextAs: key)
      hash(value, into: &hasher)
      sum &+= hasher.finalize()
    }
    return sum
  }
}
