import Testing
import WaggleTime
import WaggleWait

@Suite struct WaitBookTests {
  private static let second = 1_000_000_000

  /// The progress of a wait for one instance that has been in a state for some seconds.
  private func progress(
    _ id: String, _ state: String = "provisioning", for seconds: Int, usual: Int? = 120,
    strand: String = "", left: [Int] = [], reached: Int = 0, isOver: Bool = false
  ) -> WaitProgress {
    WaitProgress(
      strand: strand, total: 1, needed: 1, reached: reached, states: [], changes: [], elapsed: 0,
      calls: 0,
      slowest: [
        WaitProgress.Waiting(
          id: id, name: nil, state: state, nanoseconds: seconds * Self.second, usual: usual)
      ],
      stays: left.map { WaitProgress.Stay(state: "provisioning", nanoseconds: $0 * Self.second) },
      isOver: isOver)
  }

  @Test("without others a warning comes after the time that is usual at most, once")
  func usual() {
    var book = WaitBook()
    #expect(book.note(progress("a", for: 120)).isEmpty)
    let warnings = book.note(progress("a", for: 121))
    #expect(warnings.map(\.subject.id) == ["a"] && warnings.first?.others == nil)
    #expect(book.note(progress("a", for: 500)).isEmpty)
    #expect(book.note(progress("b", for: 500, strand: "other")).count == 1)
  }

  @Test("three others say what is usual: four times their median, and never below 30 s")
  func others() {
    var book = WaitBook()
    #expect(book.note(progress("a", for: 1, left: [10, 2])).isEmpty)
    #expect(book.note(progress("a", for: 100)).isEmpty)
    #expect(book.note(progress("a", for: 41, left: [30])).map(\.subject.id) == ["a"])
    let others = book.others(in: "provisioning", of: "Instance")
    #expect(others?.count == 3)
    #expect(others?.median == 10 * Self.second && others?.slowest == 30 * Self.second)
    var quick = WaitBook()
    #expect(quick.note(progress("a", for: 30, left: [1, 1, 1])).isEmpty)
    #expect(quick.note(progress("a", for: 31)).count == 1)
  }

  @Test("a state that one rests in, and one without a rule, is warned of by nobody")
  func resting() {
    var book = WaitBook()
    #expect(book.note(progress("a", "stopped", for: 5_000, usual: nil)).isEmpty)
  }

  @Test("open waits are there in the order in which they began, the last failed one stays")
  func waits() {
    var book = WaitBook()
    for strand in ["b", "a"] { _ = book.note(progress(strand, for: 1, strand: strand)) }
    #expect(book.waits.map(\.strand) == ["b", "a"] && book.lastFailed == nil)
    _ = book.note(progress("b", for: 2, strand: "b", reached: 1, isOver: true))
    #expect(book.waits.map(\.strand) == ["a"] && book.lastFailed == nil)
    _ = book.note(progress("a", for: 2, strand: "a", isOver: true))
    #expect(book.waits.isEmpty && book.lastFailed?.strand == "a")
  }
}
