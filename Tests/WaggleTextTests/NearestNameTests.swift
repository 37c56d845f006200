import Testing

@testable import WaggleText

@Suite struct NearestNameTests {
  @Test("a word with a slip in it finds its name")
  func slips() { #expect(NearestName.of("stauts", among: ["status", "region"]) == "status") }
}
