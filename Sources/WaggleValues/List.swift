/// A list of values, with its depth of nesting.
package struct List: Sendable {
  /// The elements in order.
  package private(set) var elements: [Value]
  /// How deep it nests: 1 for a list of scalars, one more than its deepest element otherwise.
  package private(set) var depth: Int32
}
