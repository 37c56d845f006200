import Testing
import WaggleCatalogue
import WaggleEval
import WaggleTime
import WaggleValues

/// The keys of effects: the same in each run of a script, whatever comes first.
@Suite("Keys of effects")
struct KeyTests {
  /// Nested loops, functions that call functions, a fan-out and a wait.
  private static func script(_ outer: String, _ inner: String) -> String {
    """
    def look(id) { (instances get $id).name }
    def both(id) {
        start $id
        look $id
    }
    let ids = [a, b, c]
    for i in \(outer) {
        for j in \(inner) {
            both $ids[$j]
            look $ids[$i]
        }
        sleep 1s
    }
    stop $ids
    wait $ids until status == running
    print (now)
    """
  }

  @Test("an effect has the key of its place, of the rounds and of the calls that led there")
  func keys() {
    let play = Play(Self.script("[0, 1]", "[1, 2]"))
    #expect(
      play.keys.joined(separator: "\n") == """
        for#1[0]/for#1[0]/both#1/def both/start#1
        for#1[0]/for#1[0]/both#1/def both/look#1/def look/instances get#1
        for#1[0]/for#1[0]/look#1/def look/instances get#1
        for#1[0]/for#1[1]/both#1/def both/start#1
        for#1[0]/for#1[1]/both#1/def both/look#1/def look/instances get#1
        for#1[0]/for#1[1]/look#1/def look/instances get#1
        for#1[0]/sleep#1
        for#1[1]/for#1[0]/both#1/def both/start#1
        for#1[1]/for#1[0]/both#1/def both/look#1/def look/instances get#1
        for#1[1]/for#1[0]/look#1/def look/instances get#1
        for#1[1]/for#1[1]/both#1/def both/start#1
        for#1[1]/for#1[1]/both#1/def both/look#1/def look/instances get#1
        for#1[1]/for#1[1]/look#1/def look/instances get#1
        for#1[1]/sleep#1
        stop#1[0]
        stop#1[1]
        stop#1[2]
        wait#1
        now#1
        """)
  }

  @Test("rounds in the reversed order have the same keys, and no key comes twice")
  func reversedRounds() {
    let forth = Play(Self.script("[0, 1]", "[1, 2]")).keys
    let back = Play(Self.script("[1, 0]", "[2, 1]")).keys
    #expect(back.count == 19)
    #expect(Set(back).count == 19)
    #expect(Set(back) == Set(forth))
  }

  @Test("a fan-out has the same keys whichever call is answered first")
  func answersInAnyOrder() {
    let script = "let ids = [a, b, c, d]\nlet up = $ids | start | map id\nprint $up\nstop $up"
    let early = Play(script, answer: Self.answer(slowest: "d"))
    let late = Play(script, answer: Self.answer(slowest: "a"))
    #expect(early.output == "[\"a\",\"b\",\"c\",\"d\"]\n")
    #expect(late.output == early.output)
    #expect(late.keys == early.keys)
    #expect(Set(late.keys).count == 8)
  }

  /// Answers with the instance itself; one of them takes its time.
  private static func answer(slowest: String) -> Answers.Answer {
    { call, strand throws(Fault) in
      let id = call.path.first ?? ""
      try strand.pause(id == slowest ? 100 : 1)
      return .record(Answers.instance(id, "running"))
    }
  }
}
