/// A text that arrives in pieces of bytes, any of which may end within a character.
///
/// A large file never stands in memory twice this way, and its pieces are looked at while they are
/// still at hand.
struct ArrivingText {
  /// What is whole of it so far.
  private(set) var text = ""
  /// The start of a character whose end is to come.
  private var rest: [UInt8] = []

  /// Makes room for a text of so many bytes.
  init(expecting size: Int) { text.reserveCapacity(size) }

  /// Whether it ends with a whole character.
  var isWhole: Bool { rest.isEmpty }

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

  /// How many bytes at the end begin a character and do not end it.
  private static func unfinished(_ bytes: ArraySlice<UInt8>) -> Int {
    for (index, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > index + 1 ? index + 1 : 0
    }
    return 0
  }

  /// How many bytes from the start are UTF-8.
  private static func validLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var length = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      length += UTF8.width(scalar)
    }
    return length
  }
}
