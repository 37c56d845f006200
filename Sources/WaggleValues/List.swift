/// A list of values, with its depth of nesting.
@usableFromInline
package struct List: Sendable {
  /// The elements in order.
  @usableFromInline package private(set) var elements: [Value]
  /// How deep it nests: 1 for a list of scalars, one more than its deepest element otherwise.
  @usableFromInline package private(set) var depth: Int32

  /// The list without elements.
  package init() {
    elements = []
    depth = 1
  }

  /// Makes a list; throws where an element nests 512 deep already, or is a stream.
  package init(_ elements: [Value]) throws(ValueError) {
    self.init(trusted: elements)
    guard depth <= Value.maxDepth else {
      throw elements.first { $0.depth >= Value.maxDepth }.map(ValueError.notHeld) ?? .tooDeep
    }
  }

  /// Makes a list of texts.
  package init(texts: some Sequence<String>) {
    elements = texts.map { .text($0) }
    depth = 1
  }

  /// Makes a list of elements that come out of another list or are known to be flat.
  init(trusted elements: [Value]) {
    var deepest: Int32 = 0
    for element in elements { deepest = max(deepest, element.depth) }
    self.elements = elements
    self.depth = deepest + 1
  }

  /// How many elements it has.
  package var count: Int { elements.count }

  /// Adds an element at the end, in place where nobody else holds the elements.
  package mutating func append(_ element: Value) throws(ValueError) {
    guard element.depth < Value.maxDepth else { throw .notHeld(element) }
    depth = max(depth, element.depth + 1)
    elements.append(element)
  }

  /// Adds another list's elements at the end, in place where nobody else holds the elements.
  package mutating func append(contentsOf other: List) {
    depth = max(depth, other.depth)
    elements.append(contentsOf: other.elements)
  }

  /// The elements for which a test holds; their number and depth only shrink.
  package func filtered<E: Error>(_ isKept: (Value) throws(E) -> Bool) throws(E) -> List {
    var kept: [Value] = []
    for element in elements where try isKept(element) { kept.append(element) }
    return List(trusted: kept)
  }

  /// The element at an index; a negative one counts from the end, `-1` being the last.
  package func element(at index: Int) throws(ValueError) -> Value {
    let position = index < 0 ? index &+ elements.count : index
    guard elements.indices.contains(position) else {
      throw .outOfRange(index: index, count: elements.count)
    }
    return elements[position]
  }

  /// The elements from one index to another, both included; empty where the end comes first.
  ///
  /// Negative ends count from the end; ends outside the list mean its ends.
  package func slice(from lower: Int?, through upper: Int?) -> List {
    let count = elements.count
    let first = max(0, Self.position(lower ?? 0, count))
    let last = min(count - 1, Self.position(upper ?? -1, count))
    return first <= last ? List(trusted: Array(elements[first...last])) : List()
  }

  private static func position(_ index: Int, _ count: Int) -> Int {
    index < 0 ? index + count : index
  }
}
