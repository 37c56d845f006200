import Synchronization

/// The ordered keys of a record, shared by every record that has the same ones.
///
/// Shapes are interned from a root per record type, so two records of one type with the same keys
/// have the same shape object: a field node compares one pointer and knows the slot. A shape with
/// more than 128 keys, or beyond 4,096 shapes of a root, belongs to one record alone: keys that are
/// data (ids, names) must not fill the memory for good.
@usableFromInline
package final class Shape: @unchecked Sendable {
  /// The keys in order; they only ever grow, and only while one record alone holds the shape.
  @exclusivity(unchecked) package private(set) var keys: [String]
  /// The type of the records of this shape; nil for plain records.
  package let type: RecordType?
  private let origin: ShapeOrigin?
  private let children = Mutex<[Shape]>([])
  private let table = AtomicLazyReference<KeyTable>()

  private static let mostInternedKeys = 128
  private static let mostChildren = 64
  private static let fewKeys = 8

  /// Where every record without a type begins: no keys.
  package static let plain = Shape(rootFor: nil)

  /// Makes the root of a type; two roots of one type would make two families of shapes.
  init(rootFor type: RecordType?) {
    self.keys = []
    self.type = type
    self.origin = ShapeOrigin()
  }

  private init(keys: [String], type: RecordType?, origin: ShapeOrigin?) {
    self.keys = keys
    self.type = type
    self.origin = origin
  }

  /// A shape that one record has for itself.
  static func privately(_ keys: [String], type: RecordType?) -> Shape {
    Shape(keys: keys, type: type, origin: nil)
  }

  /// Whether it belongs to one record, which may add keys in place while nobody else holds it.
  var isPrivate: Bool { origin == nil }

  /// How many keys it has.
  package var count: Int { keys.count }

  /// The position of a key, nil where it has none.
  package func index(of key: String) -> Int? {
    if keys.count > Self.fewKeys { return lookupTable.position(of: key, in: keys) }
    for position in keys.indices where isSameText(keys[position], key) { return position }
    return nil
  }

  /// The position of a key, with a look first at where it stands in shapes beside this one.
  func index(of key: String, likely position: Int) -> Int? {
    if keys.indices.contains(position), isSameText(keys[position], key) { return position }
    return index(of: key)
  }

  private var lookupTable: KeyTable {
    table.load() ?? table.storeIfNil(KeyTable(keys))
  }

  /// The shape with one more key behind these; the key must not be among them.
  package func appending(_ key: String) -> Shape {
    guard let origin, keys.count < Self.mostInternedKeys else {
      return .privately(keys + [key], type: type)
    }
    return children.withLock { children in
      if let child = children.first(where: { $0.endsWith(key) }) { return child }
      guard children.count < Self.mostChildren, origin.takeOne() else {
        return .privately(keys + [key], type: type)
      }
      let child = Shape(keys: keys + [key], type: type, origin: origin)
      children.append(child)
      return child
    }
  }

  /// The shape with one more key, or the position at which the key stands already.
  func step(_ key: String) -> ShapeStep {
    let child = children.withLock { $0.first { $0.endsWith(key) } }
    if let child { return .grown(child) }
    if let position = index(of: key) { return .present(position) }
    return .grown(appending(key))
  }

  private func endsWith(_ key: String) -> Bool {
    guard let last = keys.last else { return false }
    return isSameText(last, key)
  }

  /// The shape of these keys in this order, each of them once, below this one.
  package func appending(_ keys: some Sequence<String>) -> Shape {
    var shape = self
    for key in keys { shape = shape.appending(key) }
    return shape
  }

  /// Adds a key in place; only for a private shape that nobody else holds.
  func grow(_ key: String) {
    keys.append(key)
    table.load()?.insert(keys.count - 1, of: keys)
  }
}

/// What a further key makes of a shape.
enum ShapeStep {
  case grown(Shape)
  case present(Int)
}

/// How many shapes a root may still intern.
private final class ShapeOrigin: Sendable {
  private let left = Atomic<Int>(4096)

  func takeOne() -> Bool {
    left.subtract(1, ordering: .relaxed).newValue >= 0
  }
}

/// Positions of many keys by hash, with open addressing.
private final class KeyTable: @unchecked Sendable {
  private var slots: [Int32]

  init(_ keys: [String]) {
    slots = Self.emptySlots(for: keys.count)
    for position in keys.indices { place(position, of: keys) }
  }

  private static func emptySlots(for count: Int) -> [Int32] {
    var size = 32
    while size < count * 2 { size *= 2 }
    return Array(repeating: -1, count: size)
  }

  func insert(_ position: Int, of keys: [String]) {
    guard keys.count * 2 <= slots.count else {
      slots = Self.emptySlots(for: keys.count * 2)
      for position in keys.indices { place(position, of: keys) }
      return
    }
    place(position, of: keys)
  }

  private func place(_ position: Int, of keys: [String]) {
    var slot = start(of: keys[position])
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: position)
  }

  func position(of key: String, in keys: [String]) -> Int? {
    var slot = start(of: key)
    while slots[slot] >= 0 {
      let position = Int(slots[slot])
      if isSameText(keys[position], key) { return position }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func start(of key: String) -> Int {
    var hasher = Hasher()
    hasher.combine(sameTextAs: key)
    return hasher.finalize() & (slots.count - 1)
  }
}

extension Hasher {
  /// Feeds a text so that texts which `isSameText` tells apart hash apart.
  mutating func combine(sameTextAs text: String) {
    let fed: Void? = text.utf8.withContiguousStorageIfAvailable {
      combine(bytes: UnsafeRawBufferPointer($0))
    }
    if fed == nil { for byte in text.utf8 { combine(byte) } }
  }
}
