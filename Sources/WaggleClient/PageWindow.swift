/// A stretch of a list, by its positions: what one page shows.
struct PageWindow: Equatable {
  /// The position of the first record, from 0.
  let start: Int
  /// How many records are asked for; at least 1.
  let size: Int

  /// The position behind the last record, if it is full.
  var end: Int { start + size }

  /// The stretch that goes on from a position and shows a few records before it again, fewer where
  /// pages are too small for both.
  ///
  /// - Parameters:
  ///   - end: The position up to which the list is known.
  ///   - overlap: How many records are to be shown again.
  ///   - most: How many records a page may have.
  ///   - isNumbered: Whether pages have numbers instead of offsets.
  /// - Returns: A stretch that reaches beyond the position.
  static func next(
    after end: Int, overlap: Int, most: Int, isNumbered: Bool
  ) -> PageWindow {
    for overlap in stride(from: min(overlap, end), to: 0, by: -1) {
      let window = showing(end - overlap, most: most, isNumbered: isNumbered)
      if window.end > end { return window }
    }
    return showing(end, most: most, isNumbered: isNumbered)
  }

  /// The stretch that shows a position and reaches furthest.
  ///
  /// A page that has a number begins at a multiple of its size, so the size decides how far it
  /// reaches: 199 in place of 200 for the second page.
  static func showing(_ position: Int, most: Int, isNumbered: Bool) -> PageWindow {
    guard isNumbered else { return PageWindow(start: position, size: most) }
    var best = PageWindow(start: position / most * most, size: most)
    for size in stride(from: most - 1, through: max(most / 2, 1), by: -1) {
      let window = PageWindow(start: position / size * size, size: size)
      if window.end > best.end { best = window }
    }
    return best
  }
}
