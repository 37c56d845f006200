import Testing

@testable import WaggleSandbox

@Suite struct DrawsTests {
  @Test("a draw depends on seed, thing, purpose and count, and on nothing else")
  func keyed() {
    let draws = Draws(seed: 7)
    #expect(draws.number("a", 1) == Draws(seed: 7).number("a", 1))
    let numbers = [
      draws.number("a", 1), draws.number("a", 2), draws.number("b", 1),
      draws.of("x").number("a", 1), Draws(seed: 8).number("a", 1),
    ]
    #expect(Set(numbers).count == 5)
  }

  @Test("shares are spread evenly between 0 and 1")
  func shares() {
    let shares = (0..<10_000).map { Draws(seed: 1).share("a", $0) }
    #expect(shares.allSatisfy { (0..<1).contains($0) })
    let low = shares.count { $0 < 0.1 }
    #expect((900...1100).contains(low))
  }
}
