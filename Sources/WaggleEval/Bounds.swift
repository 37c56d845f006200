import WaggleValues

/// How large a value may become, so that a slip ends in an error and not in an exhausted machine.
enum Bounds {
  /// The most elements of a list: 24 bytes each, half a GB.
  static let elements = 20_000_000
  /// The most bytes of a text.
  static let bytes = 1 << 28

  /// Whether the sum of two values stays within the bounds.
  static func admit(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.list(let x), .list(let y)): return x.count + y.count <= elements
    default:
      guard let x = a.revealedText, let y = b.revealedText else { return true }
      return x.utf8.count + y.utf8.count <= bytes
    }
  }
}
