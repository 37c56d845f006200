/// Compresses bytes that come in long runs into a zlib stream (RFC 1950, RFC 1951).
///
/// One block with the fixed codes, in which nothing is referred to but the byte before: all that
/// pictures of boxes need. Work and size go by the number of runs, not of bytes.
struct RunDeflate {
  private static let modulus = 65_521

  /// Deflate with a window of 32 KiB, no dictionary, the fastest level.
  private var bytes: [UInt8] = [0x78, 0x01]
  private var pending: UInt32 = 0
  private var pendingCount: UInt32 = 0
  /// The two sums of Adler-32.
  private var sum = 1
  private var sumOfSums = 0

  init() {
    // The last block of the stream, and its kind: fixed codes.
    write(bits: 0b011, 3)
  }

  /// Writes a byte so many times.
  mutating func write(_ byte: UInt8, count: Int) {
    guard count > 0 else { return }
    add(Int(byte), count)
    write(literal: byte)
    var left = count - 1
    while left >= 3 {
      let length = min(left, 258)
      write(length: length)
      left -= length
    }
    for _ in 0..<left { write(literal: byte) }
  }

  /// Ends the stream and gives it.
  consuming func finished() -> [UInt8] {
    write(code: 0, 7)
    if pendingCount > 0 { write(bits: 0, 8 - pendingCount) }
    return bytes + PNGWriter.bigEndian(UInt32(sumOfSums << 16 | sum))
  }

  /// Adds a run to the checksum as if its bytes came one by one.
  private mutating func add(_ byte: Int, _ count: Int) {
    sumOfSums = (sumOfSums + count * sum + byte * (count * (count + 1) / 2)) % Self.modulus
    sum = (sum + count * byte) % Self.modulus
  }

  private mutating func write(literal byte: UInt8) {
    let value = UInt32(byte)
    if value < 144 { write(code: 0x30 + value, 8) } else { write(code: 0x190 + value - 144, 9) }
  }

  /// Refers to the byte before, 3 to 258 times.
  private mutating func write(length: Int) {
    let over = UInt32(length - 3)
    if length == 258 {
      write(symbol: 285)
    } else if over < 8 {
      write(symbol: 257 + over)
    } else {
      let extra = UInt32(29 - over.leadingZeroBitCount)
      write(symbol: 261 + 4 * extra + (over >> extra & 3))
      write(bits: over & (1 << extra - 1), extra)
    }
    // The distance of one, in a code of five bits.
    write(code: 0, 5)
  }

  private mutating func write(symbol: UInt32) {
    if symbol < 280 { write(code: symbol - 256, 7) } else { write(code: 0xC0 + symbol - 280, 8) }
  }

  /// Writes a Huffman code, which begins with its highest bit, unlike everything else.
  private mutating func write(code: UInt32, _ count: UInt32) {
    for place in (0..<count).reversed() { write(bits: code >> place & 1, 1) }
  }

  private mutating func write(bits: UInt32, _ count: UInt32) {
    pending |= bits << pendingCount
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }
}
