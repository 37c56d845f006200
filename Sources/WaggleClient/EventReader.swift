/// Finds the events in the bytes of a stream, as the standard for server-sent events has them.
///
/// Bytes come in as they arrive, cut anywhere, and whole events go out; what is not whole stays. Lines
/// end with LF, CR or both; comments and unknown fields are passed over, and so is an event without
/// data. What the events mean is not known here.
///
///     var reader = EventReader()
///     let events = try reader.read(Array("event: end\ndata: {}\n\n".utf8))
package struct EventReader {
  /// An event, complete.
  package struct Event: Equatable, Sendable {
    /// What its `event:` line says; nil without one.
    package let name: String?
    /// Its data, the lines joined by LF.
    package let data: [UInt8]
    /// The last `id:` that was seen until then; nil before there was any.
    package let id: String?
  }

  /// An event of more bytes than any may have.
  package struct TooLarge: Error, Equatable {
    /// How many it may have.
    package let limit: Int
  }

  private let limit: Int
  /// What came of the line that is not at its end.
  private var line: [UInt8] = []
  private var isAfterReturn = false
  /// Whether a byte order mark may still come.
  private var isFirstLine = true
  private var name: String?
  private var data: [UInt8] = []
  private var hasData = false
  private var id: String?

  /// Makes a reader of events of at most so many bytes.
  package init(limit: Int = 4 << 20) { self.limit = limit }

  /// Takes bytes and gives the events that are complete with them.
  package mutating func read(_ bytes: [UInt8]) throws(TooLarge) -> [Event] {
    var events: [Event] = []
    for byte in bytes {
      let isRestOfEnd = byte == Self.lineFeed && isAfterReturn
      isAfterReturn = byte == Self.carriageReturn
      if isRestOfEnd { continue }
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        guard line.count + data.count <= limit else { throw TooLarge(limit: limit) }
      }
    }
    return events
  }

  private mutating func endLine() -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine, line.starts(with: Self.mark) { line.removeFirst(Self.mark.count) }
    isFirstLine = false
    guard !line.isEmpty else { return endEvent() }
    let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "data":
      if hasData { data.append(Self.lineFeed) }
      hasData = true
      data += value
    case "event": name = String(decoding: value, as: UTF8.self)
    case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
    default: break
    }
    return nil
  }

  private mutating func endEvent() -> Event? {
    defer { (name, data, hasData) = (nil, [], false) }
    guard hasData else { return nil }
    return Event(name: name, data: data, id: id)
  }

  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D
  /// The byte order mark, which a stream may begin with.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
