/// Whether two lists or records hold the same data, in time that goes by what exists.
///
/// Parts may be shared: forty rounds of `x = [$x, $x]` make a value that has a trillion elements and
/// forty lists. What is one object is the same without a look, and after many looks each pair of
/// objects that were found to be the same is remembered, so that it is not walked through again.
struct Sameness {
  private struct Pair: Hashable {
    let a: UnsafeRawPointer
    let b: UnsafeRawPointer
  }

  /// How many pairs of objects are compared before the first is remembered: remembering costs more
  /// than comparing, and few values need it.
  private static let looksWithoutMemory = 10_000
  private var looks = 0
  private var proven: Set<Pair> = []

  /// Whether two values are the same data; both are alive as long as this takes.
  mutating func holds(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.list(let a), .list(let b)):
      guard a.count == b.count else { return false }
      return isProven(a.address, b.address) { $0.areSame(a.elements, b.elements) }
    case (.record(let a), .record(let b)):
      guard a.count == b.count else { return false }
      return isProven(a.address, b.address) { $0.areSame(a, b) }
    default: return Value.isSame(a, b)
    }
  }

  private mutating func isProven(
    _ a: UnsafeRawPointer?, _ b: UnsafeRawPointer?, or proof: (inout Sameness) -> Bool
  ) -> Bool {
    guard let a, let b, a != b else { return a == b || proof(&self) }
    looks += 1
    guard looks > Self.looksWithoutMemory else { return proof(&self) }
    let pair = Pair(a: a, b: b)
    if proven.contains(pair) { return true }
    guard proof(&self) else { return false }
    proven.insert(pair)
    return true
  }

  private mutating func areSame(_ a: [Value], _ b: [Value]) -> Bool {
    for (one, other) in zip(a, b) where !holds(one, other) { return false }
    return true
  }

  private mutating func areSame(_ a: Record, _ b: Record) -> Bool {
    if a.shape === b.shape {
      for position in a.indices where !holds(a.value(at: position), b.value(at: position)) {
        return false
      }
      return true
    }
    for (key, value) in a {
      guard let other = b[key], holds(value, other) else { return false }
    }
    return true
  }
}

extension List {
  /// Where its elements are: the same for lists that share them.
  fileprivate var address: UnsafeRawPointer? {
    elements.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
  }
}

extension Record {
  /// Where its fields are: the same for records that share them.
  fileprivate var address: UnsafeRawPointer? {
    UnsafeRawPointer(Unmanaged.passUnretained(storage).toOpaque())
  }
}
