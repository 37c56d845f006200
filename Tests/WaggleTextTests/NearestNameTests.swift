import Testing
import WaggleText

@Suite struct NearestNameTests {
  private static let names = [
    "status", "region", "desiredStatus", "createdAt", "agentFramework", "start", "stop", "list",
  ]

  @Test(
    "a slip finds its name, and nothing else does",
    arguments: [
      ("stauts", "status"), ("Status", "status"), ("statsu", "status"), ("regoin", "region"),
      ("created-at", "createdAt"), ("agent_framwork", "agentFramework"),
      ("desiredStatu", "desiredStatus"),
      ("strat", "start"), ("lsit", "list"), ("stp", "stop"), ("xyz", nil), ("", nil), ("s", nil),
      ("colour", nil), ("-", nil), (String(repeating: "a", count: 100_000), nil),
    ])
  func slips(word: String, name: String?) {
    #expect(NearestName.of(word, among: Self.names) == name)
  }

  @Test("among equals there is no winner, whatever their order")
  func ties() {
    #expect(NearestName.of("abcx", among: ["abca", "abcb"]) == nil)
    #expect(NearestName.of("abcx", among: ["abca", "abcb", "abcx"]) == "abcx")
    #expect(NearestName.of("abcx", among: ["abcx", "abcb", "abca"]) == "abcx")
    #expect(NearestName.of("abcx", among: []) == nil)
  }

  @Test("among equals the one wins from which letters were left out", arguments: [false, true])
  func lostLetters(isReversed: Bool) {
    let names = ["sort", "start", "stop"]
    #expect(NearestName.of("strt", among: isReversed ? names.reversed() : names) == "start")
    #expect(NearestName.of("srt", among: ["sort", "sart"]) == nil)
  }
}
