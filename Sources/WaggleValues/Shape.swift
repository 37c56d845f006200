import Glibc
import Synchronization

/// The ordered keys of a record, shared by every record that has the same ones.
///
/// Shapes are interned from a root per record type, so two records of one type with the same keys
/// have the same shape object: a field node compares one pointer and knows the slot.
///
/// Keys that are data (ids, names) must not fill the memory for good: a shape with more than 128
/// keys belongs to one record alone, the 65th way to go on from a shape pushes out the first, and a
/// root that has made 16,384 shapes begins again. Equal keys may then have two shapes, which costs a
/// cache miss and changes nothing else.
@usableFromInline
package final class Shape: @unchecked Sendable {
  /// The keys in order; they only ever grow, and only while one record alone holds the shape.
  @exclusivity(unchecked) package private(set) var keys: [String]
  /// The type of the records of this shape; nil for plain records.
  package let type: RecordType?
  private let origin: ShapeOrigin?
  /// The shapes of one key more; touched under the origin's lock alone.
  private var children: [Shape] = []
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
    origin?.begin(at: self)
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
    return origin.withLock {
      if let child = child(key) { return child }
      if origin.isFull { origin.startOver() }
      let child = Shape(keys: keys + [key], type: type, origin: origin)
      origin.count += 1
      if children.count == Self.mostChildren { children.removeFirst() }
      children.append(child)
      return child
    }
  }

  fileprivate func dropChildren() { children = [] }

  private func child(_ key: String) -> Shape? { children.first { $0.endsWith(key) } }

  /// The shape with one more key, or the position at which the key stands already.
  func step(_ key: String) -> ShapeStep {
    if let child = origin?.withLock({ child(key) }) { return .grown(child) }
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
    for key in keys {
      if shape.isPrivate, isKnownUniquelyReferenced(&shape) {
        shape.grow(key)
      } else {
        shape = shape.appending(key)
      }
    }
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

/// What the shapes of one root share: the lock on the tree, and how many it has.
///
/// A pthread mutex, since the thread sanitizer does not see through `Synchronization.Mutex`.
private final class ShapeOrigin: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// How many shapes have been made since the tree began, touched under the lock alone.
  var count = 0
  private weak var root: Shape?

  private static let mostShapes = 16_384

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func begin(at root: Shape) { self.root = root }

  func withLock<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  var isFull: Bool { count >= Self.mostShapes }

  /// Lets go of the tree; what records and caches hold stays as it is.
  func startOver() {
    root?.dropChildren()
    count = 0
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
