/// Random numbers that depend on the world's seed, on what they are for, and on nothing else.
///
/// There is no generator that goes on from draw to draw, so the order in which parallel requests
/// arrive changes nothing.
struct Draws: Sendable {
  let seed: UInt64

  /// The numbers of one thing of the world: an instance, a kind of request.
  func of(_ name: String) -> Draws { Draws(seed: Draws.mix(seed ^ Draws.hash(name.utf8))) }

  /// A number for a purpose, the n-th time that it comes up.
  func number(_ purpose: String, _ n: Int = 0) -> UInt64 {
    Draws.mix(Draws.mix(seed ^ Draws.hash(purpose.utf8)) &+ UInt64(truncatingIfNeeded: n))
  }

  /// A number from 0 up to 1, 1 not included.
  func share(_ purpose: String, _ n: Int = 0) -> Double {
    Double(number(purpose, n) >> 11) * 0x1p-53
  }

  /// A whole number in a range.
  func int(_ purpose: String, _ n: Int = 0, in range: Range<Int>) -> Int {
    range.lowerBound + Int(number(purpose, n) % UInt64(max(range.count, 1)))
  }

  /// One of some values; there must be one.
  func one<T>(_ purpose: String, of values: [T]) -> T {
    values[Int(number(purpose) % UInt64(values.count))]
  }

  /// Sixteen hexadecimal digits.
  func digits(_ purpose: String, _ n: Int = 0) -> String {
    let text = String(number(purpose, n), radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }

  /// A random UUID as RFC 9562 has it, version 4.
  func uuid(_ purpose: String, _ n: Int = 0) -> String {
    let high = number(purpose + " high", n) & ~0xF000 | 0x4000
    let low = number(purpose + " low", n) & ~(3 << 62) | 1 << 63
    let digits = [high, low].map { number in
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }.joined()
    var rest = digits[...]
    return [8, 4, 4, 4, 12].map { length in
      defer { rest = rest.dropFirst(length) }
      return String(rest.prefix(length))
    }.joined(separator: "-")
  }

  /// FNV-1a: the same in every process, unlike Swift's own hashes.
  static func hash(_ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325)
    -> UInt64
  {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// One step of SplitMix64.
  private static func mix(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
