/// Tells by its characters what a word reads as; the rules are §2's.
package enum Spelling {
  /// Whether a word is a number: JSON's spelling, with `_` between digits before the point.
  package static func isNumber(_ word: some Sequence<UInt8>) -> Bool {
    var scan = Scan(word)
    scan.accept("-")
    if scan.accept("0") {
      guard !scan.isDigitNext, !scan.accept("_") else { return false }
    } else {
      guard scan.digits() else { return false }
      while scan.accept("_") { guard scan.digits() else { return false } }
    }
    if scan.accept(".") { guard scan.digits() else { return false } }
    if scan.accept("e") || scan.accept("E") {
      if !scan.accept("+") { scan.accept("-") }
      guard scan.digits() else { return false }
    }
    return scan.isDone
  }

  /// Whether a word is a duration: amounts with the units `ms s m h d`, touching.
  package static func isDuration(_ word: some Sequence<UInt8>) -> Bool {
    var scan = Scan(word)
    scan.accept("-")
    repeat {
      guard scan.digits() else { return false }
      if scan.accept(".") { guard scan.digits() else { return false } }
      guard scan.unit() else { return false }
    } while !scan.isDone
    return true
  }

  /// Whether it is one of `0` to `9`.
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39) ~= byte }

  /// Whether it is an ASCII letter.
  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A) ~= byte | 0x20 }

  /// A word that is read from the left.
  private struct Scan {
    let bytes: [UInt8]
    var position = 0

    init(_ word: some Sequence<UInt8>) { bytes = Array(word) }

    var isDone: Bool { position == bytes.count }
    var isDigitNext: Bool { position < bytes.count && Spelling.isDigit(bytes[position]) }

    @discardableResult mutating func accept(_ sign: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(ascii: sign) else { return false }
      position += 1
      return true
    }

    mutating func digits() -> Bool {
      guard isDigitNext else { return false }
      while isDigitNext { position += 1 }
      return true
    }

    mutating func unit() -> Bool {
      if accept("m") {
        accept("s")
        return true
      }
      return accept("s") || accept("h") || accept("d")
    }
  }
}
