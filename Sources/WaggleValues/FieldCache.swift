/// What one field read has learnt: the shapes it met, and where the field stands in each.
///
/// A strand keeps one for each field node (shared ones would tear). The slot of a field that the
/// type has and the record has not is remembered too: it reads as null. The first shape met is
/// compared at once; up to 32 others, as pages of records with optional fields have them, are
/// found by their address.
@usableFromInline
package struct FieldCache {
  @usableFromInline var shape: Shape?
  @usableFromInline var slot: Int
  private var others: [Entry] = []

  private struct Entry {
    var shape: Shape?
    var slot: Int
  }

  private static let mostOthers = 32

  /// Makes a cache that has met nothing.
  package init() {
    shape = nil
    slot = 0
  }

  /// The slot in a shape other than the first; nil where it was not met, negative for null.
  fileprivate func slot(in shape: Shape) -> Int? {
    guard !others.isEmpty else { return nil }
    let place = Self.place(of: shape)
    return others[place].shape === shape ? others[place].slot : nil
  }

  fileprivate mutating func remember(_ shape: Shape, _ slot: Int) {
    guard self.shape != nil else {
      (self.shape, self.slot) = (shape, slot)
      return
    }
    if others.isEmpty {
      others = Array(repeating: Entry(shape: nil, slot: 0), count: Self.mostOthers)
    }
    others[Self.place(of: shape)] = Entry(shape: shape, slot: slot)
  }

  /// Where a shape goes among the others: objects lie at multiples of 16.
  private static func place(of shape: Shape) -> Int {
    let address = UInt(bitPattern: Unmanaged.passUnretained(shape).toOpaque())
    return Int((address >> 4 ^ address >> 9) % UInt(mostOthers))
  }
}

extension Record {
  /// Reads a field: null where the type has it and the record has not, an error where neither has.
  ///
  /// A hit costs one comparison of pointers. The cache must always be given the same name.
  @inlinable
  package func field(_ name: String, _ cache: inout FieldCache) throws(ValueError) -> Value {
    if let known = cache.shape,
      storage.withUnsafeMutablePointerToHeader({ $0.pointee.shape === known })
    {
      return cache.slot >= 0 ? storage.value(cache.slot) : .null
    }
    return try fieldAfterMiss(name, &cache)
  }

  /// Where a field that the cache knows is kept; nil for one that must be read.
  ///
  /// The address is good for as long as somebody holds the record and nobody changes it.
  @inlinable
  package func address(in cache: borrowing FieldCache) -> UnsafePointer<Value>? {
    guard let known = cache.shape, cache.slot >= 0,
      storage.withUnsafeMutablePointerToHeader({ $0.pointee.shape === known })
    else { return nil }
    return storage.withUnsafeMutablePointerToElements { UnsafePointer($0 + cache.slot) }
  }

  @usableFromInline
  func fieldAfterMiss(_ name: String, _ cache: inout FieldCache) throws(ValueError) -> Value {
    let shape = shape
    if let slot = cache.slot(in: shape) { return slot >= 0 ? storage.value(slot) : .null }
    let position = shape.index(of: name, likely: cache.slot)
    if position == nil, shape.type?.field(name) == nil { throw noField(name) }
    if !shape.isPrivate { cache.remember(shape, position ?? -1) }
    return position.map { storage.value($0) } ?? .null
  }

  /// Reads a field without a cache, by the same rules.
  package func field(_ name: String) throws(ValueError) -> Value {
    if let value = self[name] { return value }
    if shape.type?.field(name) != nil { return .null }
    throw noField(name)
  }

  /// The error for a field that is not there, with the names there are.
  package func noField(_ name: String) -> ValueError {
    let candidates = type.map { $0.fields.map(\.name) } ?? keys
    return .noField(name, type: type?.name, candidates: candidates)
  }
}
