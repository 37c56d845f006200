import WaggleValues

extension String {
  /// The idempotency key of an effect: 32 characters of base32 of the hash of a run and its key.
  static func idempotencyKey(run: String, effect: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let bytes = SHA256.hash(Array("\(run)\u{0}\(effect)".utf8))
    var key = ""
    var bits: UInt64 = 0
    for group in stride(from: 0, to: 20, by: 5) {
      bits = bytes[group..<group + 5].reduce(0) { $0 << 8 | UInt64($1) }
      for shift in stride(from: 35, through: 0, by: -5) {
        key.append(alphabet[Int(bits >> UInt64(shift)) & 31])
      }
    }
    return key
  }
}
