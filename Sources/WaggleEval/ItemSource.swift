package import WaggleTime
package import WaggleValues

/// What the items of a stream come from.
package protocol ItemSource: StreamSource {
  /// Waits for the next item, the calling strand parked meanwhile; nil at the end.
  func next(on strand: Strand) throws(Fault) -> Value?
}

extension Stream {
  /// The next item as the value of an `item` effect: a list of it alone, or an empty one at the end.
  package func nextItem(on strand: Strand) throws(Fault) -> Value {
    guard let item = try (source as? any ItemSource)?.next(on: strand) else { return .list(List()) }
    do throws(ValueError) {
      return .list(try List([item]))
    } catch {
      throw Fault(.value(error))
    }
  }
}
