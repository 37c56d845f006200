import WaggleText
import WaggleValues

/// Asking for memory before it is taken.
///
/// What is smaller than a megabyte is not asked for: it counts as fuel, and each refill looks.
extension Frame {
  private static let large = 1 << 20

  /// Refuses so many bytes where the run may not have them.
  @inline(__always)
  func admit(bytes: Int, at span: Span) throws(Raise) {
    if bytes >= Frame.large { try admitLarge(bytes, at: span) }
  }

  @inline(never)
  private func admitLarge(_ bytes: Int, at span: Span) throws(Raise) {
    guard run.ports.memory.hasRoom(for: bytes) else { throw Raise(.memory, at: span) }
    try burn(bytes >> 6, at: span)
  }

  /// The same for a list of so many elements.
  @inline(__always)
  func admit(elements: Int, at span: Span) throws(Raise) {
    if elements >= Frame.large / 32 {
      try admitLarge(elements.multiplied(by: MemoryLayout<Value>.stride), at: span)
    }
  }

  /// The same for a list or text that grows in place: it doubles its room when that is full.
  @inline(__always)
  func admit(growing count: Int, by more: Int, size: Int, at span: Span) throws(Raise) {
    let grown = count &+ more
    if count.leadingZeroBitCount != grown.leadingZeroBitCount {
      try admit(bytes: grown.multiplied(by: 2 * size), at: span)
    }
  }

  /// The same for the text of a value; refuses a stream, which has none.
  @inline(__always)
  func admit(printing value: Value, at span: Span) throws(Raise) {
    switch value {
    case .text(let text): try admit(bytes: text.utf8.count, at: span)
    case .list, .record, .secret: try admitPrinting(value, at: span)
    case .stream: throw Raise(.value(.streamText), at: span)
    default: return
    }
  }

  @inline(never)
  private func admitPrinting(_ value: Value, at span: Span) throws(Raise) {
    try admit(bytes: value.printedSize(upTo: run.ports.memory.limit), at: span)
  }

  /// The same for the sum of two values.
  func admit(sumOf a: Value, _ b: Value, at span: Span) throws(Raise) {
    switch (a, b) {
    case (.list(let x), .list(let y)): try admit(elements: x.count &+ y.count, at: span)
    default:
      guard let x = a.revealedText, let y = b.revealedText else { return }
      try admit(bytes: x.utf8.count &+ y.utf8.count, at: span)
    }
  }
}

extension Int {
  /// A product that stops at the greatest int.
  @inline(__always)
  fileprivate func multiplied(by factor: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: factor)
    return overflows ? .max : product
  }
}
