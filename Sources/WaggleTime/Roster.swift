/// A set of strands.
struct Roster {
  private var strands: [ObjectIdentifier: Strand] = [:]

  mutating func add(_ strand: Strand) { strands[ObjectIdentifier(strand)] = strand }

  mutating func remove(_ strand: Strand) { strands[ObjectIdentifier(strand)] = nil }

  var inAnyOrder: [Strand] { Array(strands.values) }

  /// Them in the order of their keys, which takes a while with hundreds of them.
  var inOrder: [Strand] { strands.values.sorted { $0.key.precedes($1.key) } }
}
