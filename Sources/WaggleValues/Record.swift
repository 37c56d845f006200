/// A record: a shape and a value for each of its keys, in one allocation, copied on write.
///
/// A collection of its fields in their order. The shape says whether an answer of the API made it
/// (`type`); `select`, `map` and merging begin at the plain shape again.
@usableFromInline
package struct Record: @unchecked Sendable {
  @usableFromInline var storage: RecordStorage

  /// The record without fields.
  package init() { self.init(shape: .plain, values: []) }

  /// Makes a record of a shape; values beyond its keys are dropped and missing ones are null.
  ///
  /// The values must not nest deeper than 511; `init(_:)` checks, this one trusts.
  package init(shape: Shape, values: some Collection<Value>) {
    storage = .make(shape: shape, capacity: shape.count)
    for value in values.prefix(shape.count) { storage.push(value) }
    while storage.count < shape.count { storage.push(.null) }
  }

  /// Makes a record of pairs; a key that comes again replaces the value in the place of the first.
  package init(
    _ pairs: some Sequence<(key: String, value: Value)>, type: RecordType? = nil
  ) throws(ValueError) {
    storage = .make(shape: type?.rootShape ?? .plain, capacity: pairs.underestimatedCount)
    for (key, value) in pairs { try set(key, value) }
  }

  init(storage: RecordStorage) { self.storage = storage }

  /// The keys and the type.
  @inlinable package var shape: Shape {
    storage.withUnsafeMutablePointerToHeader { $0.pointee.shape }
  }

  /// How deep it nests: 1 for a record of scalars, one more than its deepest value otherwise.
  @inlinable package var depth: Int32 {
    storage.withUnsafeMutablePointerToHeader { $0.pointee.depth }
  }

  /// How many fields it has.
  @inlinable package var count: Int {
    storage.withUnsafeMutablePointerToHeader { Int($0.pointee.count) }
  }

  /// The keys in order.
  package var keys: [String] { shape.keys }

  /// The type of an API record, nil for a plain one.
  package var type: RecordType? { shape.type }

  /// The value at a position, which must be one of the record's.
  package func value(at position: Int) -> Value {
    precondition(position >= 0 && position < count)
    return storage.value(position)
  }

  /// The value of a key as it is stored; nil where there is none, whatever the type says.
  package subscript(key: String) -> Value? { shape.index(of: key).map { storage.value($0) } }
}

extension Record: RandomAccessCollection {
  /// Positions count from the first key.
  @usableFromInline package var startIndex: Int { 0 }
  /// The position behind the last key.
  @usableFromInline package var endIndex: Int { count }
  /// The key and value of a position.
  @usableFromInline package subscript(position: Int) -> (key: String, value: Value) {
    (shape.keys[position], value(at: position))
  }
}

/// The one allocation behind a record.
@usableFromInline
final class RecordStorage: ManagedBuffer<RecordStorage.Header, Value> {
  /// What stands before the values.
  @usableFromInline
  struct Header {
    @usableFromInline var shape: Shape
    @usableFromInline var depth: Int32
    @usableFromInline var count: Int32
    var capacity: Int32
  }

  static func make(shape: Shape, capacity: Int) -> RecordStorage {
    let buffer = create(minimumCapacity: capacity) { _ in
      Header(shape: shape, depth: 1, count: 0, capacity: Int32(clamping: capacity))
    }
    return unsafeDowncast(buffer, to: RecordStorage.self)
  }

  /// Takes values out of memory that is then no longer initialized.
  static func make(
    shape: Shape, moving values: UnsafeMutablePointer<Value>, _ count: Int
  ) -> RecordStorage {
    let storage = make(shape: shape, capacity: count)
    storage.withUnsafeMutablePointers { header, elements in
      elements.moveInitialize(from: values, count: count)
      header.pointee.count = Int32(truncatingIfNeeded: count)
      for position in 0..<count {
        header.pointee.depth = Swift.max(header.pointee.depth, elements[position].depth + 1)
      }
    }
    return storage
  }

  deinit {
    withUnsafeMutablePointers { header, values in
      _ = values.deinitialize(count: Int(header.pointee.count))
    }
  }

  var count: Int { withUnsafeMutablePointerToHeader { Int($0.pointee.count) } }

  @inlinable
  func value(_ position: Int) -> Value {
    withUnsafeMutablePointerToElements { $0[position] }
  }

  func push(_ value: Value) {
    let depth = value.depth + 1
    withUnsafeMutablePointers { header, values in
      (values + Int(header.pointee.count)).initialize(to: value)
      header.pointee.count += 1
      header.pointee.depth = max(header.pointee.depth, depth)
    }
  }

  func copy(capacity: Int) -> RecordStorage {
    let copy = withUnsafeMutablePointerToHeader {
      RecordStorage.make(shape: $0.pointee.shape, capacity: Swift.max(capacity, count))
    }
    withUnsafeMutablePointers { header, values in
      copy.withUnsafeMutablePointers { newHeader, newValues in
        newValues.initialize(from: values, count: Int(header.pointee.count))
        newHeader.pointee.count = header.pointee.count
        newHeader.pointee.depth = header.pointee.depth
      }
    }
    return copy
  }
}
