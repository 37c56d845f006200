import Glibc

/// Records: guess the keys of the record before, and learn where the guess fails.
extension JSONScan {
  mutating func record(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    try enter()
    let first = pendingCount
    if peek() == 0x7D { return close(place.pointee.root, first) }
    guard let guess = place.pointee.plans.first else {
      return try learn(place, place.pointee.root, first)
    }
    var plan = guess
    var position = 0
    while true {
      guard position < plan.pointee.count,
        skipKey(plan, position)
          || divert(place, &plan, position)
      else { return try learn(place, plan.pointee.shape.prefix(position), first) }
      push(try value(plan.pointee.slots[position].place))
      position += 1
      skipSpace()
      guard peek() == 0x2C else { break }
      at += 1
    }
    guard peek() == 0x7D else { throw failUnexpected("`,` or `}`") }
    if position == plan.pointee.count { return close(plan.pointee.shape, first) }
    let shape = plan.pointee.shape.prefix(position)
    guesses.learn(shape, at: place)
    return close(shape, first)
  }

  /// Steps over `"key":` if it is the one that a plan has at a position, without white space.
  @inline(__always)
  private mutating func skipKey(_ plan: UnsafeMutablePointer<JSONPlan>, _ position: Int) -> Bool {
    let slot = plan.pointee.slots[position]
    guard end - at >= slot.length, memcmp(at, plan.pointee.keys + slot.offset, slot.length) == 0
    else { return false }
    at += slot.length
    skipSpace()
    return true
  }

  /// Finds another plan that has the same keys so far and the key that stands here.
  private mutating func divert(
    _ place: UnsafeMutablePointer<JSONPlace>, _ plan: inout UnsafeMutablePointer<JSONPlan>,
    _ position: Int
  ) -> Bool {
    skipSpace()
    let shape = plan.pointee.shape.prefix(position)
    for (rank, other) in place.pointee.plans.enumerated()
    where other.pointee.count > position && other.pointee.shape.prefix(position) === shape {
      guard skipKey(other, position) else { continue }
      place.pointee.plans.remove(at: rank)
      place.pointee.plans.insert(other, at: 0)
      plan = other
      return true
    }
    return false
  }

  /// Reads the rest of a record key by key; `shape` has the keys of the values pending so far.
  private mutating func learn(
    _ place: UnsafeMutablePointer<JSONPlace>, _ known: Shape, _ first: Int
  ) throws(JSONStop) -> Value {
    var shape = known
    while true {
      skipSpace()
      let key = try key()
      let value = try value(guesses.field(key, of: place))
      switch step(&shape, key) {
      case .some(let position): pending[first + position] = value
      case nil: push(value)
      }
      skipSpace()
      guard peek() == 0x2C else { break }
      at += 1
    }
    guard peek() == 0x7D else { throw failUnexpected("`,` or `}`") }
    guesses.learn(shape, at: place)
    return close(shape, first)
  }

  /// Adds a key to the shape, or gives the position at which it stands already.
  private func step(_ shape: inout Shape, _ key: String) -> Int? {
    if shape.isPrivate, isKnownUniquelyReferenced(&shape) {
      if let position = shape.index(of: key) { return position }
      shape.grow(key)
      return nil
    }
    switch shape.step(key) {
    case .grown(let grown): shape = grown
    case .present(let position): return position
    }
    return nil
  }

  private mutating func key() throws(JSONStop) -> String {
    guard peek() == 0x22 else { throw failUnexpected("a key in quotes") }
    let key = try string()
    skipSpace()
    guard peek() == 0x3A else { throw failUnexpected("`:`") }
    at += 1
    skipSpace()
    return key
  }

  private mutating func close(_ shape: Shape, _ first: Int) -> Value {
    at += 1
    depth -= 1
    let storage = RecordStorage.make(shape: shape, moving: pending + first, pendingCount - first)
    dropMoved(to: first)
    return .record(Record(storage: storage))
  }
}
