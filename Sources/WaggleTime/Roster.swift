/// A set of strands that is read in the order of their keys.
struct Roster {
  private var strands: [ObjectIdentifier: Strand] = [:]

  mutating func add(_ strand: Strand) { strands[ObjectIdentifier(strand)] = strand }

  mutating func remove(_ strand: Strand) { strands[ObjectIdentifier(strand)] = nil }

  var inOrder: [Strand] { strands.values.sorted { $0.key.precedes($1.key) } }
}
