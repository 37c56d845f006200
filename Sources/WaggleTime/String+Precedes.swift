extension String {
  /// Whether an effect key comes before another: as text, but with runs of digits as numbers.
  ///
  /// So round 2 comes before round 10, as a reader of a transcript expects.
  func precedes(_ other: String) -> Bool {
    var mine = utf8.makeIterator()
    var theirs = other.utf8.makeIterator()
    var a = mine.next()
    var b = theirs.next()
    while let x = a, let y = b {
      if x.isDigit, y.isDigit {
        let m = mine.number(from: &a)
        let n = theirs.number(from: &b)
        if m != n { return m < n }
      } else if x != y {
        return x < y
      } else {
        a = mine.next()
        b = theirs.next()
      }
    }
    return a == nil && b != nil
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}

extension String.UTF8View.Iterator {
  /// Reads a run of digits that begins with a byte already read, and leaves the byte after it there.
  fileprivate mutating func number(from byte: inout UInt8?) -> UInt64 {
    var number: UInt64 = 0
    while let digit = byte, digit.isDigit {
      number = number &* 10 &+ UInt64(digit &- 0x30)
      byte = next()
    }
    return number
  }
}
