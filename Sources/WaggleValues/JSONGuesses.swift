/// What a reader expects at each place of a document: schemas, and the keys it met there.
///
/// Places and paths are plain memory that this object owns, because counting references for each
/// field would cost a third of the reading.
final class JSONGuesses {
  private var places: [UnsafeMutablePointer<JSONPlace>] = []
  private var paths: [UnsafeMutablePointer<JSONPath>] = []
  let root: UnsafeMutablePointer<JSONPlace>

  private static let mostFields = 256
  private static let mostPaths = 16_384

  init(_ schema: Schema) {
    root = .allocate(capacity: 1)
    root.initialize(to: JSONPlace(schema, key: nil))
    places.append(root)
  }

  deinit {
    for path in paths {
      path.deinitialize(count: 1)
      path.deallocate()
    }
    for place in places {
      place.pointee.key.deallocate()
      place.deinitialize(count: 1)
      place.deallocate()
    }
  }

  private func makePlace(_ schema: Schema, key: String?) -> UnsafeMutablePointer<JSONPlace> {
    let place = UnsafeMutablePointer<JSONPlace>.allocate(capacity: 1)
    place.initialize(to: JSONPlace(schema, key: key))
    places.append(place)
    return place
  }

  private func makePath(
    _ shape: Shape, _ place: UnsafeMutablePointer<JSONPlace>
  ) -> UnsafeMutablePointer<JSONPath> {
    let path = UnsafeMutablePointer<JSONPath>.allocate(capacity: 1)
    path.initialize(to: JSONPath(shape, place))
    paths.append(path)
    return path
  }

  /// The place of the elements of the list at a place.
  func element(of place: UnsafeMutablePointer<JSONPlace>) -> UnsafeMutablePointer<JSONPlace> {
    if let element = place.pointee.element { return element }
    let element = makePlace(place.pointee.schema.elementSchema, key: nil)
    place.pointee.element = element
    return element
  }

  /// The path of no keys, where the records at a place begin.
  func start(of place: UnsafeMutablePointer<JSONPlace>) -> UnsafeMutablePointer<JSONPath> {
    if let start = place.pointee.start { return start }
    let start = makePath(place.pointee.rootShape, place)
    place.pointee.start = start
    return start
  }

  /// The place of a field of the records at a place.
  ///
  /// Fields of the schema have a place each; of others the places are bounded, since keys may be
  /// data, and share one then.
  func field(
    _ key: String, of place: UnsafeMutablePointer<JSONPlace>
  ) -> UnsafeMutablePointer<JSONPlace> {
    if let known = place.pointee.fields[SpelledKey(key)] { return known }
    let schema = place.pointee.schema.fieldSchema(key)
    if schema == nil, place.pointee.fields.count >= Self.mostFields {
      if let other = place.pointee.other { return other }
      let other = makePlace(.any, key: nil)
      place.pointee.other = other
      return other
    }
    let field = makePlace(schema ?? .any, key: key)
    place.pointee.fields[SpelledKey(key)] = field
    return field
  }

  /// The path one key on; nil where the key is on it already or the records have too many keys to
  /// remember.
  func step(
    _ path: UnsafeMutablePointer<JSONPath>, _ key: String,
    in place: UnsafeMutablePointer<JSONPlace>
  ) -> UnsafeMutablePointer<JSONPath>? {
    let field = field(key, of: place)
    var known = path.pointee.first
    while let path = known {
      if path.pointee.place == field { return path }
      known = path.pointee.next
    }
    guard field != place.pointee.other, paths.count < Self.mostPaths,
      case .grown(let shape) = path.pointee.shape.step(key), !shape.isPrivate
    else { return nil }
    let longer = makePath(shape, field)
    longer.pointee.next = path.pointee.first
    path.pointee.first = longer
    return longer
  }
}

/// One place in a document: the root, a list's elements, a record's field.
struct JSONPlace {
  let schema: Schema
  /// The shape that records here begin with.
  let rootShape: Shape
  /// Whether a text here stays one: not a time, not a secret.
  let isPlain: Bool
  let isSecret: Bool
  /// For a field, `"key":` as it stands in compact JSON.
  let key: UnsafeMutablePointer<UInt8>
  let keyLength: Int
  var element: UnsafeMutablePointer<JSONPlace>?
  var fields: [SpelledKey: UnsafeMutablePointer<JSONPlace>] = [:]
  /// Where all fields go that are too many.
  var other: UnsafeMutablePointer<JSONPlace>?
  var start: UnsafeMutablePointer<JSONPath>?
  /// The last text here that needed memory of its own: in pages, most come again.
  var lastText = ""
  /// How many texts in a row were other ones.
  var misses = 0

  init(_ schema: Schema, key: String?) {
    self.schema = schema
    rootShape = if case .typed(let type) = schema { type.rootShape } else { .plain }
    isSecret = if case .secret = schema { true } else { false }
    isPlain = if case .time = schema { false } else { !isSecret }
    var writer = JSONWriter(secrets: .revealed)
    if let key { writer.write(.text(key)) }
    let bytes = writer.bytes + [0x3A]
    self.key = .allocate(capacity: bytes.count)
    self.key.initialize(from: bytes, count: bytes.count)
    keyLength = bytes.count
  }
}

/// The keys of a record up to one of them: a tree of these has every order of keys met at a place.
///
/// A record follows the path of the record before as long as its keys are the same, and finds the
/// others beside it: fields that come and go cost no more than those that stay.
struct JSONPath {
  let shape: Shape
  /// The place of the last key's value.
  let place: UnsafeMutablePointer<JSONPlace>
  let key: UnsafeMutablePointer<UInt8>
  let keyLength: Int
  /// The paths one key longer, the one followed last first.
  var first: UnsafeMutablePointer<JSONPath>?
  /// The path beside this one.
  var next: UnsafeMutablePointer<JSONPath>?

  init(_ shape: Shape, _ place: UnsafeMutablePointer<JSONPlace>) {
    self.shape = shape
    self.place = place
    key = place.pointee.key
    keyLength = place.pointee.keyLength
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
