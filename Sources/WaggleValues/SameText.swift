import Glibc

/// Whether two texts are the same characters as they were spelled.
///
/// Swift's own `==` takes a composed and a decomposed `é` for one; JSON keys and ids that differ in
/// a byte are two.
@inlinable
package func isSameText(_ a: String, _ b: String) -> Bool {
  let (first, second) = (
    unsafeBitCast(a, to: (UInt64, UInt64).self), unsafeBitCast(b, to: (UInt64, UInt64).self)
  )
  // The same bits are the same text, whatever they mean; other bits say nothing.
  if first == second { return true }
  guard a.utf8.count == b.utf8.count else { return false }
  let same = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in areSameBytes(a, b) }
  }
  if let same = same ?? nil { return same }
  return a.utf8.elementsEqual(b.utf8)
}

/// Whether two values that are both texts are the same, as far as their own bits tell.
///
/// A text of up to 15 bytes lies in these bits itself, as bit 61 of the second word says: other bits
/// are another text then. Nil where the bytes must be compared.
@inlinable
package func isSameTextByBits(_ a: UnsafePointer<Value>, _ b: UnsafePointer<Value>) -> Bool? {
  let (first, second) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  let (high, otherHigh) = (
    first.load(fromByteOffset: 8, as: UInt64.self), second.load(fromByteOffset: 8, as: UInt64.self)
  )
  if high == otherHigh, first.load(as: UInt64.self) == second.load(as: UInt64.self) { return true }
  return high & otherHigh & (1 << 61) != 0 ? false : nil
}

/// Whether two stretches of one length hold the same bytes.
@usableFromInline
func areSameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = a.baseAddress, let second = b.baseAddress else { return a.isEmpty }
  return memcmp(first, second, a.count) == 0
}

/// The order of two texts by code point: negative, zero or positive.
package func textOrder(_ a: String, _ b: String) -> Int {
  let order: Int?? = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in
      guard let first = a.baseAddress, let second = b.baseAddress else { return a.count - b.count }
      let order = Int(memcmp(first, second, min(a.count, b.count)))
      return order != 0 ? order : a.count - b.count
    }
  }
  if let order = order ?? nil { return order }
  if a.utf8.elementsEqual(b.utf8) { return 0 }
  return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
}

/// A text as a key of a dictionary, where a composed and a decomposed `é` are two.
struct SpelledKey: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (a: SpelledKey, b: SpelledKey) -> Bool { isSameText(a.text, b.text) }

  func hash(into hasher: inout Hasher) { hasher.combine(sameTextAs: text) }
}
