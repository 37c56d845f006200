/// Writes a picture as a PNG file: a palette of eight bits a pixel, not interlaced.
///
/// A row that is like the one above is written as no difference to it (filter "up"), so that a
/// screen of two million pixels is a file of some ten thousand bytes, made run by run.
enum PNGWriter {
  /// The file's bytes.
  static func file(of picture: Picture) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let size = bigEndian(UInt32(picture.width)) + bigEndian(UInt32(picture.height))
    append("IHDR", size + [8, 3, 0, 0, 0], to: &bytes)
    append("PLTE", Picture.Colour.allCases.flatMap(\.rgb), to: &bytes)
    append("IDAT", pixels(of: picture), to: &bytes)
    append("IEND", [], to: &bytes)
    return bytes
  }

  private static func pixels(of picture: Picture) -> [UInt8] {
    var stream = RunDeflate()
    for band in picture.bands {
      stream.write(0, count: 1)
      for run in band.runs { stream.write(run.colour, count: run.count) }
      for _ in 1..<max(band.rows, 1) {
        stream.write(2, count: 1)
        stream.write(0, count: picture.width)
      }
    }
    return stream.finished()
  }

  /// A chunk: its length, its name, what it holds, and the checksum of the two.
  private static func append(_ name: String, _ data: [UInt8], to bytes: inout [UInt8]) {
    let checked = Array(name.utf8) + data
    bytes += bigEndian(UInt32(data.count)) + checked + bigEndian(crc(checked))
  }

  static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// CRC-32, as gzip and PNG have it.
  static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      crcOfByte[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8
    }
  }

  private static let crcOfByte: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
  }
}
