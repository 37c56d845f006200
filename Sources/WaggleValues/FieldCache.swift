/// What one field read has learnt: the shape it met last, and where the field stands in it.
///
/// A strand keeps one for each field node (shared ones would tear). The slot of a field that the
/// type has and the record has not is remembered too: it reads as null.
@usableFromInline
package struct FieldCache {
  @usableFromInline var shape: Shape?
  @usableFromInline var slot: Int

  /// Makes a cache that has met nothing.
  @inlinable package init() {
    shape = nil
    slot = 0
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

  @usableFromInline
  func fieldAfterMiss(_ name: String, _ cache: inout FieldCache) throws(ValueError) -> Value {
    let shape = shape
    let position = shape.index(of: name)
    if position == nil, shape.type?.field(name) == nil { throw noField(name) }
    guard !shape.isPrivate else { return position.map { storage.value($0) } ?? .null }
    cache.shape = shape
    cache.slot = position ?? -1
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
