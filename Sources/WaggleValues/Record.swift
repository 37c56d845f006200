/// A record: a shape and a value for each of its keys, in one allocation.
package struct Record: Sendable {
  /// The keys and the type.
  package var shape: Shape { fatalError("written by the owner of this room") }
}
