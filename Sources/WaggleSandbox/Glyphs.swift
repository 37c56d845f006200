/// Letters of three by five points, enough to read a screenshot.
///
/// Small letters look like capital ones; what is not ASCII is a full block.
enum Glyphs {
  /// A row's points side by side.
  struct Dots: Equatable {
    let row: Int
    let x: Range<Int>
  }

  /// From the space to `_`: five rows of three bits, the upper left point in the highest one.
  private static let points: [UInt16] = [
    0x0000, 0x2482, 0x5A00, 0x5F7D, 0x3C9E, 0x52A5, 0x2AAB, 0x2400,
    0x1491, 0x4494, 0x55D5, 0x05D0, 0x0014, 0x01C0, 0x0002, 0x12A4,
    0x7B6F, 0x2C97, 0x62A7, 0x72CF, 0x5BC9, 0x798E, 0x39EF, 0x7292,
    0x7BEF, 0x7BCE, 0x0410, 0x0414, 0x1511, 0x0E38, 0x4454, 0x6282,
    0x7B63, 0x2BED, 0x6BAE, 0x3923, 0x6B6E, 0x79A7, 0x79A4, 0x396B,
    0x5BED, 0x7497, 0x126A, 0x5BAD, 0x4927, 0x5FED, 0x6B6D, 0x2B6A,
    0x6BA4, 0x2B7B, 0x6BAD, 0x388E, 0x7492, 0x5B6F, 0x5B6A, 0x5BFD,
    0x5AAD, 0x5A92, 0x72A7, 0x3493, 0x4889, 0x6496, 0x2A00, 0x0007,
  ]
  private static let block: UInt16 = 0x7FFF

  /// The points of a letter, row by row.
  static func dots(of scalar: Unicode.Scalar) -> [Dots] {
    let bits = bits(of: scalar)
    return (0..<5).flatMap { row in
      let line = bits >> UInt16(12 - 3 * row) & 7
      return runs(of: line).map { Dots(row: row, x: $0) }
    }
  }

  private static func bits(of scalar: Unicode.Scalar) -> UInt16 {
    let code = (0x61...0x7A).contains(scalar.value) ? scalar.value - 0x20 : scalar.value
    guard code >= 0x20, code < 0x20 + UInt32(points.count) else { return block }
    return points[Int(code - 0x20)]
  }

  /// Where the three points of a row are set, from left to right.
  private static func runs(of line: UInt16) -> [Range<Int>] {
    switch line {
    case 0: []
    case 1: [2..<3]
    case 2: [1..<2]
    case 3: [1..<3]
    case 4: [0..<1]
    case 5: [0..<1, 2..<3]
    case 6: [0..<2]
    default: [0..<3]
    }
  }
}
