import Testing
import WaggleCatalogue
import WaggleEval
import WaggleTime
import WaggleValues

@Suite("Calls, waits and the keys of effects")
struct EffectTests {
  @Test("a call is built of ids, options, a body and records that are spread")
  func calls() {
    let play = Play(
      """
      let more = {agentFramework: hermes, config: {tier: gold}}
      deploy --name scout --body {providerId: p1, name: other} ...$more
      instances list --status stopped --limit 5 --page 2
      """)
    #expect(play.fault == nil)
    #expect(play.diagnostics == [])
    guard play.effects.count == 2, case .call(let deploy) = play.effects[0].effect else {
      return #expect(Bool(false))
    }
    #expect(deploy.operation.id == "deployInstance")
    #expect(
      deploy.body.map { Value.record($0).json() }
        == #"{"providerId":"p1","name":"scout","agentFramework":"hermes","config":{"tier":"gold"}}"#
    )
    guard case .list(let list, let limit, let page) = play.effects[1].effect else {
      return #expect(Bool(false))
    }
    #expect(list.query.map { "\($0.name)=\($0.value.plainText)" } == ["status=stopped", "page=2"])
    #expect(limit == 5 && page == 2)
  }

  @Test("a list in the place of an id makes one call for each, eight at a time, in order")
  func fanOut() {
    let play = Play(
      "let ids = for i in 1..20 { \"b$i\" }\nlet got = instances get $ids\nprint ($got | map id | join ' ')"
    )
    #expect(play.story == (1...20).map { "b\($0)" }.joined(separator: " ") + "\n")
    #expect(play.took == Duration(nanoseconds: 300_000_000))
    #expect(play.keys.sorted() == (0..<20).map { "instances get#1[\($0)]" }.sorted())
    #expect(Play("let none = []\nprint (instances get $none)").story == "[]\n")
  }

  @Test(
    "what serves for no id is refused before anything is sent",
    arguments: [
      ("'*'", "`id` must be an id, but is `*`; pipe the list of those that are meant"),
      ("[a, 3]", "`id` of `instances get` must be a text, but is `3`"),
      (
        "{id: a}",
        "`id` of `instances get` must be an id or a record of type Instance, Agent or RuntimeOperation, but is a plain record"
      ),
      ("null", "`id` of `instances get` must be a text, but is null"),
    ])
  func noID(_ id: String, _ message: String) {
    let play = Play("param id: any = \(id)\ninstances get $id")
    #expect(play.fault?.message == message)
    #expect(play.effects.isEmpty)
  }

  @Test("a call that breaks a rule of the catalogue is a value error")
  func invalid() {
    let play = Play(
      "param name: any = 'x'\nlet long = for i in 1..300 { $name }\ninstances get (join $long '')")
    #expect(play.fault?.kind == "value")
    #expect(play.effects.isEmpty)
  }

  @Test("an API error can be caught, with all that is known of it")
  func caught() {
    let play = Play(
      "try { start a } catch e { print $e.kind $e.code $e.status $e.operation $e.requestId $e.retryable }\nstart b",
      answer: { call, strand throws(Fault) in
        throw Fault(
          .call(
            CallFault(
              .refused, operation: call.operation.id, status: 409, code: "busy",
              message: "it is busy",
              requestID: "req_1")))
      })
    #expect(play.story == "api busy 409 startInstance req_1 true\n! api: it is busy")
    #expect(play.fault?.exitStatus == 3)
  }

  @Test("waits give the fresh record, a list of them, or those that suffice")
  func waits() {
    #expect(Play("let x = wait a until status == running\nprint $x.id").story == "a\n")
    #expect(Play("let x = wait [a, b] until ready\nprint ($x | map id)").story == "[\"a\",\"b\"]\n")
    #expect(Play("let x = wait [a, b] until ready any\nprint $x.id").story == "a\n")
    #expect(Play("let x = wait [a, b] until ready any 1\nprint ($x | map id)").story == "[\"a\"]\n")
    #expect(
      Play(
        "let x = for i in 1..3 parallel 3 { (wait \"b$i\" until status == running).id }\nprint $x"
      ).story
        == "[\"b1\",\"b2\",\"b3\"]\n")
    #expect(Play("param x: any = 3\nwait $x until ready").fault?.kind == "value")
  }

  @Test("a wait without a subject asks again and again, slower and slower")
  func askAgain() {
    let play = Play(
      "wait until (instances list --status running | count) == 9 every 10s timeout 25s")
    #expect(
      play.fault?.message
        == "the condition did not come true within 25s; "
        + "(instances list --status running | count) is `3`")
    #expect(
      play.steps == ["asked 1 times", "asked 2 times", "asked 3 times", "asked 3 times, over"])
    #expect(
      play.keys == [
        "wait#1[0]/instances list#1", "wait#1[0]", "wait#1[1]/instances list#1", "wait#1[1]",
        "wait#1[2]/instances list#1", "wait#1[2]",
      ])
  }

  @Test("keys name the place and the rounds, whoever runs them in whatever order")
  func keys() {
    func script(_ width: Int) -> String {
      """
      def heal(bee) {
        try { restart $bee } catch { fail "no" }
        for i in 1..2 { sleep 1ms }
      }
      step "start" {
        for bee in [a, b] {
          for n in 1..2 { start "$bee$n" }
          heal $bee
        }
      }
      let n = 0
      while $n < 2 { n = $n + 1
       stop "w$n" }
      let got = [x, y] | map (instances get .).id
      let all = for bee in [p, q] parallel \(width) { heal $bee
       instances get [$bee, z] }
      print done
      """
    }
    let play = Play(script(2))
    #expect(play.diagnostics == [])
    let expected = """
      for#1[0]/heal#1/def heal/for#1[0]/sleep#1
      for#1[0]/heal#1/def heal/for#1[1]/sleep#1
      for#1[0]/heal#1/def heal/try#1/restart#1
      for#1[0]/instances get#1[0]
      for#1[0]/instances get#1[1]
      for#1[1]/heal#1/def heal/for#1[0]/sleep#1
      for#1[1]/heal#1/def heal/for#1[1]/sleep#1
      for#1[1]/heal#1/def heal/try#1/restart#1
      for#1[1]/instances get#1[0]
      for#1[1]/instances get#1[1]
      map#1[0]/instances get#1
      map#1[1]/instances get#1
      step "start"/for#1[0]/for#1[0]/start#1
      step "start"/for#1[0]/for#1[1]/start#1
      step "start"/for#1[0]/heal#1/def heal/for#1[0]/sleep#1
      step "start"/for#1[0]/heal#1/def heal/for#1[1]/sleep#1
      step "start"/for#1[0]/heal#1/def heal/try#1/restart#1
      step "start"/for#1[1]/for#1[0]/start#1
      step "start"/for#1[1]/for#1[1]/start#1
      step "start"/for#1[1]/heal#1/def heal/for#1[0]/sleep#1
      step "start"/for#1[1]/heal#1/def heal/for#1[1]/sleep#1
      step "start"/for#1[1]/heal#1/def heal/try#1/restart#1
      while#1[0]/stop#1
      while#1[1]/stop#1
      """
    #expect(play.keys.sorted().joined(separator: "\n") == expected)
    #expect(Play(script(1), seed: 7).keys.sorted().joined(separator: "\n") == expected)
    #expect(Set(play.keys).count == play.keys.count)
  }

  @Test("idempotency keys are the run's and the place's, 32 characters of base32")
  func idempotency() {
    func keys(_ script: String) -> [String?] {
      Play(script).effects.compactMap { _, effect in
        if case .call(let call) = effect { return .some(call.key) }
        return nil
      }
    }
    let first = keys("start a\nstart a")
    #expect(first == keys("start a\nprint on\nstart a"))
    #expect(first[0] != first[1])
    #expect(first.allSatisfy { $0?.count == 32 })
    #expect(keys("instances get a") == [nil])
  }
}
