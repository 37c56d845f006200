import WaggleText

/// Asking for memory before it is taken.
extension Frame {
  /// Refuses a value of so many bytes where the run may not have them.
  func admit(bytes: Int, at span: Span) throws(Raise) {
    guard bytes <= Bounds.bytes else { throw Raise(.memory, at: span) }
  }

  /// The same for a list of so many elements.
  func admit(elements: Int, at span: Span) throws(Raise) {
    guard elements <= Bounds.elements else { throw Raise(.memory, at: span) }
  }
}
