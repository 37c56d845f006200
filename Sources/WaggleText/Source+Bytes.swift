/// Why bytes are no text that Waggle could read.
package enum SourceFault: Error, Sendable, Equatable {
  /// A byte that is no UTF-8, with its line (from 1) and its offset in the bytes as they came.
  case invalidUTF8(line: Int, offset: Int)
  /// A NUL byte, which no text holds: a binary file. Line from 1, offset in the bytes as they came.
  case nul(line: Int, offset: Int)
  /// More bytes than a source may have, which is `Source.limit`.
  case tooLarge(bytes: Int)
}

extension Source {
  /// The most bytes that a source may have, far above any script: read and checked in some seconds,
  /// with less than a gigabyte of memory.
  package static let limit = 4 << 20

  /// Reads a text from bytes: a leading byte order mark is dropped, line ends stay as they came.
  ///
  /// - Throws: a `SourceFault` for the first byte that is no text.
  package init(name: String, bytes: [UInt8]) throws(SourceFault) {
    guard bytes.count <= Self.limit else { throw .tooLarge(bytes: bytes.count) }
    if let offset = bytes.firstIndex(of: 0) {
      throw .nul(line: Self.line(in: bytes, at: offset), offset: offset)
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    guard let valid = String(validating: text, as: UTF8.self) else {
      let offset = Self.firstInvalid(in: bytes)
      throw .invalidUTF8(line: Self.line(in: bytes, at: offset), offset: offset)
    }
    self.init(name: name, text: valid)
  }

  private static func firstInvalid(in bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return offset
  }

  private static func line(in bytes: [UInt8], at offset: Int) -> Int {
    var line = 1
    var previous: UInt8 = 0
    for byte in bytes[..<offset] {
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r")
      {
        line += 1
      }
      previous = byte
    }
    return line
  }
}
