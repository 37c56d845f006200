import Glibc

/// Records: follow the keys of the records before, and learn where they differ.
extension JSONScan {
  mutating func record(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    try enter()
    let first = pendingCount
    guard peek() != 0x7D else { return close(place.pointee.rootShape, first) }
    var path = guesses.start(of: place)
    while true {
      if let guess = path.pointee.first, skipKey(guess) {
        path = guess
      } else if let known = skipOtherKey(path) {
        path = known
      } else if let learnt = try learnKey(path, place) {
        path = learnt
      } else {
        return try readRest(place, path.pointee.shape, first)
      }
      push(try value(path.pointee.place))
      skipSpace()
      guard peek() == 0x2C else { break }
      at += 1
      skipSpace()
    }
    guard peek() == 0x7D else { throw failUnexpected("`,` or `}`") }
    return close(path.pointee.shape, first)
  }

  /// Steps over `"key":` if it is the one at the end of a path.
  @inline(__always) private mutating func skipKey(_ path: UnsafeMutablePointer<JSONPath>) -> Bool {
    let length = path.pointee.keyLength
    guard end - at >= length, memcmp(at, path.pointee.key, length) == 0 else { return false }
    at += length
    skipSpace()
    return true
  }

  /// Finds the key that stands here among the longer paths, and puts its path first.
  private mutating func skipOtherKey(
    _ path: UnsafeMutablePointer<JSONPath>
  ) -> UnsafeMutablePointer<JSONPath>? {
    guard var before = path.pointee.first else { return nil }
    while let other = before.pointee.next {
      if skipKey(other) {
        before.pointee.next = other.pointee.next
        other.pointee.next = path.pointee.first
        path.pointee.first = other
        return other
      }
      before = other
    }
    return nil
  }

  /// Reads a key that no path has, and remembers it; nil, with the key unread, where it cannot be.
  private mutating func learnKey(
    _ path: UnsafeMutablePointer<JSONPath>, _ place: UnsafeMutablePointer<JSONPlace>
  ) throws(JSONStop) -> UnsafeMutablePointer<JSONPath>? {
    let begin = at
    let key = try key()
    if let longer = guesses.step(path, key, in: place) { return longer }
    at = begin
    return nil
  }

  /// Reads the rest of a record key by key; `shape` has the keys of the values pending so far.
  private mutating func readRest(
    _ place: UnsafeMutablePointer<JSONPlace>, _ known: Shape, _ first: Int
  ) throws(JSONStop) -> Value {
    var shape = known
    while true {
      let key = try key()
      let value = try value(guesses.field(key, of: place))
      if let position = step(&shape, key) {
        pending[first + position] = value
      } else {
        push(value)
      }
      skipSpace()
      guard peek() == 0x2C else { break }
      at += 1
      skipSpace()
    }
    guard peek() == 0x7D else { throw failUnexpected("`,` or `}`") }
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
