import Glibc

/// One reading of one document: where it is, and the values that are not in a list or record yet.
struct JSONScan {
  let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  var at: UnsafePointer<UInt8>
  let guesses: JSONGuesses
  var depth: Int32 = 0
  /// Why it failed.
  var failure: JSONError?
  /// Values read so far of the lists and records that are open.
  private(set) var pending: UnsafeMutablePointer<Value>
  private(set) var pendingCount = 0
  private var capacity = 256

  init(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ guesses: JSONGuesses
  ) {
    (self.start, self.end, self.at) = (start, end, start)
    self.guesses = guesses
    pending = .allocate(capacity: capacity)
  }

  mutating func free() {
    pending.deinitialize(count: pendingCount)
    pending.deallocate()
  }

  mutating func fail(_ cause: JSONError.Cause, at offset: UnsafePointer<UInt8>? = nil) -> JSONStop {
    failure = JSONError(cause, offset: (offset ?? at) - start)
    return JSONStop()
  }

  /// Something else had to come here.
  mutating func failUnexpected(_ wanted: String) -> JSONStop {
    at < end ? fail(.unexpected(at.pointee, wanted: wanted)) : fail(.unexpectedEnd)
  }

  /// The byte here; 0, which JSON never has, at the end.
  @inline(__always) func peek() -> UInt8 { at < end ? at.pointee : 0 }

  @inline(__always) mutating func skipSpace() {
    if at < end, at.pointee > 0x20 { return }
    while at < end, at.pointee <= 0x20 {
      guard at.pointee == 0x20 || at.pointee == 0x0A || at.pointee == 0x0D || at.pointee == 0x09
      else { return }
      at += 1
    }
  }

  mutating func document(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    skipSpace()
    let value = try value(place)
    try finish()
    return value
  }

  /// Reads a document as `document` does; the elements of a list are handed on one by one, and
  /// nothing is given.
  mutating func document(
    _ place: UnsafeMutablePointer<JSONPlace>, handing take: (consuming Value) -> Void
  ) throws(JSONStop) -> Value? {
    skipSpace()
    guard peek() == 0x5B else { return try document(place) }
    try elements(of: place) { _, value in take(value) }
    try finish()
    return nil
  }

  private mutating func finish() throws(JSONStop) {
    skipSpace()
    guard at == end else { throw fail(.trailing(at.pointee)) }
  }

  @inline(__always)
  mutating func value(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    switch peek() {
    case 0x22: return try text(place)
    case 0x7B: return try record(place)
    case 0x5B: return try list(place)
    case 0x2D, 0x30...0x39: return try number()
    default: return try word()
    }
  }

  private mutating func word() throws(JSONStop) -> Value {
    switch peek() {
    case 0x74 where accept("true"): return .bool(true)
    case 0x66 where accept("false"): return .bool(false)
    case 0x6E where accept("null"): return .null
    default: throw failUnexpected("a value")
    }
  }

  private mutating func accept(_ word: StaticString) -> Bool {
    guard end - at >= word.utf8CodeUnitCount,
      memcmp(at, word.utf8Start, word.utf8CodeUnitCount) == 0
    else { return false }
    at += word.utf8CodeUnitCount
    return true
  }

  @inline(__always) private mutating func number() throws(JSONStop) -> Value {
    var digits = at
    let isNegative = digits.pointee == 0x2D
    if isNegative { digits += 1 }
    let first = digits
    var int = 0
    let limit = min(end, first + 18)
    while digits < limit, digits.pointee &- 0x30 < 10 {
      int = int &* 10 &+ Int(digits.pointee &- 0x30)
      digits += 1
    }
    let isPlain =
      digits < end && (digits.pointee == 0x2C || digits.pointee == 0x7D || digits.pointee == 0x5D)
    guard isPlain, digits > first, first.pointee != 0x30 || (digits - first == 1 && !isNegative)
    else { return try spelledNumber() }
    at = digits
    return .int(isNegative ? -int : int)
  }

  private mutating func spelledNumber() throws(JSONStop) -> Value {
    let bytes = UnsafeBufferPointer(start: at, count: end - at)
    guard let spelled = SpelledNumber(bytes[...]) else { throw fail(.badNumber) }
    at += spelled.count
    return spelled.value(of: bytes)
  }
}

/// Lists, and the stack of pending values.
extension JSONScan {
  @inline(__always) mutating func push(_ value: consuming Value) {
    if pendingCount == capacity { grow() }
    (pending + pendingCount).initialize(to: value)
    pendingCount += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: pending, count: pendingCount)
    pending.deallocate()
    pending = larger
    capacity *= 2
  }

  /// Takes back the room of values that have been moved out.
  mutating func dropMoved(to count: Int) { pendingCount = count }

  mutating func enter() throws(JSONStop) {
    guard depth < Value.maxDepth else { throw fail(.tooDeep) }
    depth += 1
    at += 1
    skipSpace()
  }

  /// Reads a list and hands on each element as soon as it is read.
  @inline(__always)
  mutating func elements(
    of place: UnsafeMutablePointer<JSONPlace>,
    _ take: (inout JSONScan, consuming Value) -> Void
  ) throws(JSONStop) {
    try enter()
    let element = guesses.element(of: place)
    if peek() != 0x5D {
      while true {
        take(&self, try value(element))
        skipSpace()
        guard peek() == 0x2C else { break }
        at += 1
        skipSpace()
      }
      guard peek() == 0x5D else { throw failUnexpected("`,` or `]`") }
    }
    at += 1
    depth -= 1
  }

  private mutating func list(_ place: UnsafeMutablePointer<JSONPlace>) throws(JSONStop) -> Value {
    let first = pendingCount
    try elements(of: place) { scan, value in scan.push(value) }
    let count = pendingCount - first
    let elements = [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress {
        start.moveInitialize(from: pending + first, count: count)
      }
      initialized = count
    }
    dropMoved(to: first)
    return .list(List(trusted: elements))
  }
}
