import Testing
import WaggleText

@Suite struct SourceBytesTests {
  @Test("a byte order mark is dropped and line ends stay")
  func marks() throws {
    let source = try Source(name: "a", bytes: [0xEF, 0xBB, 0xBF] + Array("x\r\ny".utf8))
    #expect(Array(source.text.utf8) == Array("x\r\ny".utf8))
    #expect(try Source(name: "a", bytes: []).text == "")
  }

  @Test(
    "bytes that are no text are refused with their line and offset",
    arguments: [
      ([0x61, 0x0A, 0xFF], SourceFault.invalidUTF8(line: 2, offset: 2)),
      ([0x61, 0x0D, 0x0A, 0xC3], .invalidUTF8(line: 2, offset: 3)),
      ([0xEF, 0xBB, 0xBF, 0x0D, 0xED, 0xA0, 0x80], .invalidUTF8(line: 2, offset: 4)),
      ([0x61, 0x0A, 0x0A, 0x00, 0xFF], .nul(line: 3, offset: 3)),
      ([0xC0, 0xAF], .invalidUTF8(line: 1, offset: 0)),
    ])
  func refused(bytes: [UInt8], fault: SourceFault) {
    #expect(throws: fault) { try Source(name: "a", bytes: bytes) }
  }
}
