import Glibc

/// A text that arrives in pieces of bytes, any of which may end within a character.
///
/// A large file never stands in memory twice this way, and its pieces are looked at while they are
/// still at hand.
struct ArrivingText {
  /// What is whole of it so far.
  private(set) var text = ""
  /// The start of a character whose end is to come.
  private var rest: [UInt8] = []

  /// Whether it ends with a whole character.
  var isWhole: Bool { rest.isEmpty }

  /// Begins with what somebody puts straight into the text's own memory, and no more than that size;
  /// where that is not UTF-8 it gives how many bytes from the start are.
  ///
  /// - Parameters:
  ///   - size: How many bytes there is room for.
  ///   - fill: Fills the room from its start and gives how many bytes came, and whether all of them
  ///     are surely ASCII.
  /// - Returns: How many bytes from the start are UTF-8; nil where all of them are.
  mutating func begin(
    _ size: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> (count: Int, isASCII: Bool)
  ) -> Int? {
    var (rest, valid): ([UInt8], Int?) = ([], nil)
    text = String(unsafeUninitializedCapacity: size) { room in
      Self.adviseLargePages(room)
      let (count, isASCII) = fill(room)
      if isASCII { return count }
      let bytes = UnsafeBufferPointer(room)[..<count]
      let whole = bytes.dropLast(Self.unfinished(bytes))
      guard Self.isText(whole) else {
        valid = Self.validLength(bytes)
        return 0
      }
      rest = Array(bytes[whole.endIndex...])
      return whole.count
    }
    self.rest = rest
    return valid
  }

  /// Takes the next piece; where that is not UTF-8 it gives how many bytes from the start are.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> Int? {
    let piece = rest.isEmpty ? bytes : ArraySlice(rest + bytes)
    let whole = piece.dropLast(Self.unfinished(piece))
    guard let part = String(validating: whole, as: UTF8.self) else {
      return text.utf8.count + Self.validLength(piece)
    }
    text += part
    rest = Array(piece[whole.endIndex...])
    return nil
  }

  /// Asks the system for large pages where the room is large: taking the memory of a file of 100 MB
  /// page by page costs more than reading it.
  private static func adviseLargePages(_ room: UnsafeMutableBufferPointer<UInt8>) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    guard room.count >= 8 << 20, let start = UnsafeMutableRawPointer(room.baseAddress) else {
      return
    }
    let first = start.alignedUp(toMultipleOf: page)
    madvise(first, (start + room.count - first) / page * page, MADV_HUGEPAGE)
  }

  private static func isText(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let span = Span(_unsafeElements: UnsafeBufferPointer(rebasing: bytes))
    return (try? UTF8Span(validating: span)) != nil
  }

  /// How many bytes at the end begin a character and do not end it.
  private static func unfinished(
    _ bytes: some BidirectionalCollection<UInt8>
  ) -> Int {
    for (index, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > index + 1 ? index + 1 : 0
    }
    return 0
  }

  /// How many bytes from the start are UTF-8.
  private static func validLength(_ bytes: some Sequence<UInt8>) -> Int {
    var length = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      length += UTF8.width(scalar)
    }
    return length
  }
}
