/// The digits of a number as it is spelled, to be rounded without going through a double.
///
/// `2.675` with two decimals is `2.68`: what the number says, not what a double near it is.
struct Decimals {
  private let isNegative: Bool
  private var digits: [UInt8]
  /// How many of the digits stand before the point.
  private var point: Int

  /// Reads JSON's spelling of a number; nil for one whose exponent makes it longer than 1,000 digits.
  init?(_ spelling: String) {
    isNegative = spelling.hasPrefix("-")
    let parts = spelling.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard let mantissa = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
      exponent.magnitude <= 1_000
    else { return nil }
    let sides = mantissa.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    digits = sides.joined().utf8.map { $0 &- 0x30 }
    point = (sides.first?.utf8.count ?? 0) + exponent
    if point < 1 {
      digits.insert(contentsOf: repeatElement(0, count: 1 - point), at: 0)
      point = 1
    }
    if digits.count < point { digits += repeatElement(0, count: point - digits.count) }
  }

  /// The number with so many decimals; halves away from zero.
  func rounded(to decimals: Int) -> String {
    var kept = Array(digits.prefix(point + decimals))
    kept += repeatElement(0, count: point + decimals - kept.count)
    var point = point
    if digits.count > point + decimals, digits[point + decimals] >= 5 {
      var position = kept.count - 1
      while position >= 0, kept[position] == 9 {
        kept[position] = 0
        position -= 1
      }
      if position >= 0 {
        kept[position] += 1
      } else {
        kept.insert(1, at: 0)
        point += 1
      }
    }
    let text = String(decoding: kept.map { $0 + 0x30 }, as: UTF8.self)
    let isZero = kept.allSatisfy { $0 == 0 }
    let whole = (isNegative && !isZero ? "-" : "") + text.prefix(point)
    return decimals == 0 ? whole : whole + "." + text.dropFirst(point)
  }
}
