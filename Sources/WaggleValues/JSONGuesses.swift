/// What a reader expects at each place of a document: schemas, and the shapes it met there.
///
/// Places, plans and slots are plain memory that this object owns, because counting references
/// for each field would cost a third of the reading.
final class JSONGuesses: @unchecked Sendable {
  private var places: [UnsafeMutablePointer<JSONPlace>] = []
  private var plans: [UnsafeMutablePointer<JSONPlan>] = []
  private(set) var root: UnsafeMutablePointer<JSONPlace>

  init(_ schema: Schema) {
    root = .allocate(capacity: 1)
    root.initialize(to: JSONPlace(schema))
    places.append(root)
  }

  deinit {
    for plan in plans {
      plan.pointee.free()
      plan.deinitialize(count: 1)
      plan.deallocate()
    }
    for place in places {
      place.deinitialize(count: 1)
      place.deallocate()
    }
  }

  func makePlace(_ schema: Schema) -> UnsafeMutablePointer<JSONPlace> {
    let place = UnsafeMutablePointer<JSONPlace>.allocate(capacity: 1)
    place.initialize(to: JSONPlace(schema))
    places.append(place)
    return place
  }

  /// The place of the elements of the list at a place.
  func element(of place: UnsafeMutablePointer<JSONPlace>) -> UnsafeMutablePointer<JSONPlace> {
    if let element = place.pointee.element { return element }
    let element = makePlace(place.pointee.schema.elementSchema)
    place.pointee.element = element
    return element
  }

  /// The place of a field of the records at a place.
  ///
  /// Fields of the schema have a place each; of others the places are bounded, since keys may be
  /// data.
  func field(
    _ key: String, of place: UnsafeMutablePointer<JSONPlace>
  ) -> UnsafeMutablePointer<JSONPlace> {
    if let known = place.pointee.fields[key] { return known }
    if let schema = place.pointee.schema.fieldSchema(key) {
      let field = makePlace(schema)
      place.pointee.fields[key] = field
      return field
    }
    if place.pointee.fields.count < 256 {
      let field = makePlace(.any)
      place.pointee.fields[key] = field
      return field
    }
    if let other = place.pointee.other { return other }
    let other = makePlace(.any)
    place.pointee.other = other
    return other
  }

  /// Remembers a shape that a record at a place had, in the stead of the oldest of many.
  func learn(_ shape: Shape, at place: UnsafeMutablePointer<JSONPlace>) {
    guard !shape.isPrivate, shape.count > 0, place.pointee.learnt < JSONPlace.mostLearnt else {
      return
    }
    let fields = shape.keys.map { field($0, of: place) }
    let plan = UnsafeMutablePointer<JSONPlan>.allocate(capacity: 1)
    plan.initialize(to: JSONPlan(shape, fields))
    plans.append(plan)
    place.pointee.learnt += 1
    place.pointee.remember(plan)
  }
}

/// One place in a document: the root, a list's elements, a record's field.
struct JSONPlace {
  static let mostLearnt = 64
  private static let mostPlans = 12

  let schema: Schema
  /// The shape that records here begin with.
  let root: Shape
  let isTime: Bool
  let isSecret: Bool
  var element: UnsafeMutablePointer<JSONPlace>?
  var fields: [String: UnsafeMutablePointer<JSONPlace>] = [:]
  var other: UnsafeMutablePointer<JSONPlace>?
  /// Shapes met here, the one of the last record first.
  var plans: [UnsafeMutablePointer<JSONPlan>] = []
  var learnt = 0
  /// The last text here that needed memory of its own: in pages, most come again.
  var lastText = ""
  /// How many texts in a row were other ones.
  var misses = 0

  init(_ schema: Schema) {
    self.schema = schema
    switch schema {
    case .typed(let type): root = type.rootShape
    default: root = .plain
    }
    isTime = if case .time = schema { true } else { false }
    isSecret = if case .secret = schema { true } else { false }
  }

  mutating func remember(_ plan: UnsafeMutablePointer<JSONPlan>) {
    if plans.count == Self.mostPlans { plans.removeLast() }
    plans.insert(plan, at: 0)
  }
}

/// A shape met at a place, with the bytes of its keys as they stand in compact JSON.
struct JSONPlan {
  /// A key and the place of its value.
  struct Slot {
    /// `"key":` within `keys`.
    let offset: Int
    let length: Int
    let place: UnsafeMutablePointer<JSONPlace>
  }

  let shape: Shape
  let count: Int
  let keys: UnsafeMutablePointer<UInt8>
  let slots: UnsafeMutablePointer<Slot>

  init(_ shape: Shape, _ fields: [UnsafeMutablePointer<JSONPlace>]) {
    self.shape = shape
    count = shape.count
    var bytes: [UInt8] = []
    slots = .allocate(capacity: max(1, count))
    for (position, key) in shape.keys.enumerated() {
      let offset = bytes.count
      var writer = JSONWriter(secrets: .revealed)
      writer.write(.text(key))
      bytes += writer.bytes
      bytes.append(0x3A)
      (slots + position).initialize(
        to: Slot(offset: offset, length: bytes.count - offset, place: fields[position]))
    }
    keys = .allocate(capacity: max(1, bytes.count))
    keys.initialize(from: bytes, count: bytes.count)
  }

  func free() {
    keys.deallocate()
    slots.deallocate()
  }
}

extension Schema {
  /// What the elements of a list of this schema are.
  fileprivate var elementSchema: Schema {
    if case .list(let element) = self { element } else { .any }
  }

  /// What a field of a record of this schema is; nil where the schema does not say.
  fileprivate func fieldSchema(_ name: String) -> Schema? {
    switch self {
    case .typed(let type): type.field(name)?.schema
    case .record(let fields?): fields.first { $0.name == name }?.schema
    default: nil
    }
  }
}
