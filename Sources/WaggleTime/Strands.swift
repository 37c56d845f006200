/// The clock of a run and its threads; see `WallStrands` and `VirtualStrands`.
package protocol Strands: AnyObject, Sendable {
  /// The moment now.
  var now: Instant { get }
}
/// Stop or go on, as a tree.
package final class Token: @unchecked Sendable {}
