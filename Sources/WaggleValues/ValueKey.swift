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
  ///
  /// Of a list the first so many elements count, of a record within something else its keys alone:
  /// parts may be shared, and what a value would have written out may have no end.
  package func hash(into hasher: inout Hasher) {
    var rest = Self.mostElements
    Self.hash(value, into: &hasher, &rest, isInside: false)
  }

  private static let mostElements = 1_000

  private static func hash(
    _ value: Value, into hasher: inout Hasher, _ rest: inout Int, isInside: Bool
  ) {
    rest -= 1
    switch value {
    case .null: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    case .duration(let duration): hasher.combine(duration)
    case .time(let time): hasher.combine(time.moment)
    case .list(let list):
      hasher.combine(list.count)
      for element in list.elements where rest > 0 {
        hash(element, into: &hasher, &rest, isInside: true)
      }
    case .record(let record): hasher.combine(hash(of: record, isInside))
    default:
      if let real = value.real { return real.hash(into: &hasher) }
      if let text = value.revealedText { hasher.combine(sameTextAs: text) }
    }
  }

  /// Fields are summed, since their order does not matter.
  private static func hash(of record: Record, _ isInside: Bool) -> Int {
    var sum = record.count
    for (key, value) in record {
      var hasher = Hasher()
      hasher.combine(sameTextAs: key)
      var rest = mostElements
      if !isInside { hash(value, into: &hasher, &rest, isInside: true) }
      sum &+= hasher.finalize()
    }
    return sum
  }
}
