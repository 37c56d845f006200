/// Changing a record: every change keeps the order of the fields and the bound on depth.
extension Record {
  /// Sets the value of a key, which comes last where it is new.
  package mutating func set(_ key: String, _ value: Value) throws(ValueError) {
    guard value.depth < Value.maxDepth else { throw .notHeld(value) }
    if let position = shape.index(of: key) {
      replace(position, with: value)
    } else {
      append(key, value)
    }
  }

  private mutating func replace(_ position: Int, with value: Value) {
    makeUnique(capacity: count)
    let wasDeepest = storage.value(position).depth + 1 == depth
    storage.withUnsafeMutablePointers { header, values in
      values[position] = value
      if !wasDeepest {
        header.pointee.depth = Swift.max(header.pointee.depth, value.depth + 1)
      } else {
        var deepest: Int32 = 0
        for i in 0..<Int(header.pointee.count) { deepest = Swift.max(deepest, values[i].depth) }
        header.pointee.depth = deepest + 1
      }
    }
  }

  private mutating func append(_ key: String, _ value: Value) {
    makeUnique(capacity: count + 1)
    storage.withUnsafeMutablePointerToHeader { header in
      if header.pointee.shape.isPrivate, isKnownUniquelyReferenced(&header.pointee.shape) {
        header.pointee.shape.grow(key)
      } else {
        header.pointee.shape = header.pointee.shape.appending(key)
      }
    }
    storage.push(value)
  }

  private mutating func makeUnique(capacity: Int) {
    let isRoomy = storage.withUnsafeMutablePointerToHeader { $0.pointee.capacity >= capacity }
    if isRoomy, isKnownUniquelyReferenced(&storage) { return }
    storage = storage.copy(capacity: isRoomy ? capacity : Swift.max(capacity, count * 2, 4))
  }

  /// The record without a key; itself where it has no such key.
  package func removing(_ key: String) -> Record {
    guard let position = shape.index(of: key) else { return self }
    var keys = shape.keys
    keys.remove(at: position)
    let values = indices.lazy.filter { $0 != position }.map { self.value(at: $0) }
    return Record(shape: shape.root.appending(keys), values: Array(values))
  }

  /// Both records' fields as a plain record: the right one wins, in the place of the left one.
  package func merging(_ other: Record) throws(ValueError) -> Record {
    var merged = plain
    for (key, value) in other { try merged.set(key, value) }
    return merged
  }

  /// These fields in this order as a plain record, each read as `field` reads it.
  package func selecting(_ names: [String]) throws(ValueError) -> Record {
    var selected = Record()
    for name in names { try selected.set(name, field(name)) }
    return selected
  }

  /// The same fields without the type.
  package var plain: Record {
    guard type != nil else { return self }
    return Record(
      shape: Shape.plain.appending(shape.keys), values: indices.map { value(at: $0) })
  }

  /// The same fields as a record of a type, which is trusted: nothing is compared with the type.
  package func typed(_ type: RecordType) -> Record {
    Record(
      shape: type.rootShape.appending(shape.keys), values: indices.map { value(at: $0) })
  }
}

extension Shape {
  /// The shape without keys of the same type.
  var root: Shape { type?.rootShape ?? .plain }
}
