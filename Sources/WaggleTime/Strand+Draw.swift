extension Strand {
  /// A random number that depends on the run's seed, the strand's key and the count of its draws.
  ///
  /// There is no shared generator, so what one strand draws does not depend on any other.
  package func draw() -> UInt64 {
    let number = splitmix(splitmix(clock.seed ^ hash(key)) &+ draws)
    draws &+= 1
    return number
  }

  /// A random number in a range, such as the jitter of a pause; the range's start for an empty one.
  package func draw(in range: Range<Double>) -> Double {
    let unit = Double(draw() >> 11) * 0x1p-53
    return min(range.lowerBound + unit * (range.upperBound - range.lowerBound), range.upperBound)
  }

  /// The output function of SplitMix64, after one step of its counter.
  private func splitmix(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// FNV-1a over the key's bytes: the same in every process, unlike Swift's own hashes.
  private func hash(_ key: String) -> UInt64 {
    key.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
