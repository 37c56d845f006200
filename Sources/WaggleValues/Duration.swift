/// A stretch of time in nanoseconds, negative ones included: `1h30m`, `250ms`.
@usableFromInline
package struct Duration: Hashable, Comparable, Sendable {
  /// The length.
  package var nanoseconds: Int

  /// Makes a duration of nanoseconds.
  package init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

  /// Whether one is shorter than the other.
  @usableFromInline
  package static func < (a: Duration, b: Duration) -> Bool { a.nanoseconds < b.nanoseconds }

  private static let units: [(name: String, nanoseconds: Int)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000),
  ]
}

/// Reading.
extension Duration {
  /// Reads the language's spelling: numbers, each with a unit of `d h m s ms`, a `-` before all.
  ///
  /// Gives nil for a text that is not spelled so; throws where it is longer than 64 bits of
  /// nanoseconds (292 years) or has a part finer than one.
  package init?(spelling: String) throws(ValueError) {
    var rest = Substring(spelling)[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var total: Int128 = 0
    var fits = true
    while !rest.isEmpty {
      guard let part = Part(&rest) else { return nil }
      if let length = part.nanoseconds, total < Int128(Int.max) {
        total += length
      } else {
        fits = false
      }
    }
    guard fits, let nanoseconds = Int(exactly: isNegative ? -total : total) else {
      throw .durationOutOfRange(spelling)
    }
    self.nanoseconds = nanoseconds
  }

  /// Reads the language's spelling; throws for a text that is not spelled so.
  package init(parsing text: String) throws(ValueError) {
    guard let duration = try Duration(spelling: text) else { throw .notDuration(text) }
    self = duration
  }

  /// One number with its unit.
  private struct Part {
    let whole: Substring
    let fraction: Substring
    let unit: Int

    /// Takes a number and its unit from the start of a text; nil where there is none.
    init?(_ rest: inout Substring) {
      whole = Self.digits(&rest)
      guard !whole.isEmpty else { return nil }
      if rest.first == "." {
        rest.removeFirst()
        fraction = Self.digits(&rest)
        guard !fraction.isEmpty else { return nil }
      } else {
        fraction = ""
      }
      let name = rest.prefix { !$0.isASCIIDigit }
      rest = rest.dropFirst(name.count)
      guard let known = Duration.units.first(where: { $0.name == name }) else { return nil }
      unit = known.nanoseconds
    }

    private static func digits(_ rest: inout Substring) -> Substring {
      let digits = rest.prefix { $0.isASCIIDigit }
      rest = rest.dropFirst(digits.count)
      return digits
    }

    /// The length; nil where it is longer than any duration, or finer than a nanosecond.
    var nanoseconds: Int128? {
      let fraction = fraction.trimmingZerosAtEnd
      guard let whole = Int(whole), fraction.utf8.count <= 18 else { return nil }
      var parts = Int128(Int(fraction) ?? 0) * Int128(unit)
      for _ in fraction.utf8 {
        guard parts % 10 == 0 else { return nil }
        parts /= 10
      }
      return Int128(whole) * Int128(unit) + parts
    }
  }
}

/// Writing.
extension Duration {
  /// The duration as the language spells it, largest unit first: `1h45m`, `1.5s`, `1d12h`, `0s`.
  package var text: String {
    guard nanoseconds != 0 else { return "0s" }
    var rest = nanoseconds.magnitude
    var text = ""
    for (name, unit) in Self.units.prefix(3) {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: UInt(unit))
      if count > 0 { text += "\(count)\(name)" }
      rest = remainder
    }
    if rest > 0 {
      let isShort = text.isEmpty && rest < 1_000_000_000
      text +=
        isShort ? Self.decimal(rest, 1_000_000) + "ms" : Self.decimal(rest, 1_000_000_000) + "s"
    }
    return nanoseconds < 0 ? "-" + text : text
  }

  /// A count in a unit as a decimal without trailing zeros.
  private static func decimal(_ count: UInt, _ unit: UInt) -> String {
    let (whole, rest) = count.quotientAndRemainder(dividingBy: unit)
    guard rest > 0 else { return "\(whole)" }
    return "\(whole).\(String(unit + rest).dropFirst().trimmingZerosAtEnd)"
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Substring {
  /// The digits of a fraction without those that count for nothing.
  var trimmingZerosAtEnd: Substring {
    var kept = self
    while kept.utf8.last == 0x30 { kept.removeLast() }
    return kept
  }
}
