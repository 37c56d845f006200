/// Who is to run when, on the virtual clock: a heap, ordered by moment, then key, then coming.
struct Agenda {
  private struct Entry {
    let moment: Instant
    let push: UInt64
    let ticket: UInt64
    let strand: Strand

    func precedes(_ other: Entry) -> Bool {
      if moment != other.moment { return moment < other.moment }
      if strand.key.precedes(other.strand.key) { return true }
      if other.strand.key.precedes(strand.key) { return false }
      return push < other.push
    }
  }

  private var heap: [Entry] = []
  private var pushes: UInt64 = 0

  /// Puts a parked strand down for a moment.
  mutating func push(_ strand: Strand, at moment: Instant) {
    pushes &+= 1
    heap.append(
      Entry(moment: moment, push: pushes, ticket: strand.parking.ticket, strand: strand))
    siftUp()
  }

  /// Takes out the strand that is due first, with its moment; nil where none is put down.
  mutating func pop() -> (strand: Strand, moment: Instant)? {
    while let entry = popEntry() {
      let parking = entry.strand.parking
      if parking.isParked, parking.ticket == entry.ticket { return (entry.strand, entry.moment) }
    }
    return nil
  }

  private mutating func popEntry() -> Entry? {
    guard let least = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      siftDown()
    }
    return least
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
